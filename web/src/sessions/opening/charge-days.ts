import { addDays, addMonths } from '@recaudo/shared';

export interface ChargePlan {
  periodicity: 'D' | 'M' | 'Y';
  interval: number;
  /** -1: no limit. The session's own first payment is not one of them. */
  maxPeriods: number;
  nextPayment?: string | undefined;
  dueDate?: string | undefined;
}

/**
 * The first days on which the gateway would charge by itself if the payment is made on `today`, at most `most`.
 * Months and years are counted from the anchor day and clamped to the month's end: 31 Jan, 28 Feb, 31 Mar.
 */
export function chargeDays(plan: ChargePlan, today: string, most: number): string[] {
  if (!Number.isInteger(plan.interval) || plan.interval < 1) return [];
  const anchor = plan.nextPayment ?? today;
  const skipped = plan.nextPayment ? 0 : 1;
  const count = plan.maxPeriods === -1 ? most : Math.min(most, plan.maxPeriods);
  const days: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const day = stepFrom(anchor, plan, (index + skipped) * plan.interval);
    if (plan.dueDate && day > plan.dueDate) break;
    days.push(day);
  }
  return days;
}

function stepFrom(anchor: string, { periodicity }: ChargePlan, steps: number): string {
  return periodicity === 'D'
    ? addDays(anchor, steps)
    : addMonths(anchor, periodicity === 'Y' ? 12 * steps : steps);
}

/** Whether some month would lack the anchor's day. */
export function mayClamp({ periodicity, nextPayment }: ChargePlan, today: string): boolean {
  return periodicity !== 'D' && Number((nextPayment ?? today).slice(8)) > 28;
}
