import type { PeriodView } from '@recaudo/shared';
import type { ReactNode } from 'react';
import { Amount } from '../../fields/Amount.js';
import { useReader } from '../../fields/reader.js';

export interface PeriodDialogProps {
  period: PeriodView;
  plan: string;
  payer: string;
  method: string;
  onClose: () => void;
}

/** Which period it is about. */
export function usePeriodFacts({
  period,
  plan,
  payer,
}: PeriodDialogProps): [name: string, value: ReactNode][] {
  const { t, day } = useReader();
  return [
    [t('schedules.plan'), plan],
    [t('acts.payer'), payer],
    [t('acts.amount'), <Amount key="amount" minor={period.amountMinor} currency={period.currency} />],
    [t('schedules.day'), day(period.day)],
  ];
}
