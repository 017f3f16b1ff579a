import { MRR_KINDS, type Currency, type MrrKind, type MrrMonth } from '@recaudo/shared';
import { Box, Stack, Typography, useTheme } from '@mui/material';
import { Amount } from '../fields/Amount.js';
import { FigureTable } from '../fields/FigureTable.js';
import { useReader } from '../fields/reader.js';
import { Answered, useRevenue } from './Answered.js';
import { EndLine } from './EndLine.js';
import { Figure, Late, MonthName, Sum } from './parts.js';
import { useRevenueUrl } from './revenue-url.js';
import { StackedBars } from './StackedBars.js';

/** Monthly recurring revenue: where it came from and where it went. */
export function MovementTab() {
  const { t } = useReader();
  const asked = useRevenue('movements');
  return (
    <Answered asked={asked} empty={t('revenue.none.movements')}>
      {({ currency, months }) => (
        <Figure title={t('revenue.movements', { currency })} of="movements" table="movements">
          <Now currency={currency} months={months} />
          <EndLine currency={currency} months={months} />
          <Movements currency={currency} months={months} />
          <MovementTable currency={currency} months={months} />
        </Figure>
      )}
    </Answered>
  );
}

interface Props {
  currency: Currency;
  months: readonly MrrMonth[];
}

function Now({ currency, months }: Props) {
  const { t } = useReader();
  const last = months.at(-1);
  if (!last) return null;
  const grown = last.end.minor - last.start.minor;
  return (
    <Stack direction="row" sx={{ gap: 3, flexWrap: 'wrap', mb: 2, alignItems: 'baseline' }}>
      <Typography sx={{ fontSize: 22, fontWeight: 650 }} component="p">
        <Amount minor={last.end.minor} currency={currency} />
      </Typography>
      <Typography sx={{ color: 'text.secondary' }}>
        {t('revenue.now', { smart_count: last.end.count })}
        {' · '}
        {grown >= 0 ? '+' : ''}
        <Amount minor={grown} currency={currency} /> {t('revenue.this_month')}
      </Typography>
    </Stack>
  );
}

function Movements({ currency, months }: Props) {
  const { t, amount } = useReader();
  const { palette } = useTheme();
  const { open } = useRevenueUrl();
  const colours: Record<MrrKind, string> = {
    new: palette.meaning.done.text,
    expansion: palette.primary.main,
    contraction: palette.meaning.attention.text,
    churn: palette.meaning.failed.text,
    reactivation: palette.meaning.waiting.text,
  };
  return (
    <Box sx={{ mt: 2 }}>
      <Typography variant="h3" sx={{ mb: 0.5 }}>
        {t('revenue.movements_chart')}
      </Typography>
      <StackedBars
        name={t('revenue.movements_chart')}
        months={months.map(({ month }) => month)}
        series={MRR_KINDS.map((kind) => ({
          key: kind,
          label: t(`revenue.kind.${kind}`),
          colour: colours[kind],
          values: months.map(({ kinds }) => kinds[kind].minor),
        }))}
        write={(value) => amount(value, currency)}
        open={(month, kind) => open({ figure: 'movements', currency, month, kind: kind as MrrKind })}
      />
    </Box>
  );
}

function MovementTable({ currency, months }: Props) {
  const { t } = useReader();
  const newestFirst = [...months].reverse();
  const someLate = months.some(({ late, carried }) => late !== null || carried.minor !== 0);
  return (
    <FigureTable
      name={t('revenue.movements', { currency })}
      rows={newestFirst}
      rowKey={({ month }) => month}
      columns={[
        { head: t('revenue.month'), words: true, cell: (row) => <MonthName {...row} /> },
        { head: t('revenue.start'), cell: ({ start }) => <Amount minor={start.minor} currency={currency} /> },
        ...MRR_KINDS.map((kind) => ({
          head: t(`revenue.kind.${kind}`),
          cell: ({ month, kinds }: MrrMonth) => (
            <Sum
              sum={kinds[kind]}
              currency={currency}
              behind={{ figure: 'movements', currency, month, kind }}
            />
          ),
        })),
        {
          head: t('revenue.end'),
          cell: ({ month, end }) => (
            <Sum sum={end} currency={currency} behind={{ figure: 'mrr', currency, month }} />
          ),
        },
        ...(someLate
          ? [
              {
                head: t('revenue.late'),
                cell: ({ late }: MrrMonth) => <Late late={late} currency={currency} />,
              },
              {
                head: t('revenue.carried'),
                cell: ({ carried }: MrrMonth) =>
                  carried.minor === 0 ? null : <Amount minor={carried.minor} currency={currency} />,
              },
            ]
          : []),
      ]}
    />
  );
}
