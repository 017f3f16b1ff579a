import { localDay, type RecurrenceView } from '@recaudo/shared';
import type { TransactionRow } from '../transactions/transaction.entity.js';
import type { RecurrenceRow } from './recurrence.entity.js';
import { dayOf, isWithin, periodOf } from './recurrence.rules.js';

const SHOWN_AHEAD = 6;
const SHOWN_BACK = 24;

type Day = RecurrenceView['calendar'][number];

/** What was reported, what is missing and what is expected next; at most the last 24 days and the next 6. */
export function calendarOf(recurrence: RecurrenceRow, transactions: TransactionRow[], today: string): Day[] {
  const charges = transactions.filter((charge) => charge.kind === 'recurring');
  const current = periodOf(recurrence, today);
  const days: Day[] = [];
  let ahead = 0;
  for (let period = Math.max(0, current - SHOWN_BACK); ahead < SHOWN_AHEAD; period += 1) {
    ahead += period >= recurrence.nextPeriod ? 1 : 0;
    const day = dayOf(recurrence, period);
    const reported = charges.filter(
      (charge) => periodOf(recurrence, localDay(charge.happenedAt, recurrence.zone)) === period,
    );
    const passed = period < recurrence.nextPeriod;
    const awaited = isWithin(recurrence, period) && (passed || recurrence.state === 'active');
    if (reported.length === 0 && !awaited) continue;
    days.push({
      day,
      state: reported.length > 0 ? told(reported) : passed ? 'missing' : 'expected',
      transactionIds: reported.map((charge) => charge.id),
    });
  }
  return days;
}

function told(charges: TransactionRow[]): Day['state'] {
  const approved = charges.find((charge) => charge.state === 'approved');
  if (!approved) return charges.some((charge) => charge.state === 'rejected') ? 'failed' : 'reported';
  return approved.grade === 'confirmed' ? 'confirmed' : 'reported';
}
