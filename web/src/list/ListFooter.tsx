import type { Currency } from '@recaudo/shared';
import { Box, Button, Stack } from '@mui/material';
import { useListContext, type RaRecord } from 'react-admin';
import type { PageMeta } from '../app/data-provider.js';
import { CursorPager } from '../app/CursorPager.js';
import { Amount } from '../fields/Amount.js';
import { countText } from '../fields/Count.js';
import { useReader } from '../fields/reader.js';
import { sumByCurrency } from './sums.js';

export interface SumOf<T> {
  /** What the sum is of, where it is not simply the amounts. */
  label?: string;
  of: (row: T) => { currency: Currency; amountMinor: number };
}

interface Props<T> {
  atFirst: boolean;
  go: (cursor: string | null) => void;
  /** Null: the rows are no money. */
  sum: SumOf<T> | null;
}

/** What is shown of how many, the sums where they are true, and the way onwards. */
export function ListFooter<T extends RaRecord<string>>({ atFirst, go, sum }: Props<T>) {
  const { t, language } = useReader();
  const { data, selectedIds, onUnselectItems, ...list } = useListContext<T>();
  const page = list.meta as PageMeta | undefined;
  if (!data || !page || data.length === 0) return null;
  const selected = data.filter((row) => selectedIds?.includes(row.id));
  const allInSight = page.next === null && page.previous === null;
  return (
    <Stack
      direction="row"
      component="footer"
      sx={{
        alignItems: 'center',
        gap: 2,
        flexWrap: 'wrap',
        minHeight: 48,
        py: 0.5,
        flexShrink: 0,
        fontSize: 13,
        color: 'text.secondary',
      }}
    >
      <span role="status">
        {t('sessions.shown', {
          shown: shownText(data.length, atFirst),
          total: countText(page.total, language),
        })}
      </span>
      {sum && selected.length > 0 ? (
        <>
          <Sums
            rows={selected.map(sum.of)}
            label={t('sessions.selected', { smart_count: selected.length })}
          />
          <Button size="small" onClick={() => onUnselectItems()}>
            {t('ra.action.unselect')}
          </Button>
        </>
      ) : sum && allInSight ? (
        <Sums rows={data.map(sum.of)} label={sum.label ?? t('sessions.sum')} />
      ) : null}
      <Box sx={{ ml: 'auto' }}>
        <CursorPager page={page} atFirst={atFirst} go={go} />
      </Box>
    </Stack>
  );
}

/** Behind a cursor nobody knows how many came before: only the first page can say where it stands. */
function shownText(rows: number, atFirst: boolean): string {
  return atFirst && rows > 1 ? `1–${rows}` : String(rows);
}

/** One sum per currency; currencies are never added together. */
function Sums({ rows, label }: { rows: { currency: Currency; amountMinor: number }[]; label: string }) {
  return (
    <Stack direction="row" sx={{ gap: 1.5, flexWrap: 'wrap' }}>
      <span>{label}</span>
      {sumByCurrency(rows).map((sum) => (
        <Box component="span" key={sum.currency} sx={{ color: 'text.primary', fontWeight: 600 }}>
          <Amount minor={sum.amountMinor} currency={sum.currency} />
        </Box>
      ))}
    </Stack>
  );
}
