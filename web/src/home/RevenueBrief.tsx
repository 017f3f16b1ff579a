import type { Currency, ExpectedIncome, MrrMonth } from '@recaudo/shared';
import { Box, Link as MuiLink, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { useData } from '../app/use-data.js';
import { Amount } from '../fields/Amount.js';
import { Block } from '../fields/Block.js';
import { useReader } from '../fields/reader.js';
import { whole } from '../revenue/figures.js';

const FOLLOW_MS = 300_000;

interface Earned {
  currency: Currency;
  month: MrrMonth;
  /** Null: too little is known yet. */
  estimate: ExpectedIncome['horizons'][number]['currencies'][number]['estimate'];
}

/** What subscriptions earn, what this month has changed, and what they will bring in; nothing where there are none. */
export function RevenueBrief() {
  const { t } = useReader();
  const data = useData();
  const { data: movements } = useQuery({
    queryKey: ['revenue', 'movements', 'home'],
    queryFn: () => data.revenue('movements', { months: 1 }),
    refetchInterval: FOLLOW_MS,
  });
  const { data: expected } = useQuery({
    queryKey: ['revenue', 'expected', 'home'],
    queryFn: () => data.revenue('expected', {}),
    refetchInterval: FOLLOW_MS,
  });
  if (!movements || movements.currencies.length === 0) return null;
  const soon = expected?.horizons.find(({ days }) => days === 30)?.currencies ?? [];
  const all = (
    <MuiLink component={Link} to="/revenue">
      {t('revenue.home_all')}
    </MuiLink>
  );
  return (
    <Box sx={{ mt: 2 }}>
      <Block title={t('revenue.home')} aside={all}>
        <Box
          sx={{
            display: 'grid',
            gap: 2,
            gridTemplateColumns: {
              xs: 'minmax(0,1fr)',
              lg: `repeat(${Math.min(movements.currencies.length, 3)}, minmax(0, 1fr))`,
            },
          }}
        >
          {movements.currencies.map(({ currency, months }) => {
            const month = months.at(-1);
            const estimate = soon.find((one) => one.currency === currency)?.estimate ?? null;
            return month ? <OfCurrency key={currency} {...{ currency, month, estimate }} /> : null;
          })}
        </Box>
      </Block>
    </Box>
  );
}

function OfCurrency({ currency, month, estimate }: Earned) {
  const { t, amount } = useReader();
  const { kinds, start, end } = month;
  const change = end.minor - start.minor;
  const words = {
    change: `${change < 0 ? '−' : '+'}\u00a0${amount(whole(Math.abs(change), currency), currency)}`,
    came: kinds.new.count + kinds.reactivation.count,
    gone: kinds.churn.count,
  };
  const band = estimate && {
    low: amount(whole(estimate.lowMinor, currency), currency),
    high: amount(whole(estimate.highMinor, currency), currency),
  };
  return (
    <Box
      sx={{
        display: 'grid',
        gap: 2,
        gridTemplateColumns: { xs: 'minmax(0,1fr)', sm: 'repeat(2, minmax(0,1fr))' },
        '& + &': {
          borderTop: { xs: '1px solid', lg: 'none' },
          borderTopColor: { xs: 'divider', lg: 'divider' },
          pt: { xs: 2, lg: 0 },
        },
      }}
    >
      <Short name={t('revenue.home_mrr')} words={t('revenue.home_month', words)}>
        <Amount minor={end.minor} currency={currency} />
      </Short>
      {estimate && band ? (
        <Short name={t('revenue.home_expected')} words={t('revenue.home_band', band)}>
          ≈ <Amount minor={whole(estimate.minor, currency)} currency={currency} />
        </Short>
      ) : null}
    </Box>
  );
}

function Short({ name, words, children }: { name: string; words: string; children: ReactNode }) {
  return (
    <Box sx={{ minWidth: 0 }}>
      <Typography variant="body2" sx={{ color: 'text.secondary' }}>
        {name}
      </Typography>
      <Typography sx={{ fontSize: 18, fontWeight: 600 }}>{children}</Typography>
      <Typography variant="body2">{words}</Typography>
    </Box>
  );
}
