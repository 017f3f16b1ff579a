import { SCHEDULE_ENDS, type Currency, type MrrMonth, type ScheduleEnd } from '@recaudo/shared';
import { useTheme } from '@mui/material';
import { FigureTable } from '../fields/FigureTable.js';
import { useReader } from '../fields/reader.js';
import { Answered, useRevenue } from './Answered.js';
import { percent } from './figures.js';
import { Figure, MonthName, Sum } from './parts.js';
import { useRevenueUrl } from './revenue-url.js';
import { StackedBars } from './StackedBars.js';

/** Who went: because they chose to, because they did not pay, or because it was over. */
export function ChurnTab() {
  const { t } = useReader();
  return (
    <Answered asked={useRevenue('movements')} empty={t('revenue.none.churn')}>
      {({ currency, months }) => (
        <Figure title={t('revenue.churn', { currency })} of="churn" table="movements">
          <ChurnChart currency={currency} months={months} />
          <ChurnTable currency={currency} months={months} />
        </Figure>
      )}
    </Answered>
  );
}

interface Props {
  currency: Currency;
  months: readonly MrrMonth[];
}

function ChurnChart({ currency, months }: Props) {
  const { t, amount } = useReader();
  const { palette } = useTheme();
  const { open } = useRevenueUrl();
  const colours: Record<ScheduleEnd, string> = {
    chosen: palette.meaning.attention.text,
    unpaid: palette.meaning.failed.text,
    finished: palette.text.disabled,
  };
  return (
    <StackedBars
      name={t('revenue.churn', { currency })}
      months={months.map(({ month }) => month)}
      series={SCHEDULE_ENDS.map((why) => ({
        key: why,
        label: t(`revenue.why.${why}`),
        colour: colours[why],
        values: months.map(({ churn }) => -churn[why].minor),
      }))}
      write={(value) => amount(value, currency)}
      open={(month, why) =>
        open({ figure: 'movements', currency, month, kind: 'churn', why: why as ScheduleEnd })
      }
    />
  );
}

function ChurnTable({ currency, months }: Props) {
  const { t } = useReader();
  return (
    <FigureTable
      name={t('revenue.churn', { currency })}
      rows={[...months].reverse()}
      rowKey={({ month }) => month}
      columns={[
        { head: t('revenue.month'), words: true, cell: (row) => <MonthName {...row} /> },
        { head: t('revenue.at_start'), cell: ({ start }) => start.count },
        ...SCHEDULE_ENDS.map((why) => ({
          head: t(`revenue.why.${why}`),
          cell: ({ month, churn }: MrrMonth) => (
            <Sum
              sum={churn[why]}
              currency={currency}
              behind={{ figure: 'movements', currency, month, kind: 'churn', why }}
            />
          ),
        })),
        {
          head: t('revenue.churn_share'),
          cell: ({ start, churn }) => {
            const share = percent(churn.chosen.count + churn.unpaid.count, start.count);
            return share === null ? '–' : `${share} %`;
          },
        },
      ]}
    />
  );
}
