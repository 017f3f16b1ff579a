import type { ApprovalRate, ApprovalRates, Currency } from '@recaudo/shared';
import { Box, Stack, Tooltip, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { MONO } from '../app/theme.js';
import { FigureTable } from '../fields/FigureTable.js';
import { useReader } from '../fields/reader.js';
import { Answered, useRevenue } from './Answered.js';
import { ratePercent } from './figures.js';
import { Figure, MonthName, Opens, Sum } from './parts.js';
import type { Behind } from './revenue-url.js';

type One = ApprovalRates['currencies'][number];

/** How charges of stored means of payment end, and what to do about those that are refused. */
export function ApprovalTab() {
  const { t } = useReader();
  return (
    <Answered asked={useRevenue('approval')} empty={t('revenue.none.approval')}>
      {(one) => (
        <Figure title={t('revenue.approval', { currency: one.currency })} of="approval" table="approval">
          <Stack sx={{ gap: 3 }}>
            <Months {...one} />
            <Box
              sx={{ display: 'grid', gap: 3, gridTemplateColumns: { xs: 'minmax(0,1fr)', lg: '1fr 1fr' } }}
            >
              <Named one={one} by="issuer" rows={one.issuers} />
              <Named one={one} by="brand" rows={one.brands} />
            </Box>
            <Reasons {...one} />
          </Stack>
        </Figure>
      )}
    </Answered>
  );
}

function Months({ currency, months }: One) {
  const { t } = useReader();
  const rows = [...months].reverse();
  return (
    <Part title={t('revenue.by_month')}>
      <FigureTable
        name={t('revenue.by_month')}
        rows={rows}
        rowKey={({ month }) => month}
        columns={[
          { head: t('revenue.month'), words: true, cell: (row) => <MonthName {...row} /> },
          ...rateColumns<One['months'][number]>(currency, t, ({ month }) => ({ month })),
          ...(rows.some(({ late }) => late !== null)
            ? [
                {
                  head: t('revenue.late'),
                  cell: ({ late }: One['months'][number]) => <LateRate late={late} />,
                },
              ]
            : []),
        ]}
      />
    </Part>
  );
}

function Named({ one, by, rows }: { one: One; by: 'issuer' | 'brand'; rows: One['issuers'] }) {
  const { t } = useReader();
  const fromMonth = one.months[0]?.month;
  return (
    <Part title={t(`revenue.by_${by}`)}>
      <FigureTable
        name={t(`revenue.by_${by}`)}
        rows={rows}
        rowKey={({ name }) => name}
        columns={[
          { head: t(`revenue.${by}`), words: true, cell: ({ name }) => name || t('revenue.nobody_told') },
          ...rateColumns<One['issuers'][number]>(one.currency, t, ({ name }) => ({ fromMonth, [by]: name })),
        ]}
      />
    </Part>
  );
}

/** The rate first, then what it is made of. */
function rateColumns<Row extends ApprovalRate>(
  currency: Currency,
  t: ReturnType<typeof useReader>['t'],
  of: (row: Row) => Partial<Behind>,
) {
  const behind = (row: Row): Behind => ({ figure: 'approvals', currency, ...of(row) });
  const apart = (row: Row) => row.technical.count + row.unlisted.count;
  return [
    { head: t('revenue.rate'), cell: (row: Row) => <Rate rate={row} /> },
    {
      head: t('revenue.approved'),
      cell: (row: Row) => (
        <Sum sum={row.approved} currency={currency} behind={{ ...behind(row), outcome: 'approved' }} />
      ),
    },
    {
      head: t('revenue.declined'),
      cell: (row: Row) => (
        <Opens behind={{ ...behind(row), outcome: 'declined' }} empty={row.declined.count === 0}>
          {row.declined.count}
        </Opens>
      ),
    },
    {
      head: t('revenue.apart'),
      cell: (row: Row) => (
        <Opens behind={{ ...behind(row), outcome: 'unjudged' }} empty={apart(row) === 0}>
          {apart(row)}
        </Opens>
      ),
    },
  ];
}

/** What became known after a month was closed, by what it changed. */
function LateRate({ late }: { late: ApprovalRate | null }) {
  const { t } = useReader();
  if (late === null) return null;
  const apart = late.technical.count + late.unlisted.count;
  const parts = [
    [t('revenue.approved'), late.approved.count],
    [t('revenue.declined'), late.declined.count],
    [t('revenue.apart'), apart],
  ] as const;
  return (
    <Tooltip title={t('revenue.late_explained')}>
      <Box component="span" sx={{ color: 'meaning.attention.text' }}>
        {parts
          .filter(([, count]) => count !== 0)
          .map(([name, count]) => `${name} ${count > 0 ? '+' : '−'}${Math.abs(count)}`)
          .join(' · ')}
      </Box>
    </Tooltip>
  );
}

function Rate({ rate }: { rate: ApprovalRate }) {
  const share = ratePercent(rate);
  if (share === null) return <>–</>;
  return (
    <Stack direction="row" sx={{ alignItems: 'center', justifyContent: 'flex-end', gap: 1 }}>
      <Box
        aria-hidden
        sx={{
          width: 60,
          height: 6,
          borderRadius: 3,
          bgcolor: 'divider',
          display: { xs: 'none', sm: 'block' },
        }}
      >
        <Box sx={{ width: `${share}%`, height: 1, borderRadius: 3, bgcolor: 'meaning.done.text' }} />
      </Box>
      <Box component="span" sx={{ fontWeight: 600, minWidth: 44 }}>
        {share} %
      </Box>
    </Stack>
  );
}

function Reasons({ currency, months, reasons }: One) {
  const { t } = useReader();
  const fromMonth = months[0]?.month;
  if (reasons.length === 0)
    return <Typography sx={{ color: 'text.secondary' }}>{t('revenue.no_reasons')}</Typography>;
  return (
    <Part title={t('revenue.by_reason')}>
      <FigureTable
        name={t('revenue.by_reason')}
        rows={reasons}
        rowKey={({ outcome, reason }) => `${outcome} ${reason}`}
        columns={[
          {
            head: t('revenue.reason'),
            words: true,
            cell: ({ outcome, reason }) => (
              <>
                {t(`revenue.outcome.${outcome}`)}{' '}
                <Box component="span" sx={{ fontFamily: MONO, fontSize: 11, color: 'text.secondary' }}>
                  {reason}
                </Box>
              </>
            ),
          },
          {
            head: t('revenue.charges'),
            cell: ({ outcome, reason, count, minor }) => (
              <Sum
                sum={{ count, minor }}
                currency={currency}
                behind={{ figure: 'approvals', currency, fromMonth, outcome, reason }}
              />
            ),
          },
          {
            head: t('revenue.what_to_do'),
            words: true,
            cell: ({ outcome }) => t(`revenue.to_do.${outcome}`),
          },
        ]}
      />
    </Part>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Box sx={{ minWidth: 0 }}>
      <Typography variant="h3">{title}</Typography>
      {children}
    </Box>
  );
}
