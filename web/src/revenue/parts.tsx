import type { Currency, RevenueSum } from '@recaudo/shared';
import LockOutlined from '@mui/icons-material/LockOutlined';
import { Box, Button, Stack, Tooltip } from '@mui/material';
import DownloadOutlined from '@mui/icons-material/DownloadOutlined';
import type { ReactNode } from 'react';
import { toSearch } from '../app/api.js';
import { Amount } from '../fields/Amount.js';
import { Block } from '../fields/Block.js';
import type { Column } from '../fields/FigureTable.js';
import { useReader } from '../fields/reader.js';
import { Definition } from './Definition.js';
import { monthWords } from './figures.js';
import { useRevenueUrl, type Behind } from './revenue-url.js';

/** A part of the page: its chart and table, how it is calculated, and its CSV. */
export function Figure({
  title,
  of,
  table,
  children,
}: {
  title: string;
  of: string;
  table: string;
  children: ReactNode;
}) {
  const { t } = useReader();
  const { siteId } = useRevenueUrl();
  const download = (
    <Button
      component="a"
      size="small"
      href={`/api/revenue/export${toSearch({ table, siteId })}`}
      download
      startIcon={<DownloadOutlined />}
      sx={{ flexShrink: 0, whiteSpace: 'nowrap' }}
    >
      {t('revenue.csv')}
    </Button>
  );
  return (
    <Block title={title} aside={download}>
      {children}
      <Definition of={of} />
    </Block>
  );
}

/** The month, and a lock once nothing changes it any more. */
export function MonthName({ month, sealedAt }: { month: string; sealedAt: string | null }) {
  const { t, language, dayOf } = useReader();
  const words = <Box sx={{ whiteSpace: 'nowrap' }}>{monthWords(month, language)}</Box>;
  if (sealedAt === null) return words;
  const closed = t('revenue.closed', { day: dayOf(sealedAt) });
  return (
    <Tooltip title={closed}>
      <Stack component="span" direction="row" sx={{ alignItems: 'center', gap: 0.5, whiteSpace: 'nowrap' }}>
        {words}
        <LockOutlined aria-label={closed} sx={{ fontSize: 13, color: 'text.secondary' }} />
      </Stack>
    </Tooltip>
  );
}

/** A number that opens what is behind it; nothing is behind nothing. */
export function Opens({
  behind,
  children,
  empty = false,
}: {
  behind: Behind;
  children: ReactNode;
  empty?: boolean;
}) {
  const { open } = useRevenueUrl();
  if (empty) return <Box sx={{ color: 'text.disabled' }}>–</Box>;
  return (
    <Box
      component="button"
      type="button"
      onClick={() => open(behind)}
      sx={{
        ...{
          all: 'unset',
          cursor: 'pointer',
          color: 'inherit',
          borderBottom: '1px dotted',
          whiteSpace: 'nowrap',
          borderColor: 'text.disabled',
        },
        '&:hover': { color: 'primary.main', borderColor: 'primary.main' },
        '&:focus-visible': { outline: '2px solid', outlineColor: 'primary.main', outlineOffset: 2 },
      }}
    >
      {children}
    </Box>
  );
}

/** An amount with how many there are behind it. */
export function Sum({ sum, currency, behind }: { sum: RevenueSum; currency: Currency; behind: Behind }) {
  return (
    <Opens behind={behind} empty={sum.count === 0 && sum.minor === 0}>
      <Amount minor={sum.minor} currency={currency} />{' '}
      <Box component="span" sx={{ color: 'text.secondary', whiteSpace: 'nowrap' }}>
        ({sum.count})
      </Box>
    </Opens>
  );
}

/** What became known after a month was closed. */
export function Late({ late, currency }: { late: RevenueSum | null; currency: Currency }) {
  const { t } = useReader();
  if (late === null) return null;
  return (
    <Tooltip title={t('revenue.late_explained')}>
      <Box component="span" sx={{ color: 'meaning.attention.text' }}>
        <Amount minor={late.minor} currency={currency} /> ({late.count})
      </Box>
    </Tooltip>
  );
}

/** A column for what became known after closing, where there is any such news. */
export function lateColumn<Row extends { late: RevenueSum | null }>(
  rows: readonly Row[],
  currency: Currency,
  head: string,
): Column<Row>[] {
  if (rows.every(({ late }) => late === null)) return [];
  return [{ head, cell: ({ late }) => <Late late={late} currency={currency} /> }];
}
