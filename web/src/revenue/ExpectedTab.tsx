import type { ExpectedIncome } from '@recaudo/shared';
import { Box, Paper, Skeleton, Stack, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { EmptyPanel, ProblemPanel } from '../app/PageStates.js';
import { Amount } from '../fields/Amount.js';
import { useReader } from '../fields/reader.js';
import { useRevenue } from './Answered.js';
import { percent, whole } from './figures.js';
import { Figure, Sum } from './parts.js';

type One = ExpectedIncome['horizons'][number]['currencies'][number];

/** What schedules will bring in: an estimate, and named so. */
export function ExpectedTab() {
  const { t } = useReader();
  const { data, error, refetch } = useRevenue('expected');
  if (!data)
    return error ? (
      <ProblemPanel error={error} retry={() => void refetch()} />
    ) : (
      <Skeleton variant="rounded" height={320} />
    );
  if (data.horizons.every(({ currencies }) => currencies.length === 0))
    return <EmptyPanel>{t('revenue.none.expected')}</EmptyPanel>;
  return (
    <Figure title={t('revenue.expected')} of="expected" table="expected">
      <Typography sx={{ mb: 2, color: 'text.secondary' }}>{t('revenue.estimate_explained')}</Typography>
      <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: 'minmax(0,1fr)', md: '1fr 1fr' } }}>
        {data.horizons.flatMap(({ days, currencies }) =>
          currencies.map((one) => <Horizon key={`${days} ${one.currency}`} days={days} one={one} />),
        )}
      </Box>
    </Figure>
  );
}

function Horizon({ days, one }: { days: number; one: One }) {
  const { t } = useReader();
  const { currency, due, estimate, withoutHistory, history } = one;
  const asked = days === 30 ? 30 : 90;
  return (
    <Paper variant="outlined" component="article" sx={{ p: 2, minWidth: 0 }}>
      <Typography variant="h3" sx={{ mb: 1 }}>
        {t('revenue.next_days', { days, currency })}
      </Typography>
      {estimate ? (
        <>
          <Typography component="p" sx={{ fontSize: 22, fontWeight: 650 }}>
            <Amount minor={whole(estimate.minor, currency)} currency={currency} />
          </Typography>
          <Band estimate={estimate} dueMinor={due.minor} currency={currency} />
          <Typography variant="body2" sx={{ color: 'text.secondary' }}>
            {t('revenue.history', {
              paid: history.paid,
              settled: history.settled,
              percent: percent(history.paid, history.settled) ?? 0,
            })}
          </Typography>
        </>
      ) : (
        <Typography sx={{ my: 1 }}>{t('revenue.too_little', { settled: history.settled })}</Typography>
      )}
      <Stack component="dl" sx={{ m: 0, mt: 1.5, gap: 0.5, '& dd': { m: 0 } }}>
        <Fact name={t('revenue.due')}>
          <Sum sum={due} currency={currency} behind={{ figure: 'expected', currency, days: asked }} />
        </Fact>
        {estimate && withoutHistory.count > 0 ? (
          <Fact name={t('revenue.without_history')}>
            <Amount minor={withoutHistory.minor} currency={currency} />
          </Fact>
        ) : null}
      </Stack>
    </Paper>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <Stack direction="row" sx={{ justifyContent: 'space-between', gap: 2 }}>
      <Typography component="dt" variant="body2" sx={{ color: 'text.secondary' }}>
        {name}
      </Typography>
      <Typography component="dd" variant="body2">
        {children}
      </Typography>
    </Stack>
  );
}

/** From nothing to all that is due: where it will lie in nine of ten cases, and its middle. */
function Band({
  estimate: { minor, lowMinor, highMinor },
  dueMinor,
  currency,
}: {
  estimate: NonNullable<One['estimate']>;
  dueMinor: number;
  currency: One['currency'];
}) {
  const { t, amount } = useReader();
  const place = (value: number) => `${(value / Math.max(1, dueMinor)) * 100}%`;
  const words = t('revenue.band', {
    low: amount(whole(lowMinor, currency), currency),
    high: amount(whole(highMinor, currency), currency),
  });
  return (
    <Box sx={{ my: 1 }}>
      <Box aria-hidden sx={{ position: 'relative', height: 10, borderRadius: 5, bgcolor: 'divider' }}>
        <Box
          sx={{
            ...{
              position: 'absolute',
              top: 0,
              bottom: 0,
              borderRadius: 5,
              bgcolor: 'primary.main',
              opacity: 0.45,
            },
            ...{ left: place(lowMinor), width: place(Math.max(highMinor - lowMinor, dueMinor / 200)) },
          }}
        />
        <Box
          sx={{
            ...{
              position: 'absolute',
              top: -3,
              bottom: -3,
              width: 3,
              borderRadius: 1,
              bgcolor: 'primary.main',
            },
            left: place(minor),
          }}
        />
      </Box>
      <Typography variant="body2" sx={{ mt: 0.75 }}>
        {words}
      </Typography>
    </Box>
  );
}
