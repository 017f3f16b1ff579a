import type { Recovery } from '@recaudo/shared';
import { useTheme } from '@mui/material';
import { FigureTable } from '../fields/FigureTable.js';
import { useReader } from '../fields/reader.js';
import { Answered, useRevenue } from './Answered.js';
import { Figure, lateColumn, MonthName, Sum } from './parts.js';
import { useRevenueUrl } from './revenue-url.js';
import { StackedBars } from './StackedBars.js';

type One = Recovery['currencies'][number];
const WAYS = ['collect', 'link'] as const;

/** Money that came in after a charge had failed, and how long it took. */
export function RecoveryTab() {
  const { t } = useReader();
  return (
    <Answered asked={useRevenue('recovery')} empty={t('revenue.none.recovery')}>
      {(one) => (
        <Figure title={t('revenue.recovery', { currency: one.currency })} of="recovery" table="recovery">
          <RecoveryChart {...one} />
          <RecoveryTable {...one} />
        </Figure>
      )}
    </Answered>
  );
}

function RecoveryChart({ currency, months }: One) {
  const { t, amount } = useReader();
  const { palette } = useTheme();
  const { open } = useRevenueUrl();
  return (
    <StackedBars
      name={t('revenue.recovery', { currency })}
      months={months.map(({ month }) => month)}
      series={WAYS.map((way) => ({
        key: way,
        label: t(`revenue.paid_by.${way}`),
        colour: way === 'collect' ? palette.meaning.done.text : palette.meaning.waiting.text,
        values: months.map((row) => row[way].minor),
      }))}
      write={(value) => amount(value, currency)}
      open={(month, way) =>
        open({ figure: 'recoveries', currency, month, paidBy: way === 'collect' ? 'collect' : 'link' })
      }
    />
  );
}

function RecoveryTable({ currency, months }: One) {
  const { t } = useReader();
  return (
    <FigureTable
      name={t('revenue.recovery', { currency })}
      rows={[...months].reverse()}
      rowKey={({ month }) => month}
      columns={[
        { head: t('revenue.month'), words: true, cell: (row) => <MonthName {...row} /> },
        ...WAYS.map((paidBy) => ({
          head: t(`revenue.paid_by.${paidBy}`),
          cell: (row: One['months'][number]) => (
            <Sum
              sum={row[paidBy]}
              currency={currency}
              behind={{ figure: 'recoveries', currency, month: row.month, paidBy }}
            />
          ),
        })),
        {
          head: t('revenue.time_to_recover'),
          cell: ({ averageDays }) =>
            averageDays === null ? '–' : t('revenue.days', { smart_count: averageDays }),
        },
        ...lateColumn(months, currency, t('revenue.late')),
      ]}
    />
  );
}
