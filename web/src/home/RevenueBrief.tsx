import { Box, Link as MuiLink, Stack, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { useData } from '../app/use-data.js';
import { Amount } from '../fields/Amount.js';
import { Block } from '../fields/Block.js';
import { useReader } from '../fields/reader.js';
import { whole } from '../revenue/figures.js';

const FOLLOW_MS = 300_000;

/** What subscriptions earn and will bring in, in short; nothing where there are none. */
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
        <Stack direction="row" sx={{ gap: 4, rowGap: 2, flexWrap: 'wrap' }}>
          {movements.currencies.map(({ currency, months }) => {
            const estimate = soon.find((one) => one.currency === currency)?.estimate;
            const now = months.at(-1)?.end.minor ?? 0;
            return (
              <Stack key={currency} direction="row" sx={{ gap: 4, rowGap: 1, flexWrap: 'wrap' }}>
                <Short name={t('revenue.home_mrr')}>
                  <Amount minor={now} currency={currency} />
                </Short>
                {estimate ? (
                  <Short name={t('revenue.home_expected')}>
                    ≈ <Amount minor={whole(estimate.minor, currency)} currency={currency} />
                  </Short>
                ) : null}
              </Stack>
            );
          })}
        </Stack>
      </Block>
    </Box>
  );
}

function Short({ name, children }: { name: string; children: ReactNode }) {
  return (
    <Box>
      <Typography variant="body2" sx={{ color: 'text.secondary' }}>
        {name}
      </Typography>
      <Typography sx={{ fontSize: 18, fontWeight: 600 }}>{children}</Typography>
    </Box>
  );
}
