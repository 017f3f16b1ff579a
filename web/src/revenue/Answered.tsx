import type { Currency } from '@recaudo/shared';
import { Skeleton, Stack, ToggleButton, ToggleButtonGroup, Typography } from '@mui/material';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { EmptyPanel, ProblemPanel } from '../app/PageStates.js';
import { useData } from '../app/use-data.js';
import { useReader } from '../fields/reader.js';
import { useRevenueUrl } from './revenue-url.js';

const FOLLOW_MS = 60_000;

type Part = 'movements' | 'cohorts' | 'recovery' | 'approval' | 'expected';

/** Asks for a part of the revenue of the site in view, and again every minute. */
export function useRevenue<Name extends Part>(part: Name) {
  const data = useData();
  const { siteId } = useRevenueUrl();
  return useQuery({
    queryKey: ['revenue', part, siteId],
    queryFn: () => data.revenue(part, { siteId }),
    refetchInterval: FOLLOW_MS,
    placeholderData: keepPreviousData,
  });
}

interface Fresh {
  freshAt: string | null;
  waiting: boolean;
}

/** The answer's currency in view: one at a time, they are never added together. */
export function Answered<One extends { currency: Currency }>({
  asked,
  empty,
  children,
}: {
  asked: { data: (Fresh & { currencies: One[] }) | undefined; error: unknown; refetch: () => unknown };
  /** What teaches whoever has nothing to see yet. */
  empty: string;
  children: (one: One) => ReactNode;
}) {
  const { t, clock } = useReader();
  const { currency, chooseCurrency } = useRevenueUrl();
  const { data } = asked;
  if (!data)
    return asked.error ? (
      <ProblemPanel error={asked.error} retry={() => void asked.refetch()} />
    ) : (
      <Skeleton variant="rounded" height={420} />
    );
  const one = data.currencies.find((each) => each.currency === currency) ?? data.currencies[0];
  if (!one) return <EmptyPanel>{empty}</EmptyPanel>;
  return (
    <>
      <Stack direction="row" sx={{ justifyContent: 'space-between', alignItems: 'center', gap: 2, mb: 1.5 }}>
        {data.currencies.length > 1 ? (
          <ToggleButtonGroup
            size="small"
            exclusive
            value={one.currency}
            aria-label={t('revenue.currency')}
            onChange={(_, value: Currency | null) => value && chooseCurrency(value)}
          >
            {data.currencies.map((each) => (
              <ToggleButton key={each.currency} value={each.currency} sx={{ px: 2, py: 0.25 }}>
                {each.currency}
              </ToggleButton>
            ))}
          </ToggleButtonGroup>
        ) : (
          <span />
        )}
        <Typography variant="body2" sx={{ color: 'text.secondary' }}>
          {data.waiting || data.freshAt === null
            ? t('revenue.waiting')
            : t('revenue.fresh', { at: clock(data.freshAt) })}
        </Typography>
      </Stack>
      {children(one)}
    </>
  );
}
