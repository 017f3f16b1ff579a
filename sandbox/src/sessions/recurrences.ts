/** The engine of recurring charges (protocol 8.2): charges what is due, once each, and tells the merchant (7.4). */
import { queueChargeNotification } from '../notifications/notification.store.js';
import type { Moment } from '../platform/clock.js';
import { addDays, dayOf, hourOfDay } from '../platform/days.js';
import type { Queryable } from '../platform/database.js';
import { findSite } from '../sites/sites.js';
import type { Site } from '../sites/sites.js';
import { writeInBook } from './book.store.js';
import { plannedAnswer } from './planned-answers.js';
import { CHARGE_HOUR, findDueRecurrences, lockRecurrence, saveRecurrence } from './recurrence.store.js';
import type { Recurrence } from './recurrence.store.js';
import { afterCharge, hasMore, nextDay } from './recurring.rules.js';
import type { Next, Progress } from './recurring.rules.js';
import type { SessionWork } from './session.work.js';
import {
  authorizationCode,
  findTransaction,
  insertTransaction,
  NO_AUTHORIZATION,
  nextInternalReference,
  receiptNumber,
} from './transaction.store.js';
import type { Transaction } from './transaction.store.js';

const HOUR_MS = 3_600_000;
const MAX_CHARGES_AT_ONCE = 100;

export class Recurrences {
  constructor(private readonly work: SessionWork) {}

  /** Charges at most `limit` recurrences that are due; answers how many it found. A failing one does not stop the rest. */
  async sweep(moment: Moment, limit: number, onError: (error: unknown) => void): Promise<number> {
    const due = await findDueRecurrences(this.work.pool, moment.now, limit);
    for (const id of due) await this.catchUp(id, moment).catch(onError);
    return due.length;
  }

  /** After a jump of the clock many charges are due at once. What is over the limit waits for the next sweep. */
  private async catchUp(id: number, moment: Moment): Promise<void> {
    for (let count = 0; count < MAX_CHARGES_AT_ONCE; count += 1) {
      if (!(await this.charge(id, moment))) return;
    }
  }

  /** One charge, dated by when it was due; false when none is. */
  private async charge(id: number, moment: Moment): Promise<boolean> {
    return this.work.commit(async (client) => {
      const recurrence = await lockRecurrence(client, id);
      // Somebody else has charged it, or cancelled it, between the look and the lock.
      if (!recurrence?.nextAt || !recurrence.wakeAt || recurrence.wakeAt > moment.now) return false;
      const site = (await findSite(client, recurrence.site)) as Site;
      const [outcome = '00', ...others] = recurrence.nextOutcomes;
      const planned = await plannedAnswer(client, site.site);
      const nextOutcomes = planned ? recurrence.nextOutcomes : others;
      // A charge has no payer who could wait: an answer that never comes is a technical failure.
      const reason = planned?.status === 'PENDING' ? 'XH' : (planned?.reason ?? outcome);
      const charge = await this.write(client, recurrence, reason, recurrence.nextAt);
      const { progress, next } = afterCharge(recurrence, reason);
      const after = { ...afterwards(recurrence, site, progress, next), nextOutcomes };
      await saveRecurrence(client, after);
      // Paid, the period's tries are over: what is told are those that it took.
      const triesMade = next === 'paid' || next === 'later' ? recurrence.triesMade + 1 : progress.triesMade;
      await queueChargeNotification(client, charge, { ...after, triesMade }, site, moment);
      return true;
    });
  }

  private async write(
    client: Queryable,
    recurrence: Recurrence,
    reason: string,
    at: Date,
  ): Promise<Transaction> {
    const first = (await findTransaction(client, recurrence.internalReference)) as Transaction;
    const isApproved = reason === '00';
    const charge: Transaction = {
      ...first,
      internalReference: await nextInternalReference(client),
      role: 'recurring',
      parent: recurrence.internalReference,
      status: isApproved ? 'APPROVED' : 'REJECTED',
      reason,
      at,
      createdAt: at,
      authorization: isApproved ? authorizationCode(first.brand) : NO_AUTHORIZATION,
      receipt: receiptNumber(at),
      refunded: false,
      refundedMinor: 0,
      resolution: null,
    };
    await insertTransaction(client, charge);
    if (isApproved) {
      await writeInBook(client, {
        site: recurrence.site,
        transaction: charge.internalReference,
        internalReference: charge.internalReference,
        kind: 'recurring',
        reference: recurrence.reference,
        parent: recurrence.internalReference,
        currency: charge.currency,
        amountMinor: charge.amountMinor,
        at,
      });
    }
    return charge;
  }
}

/** The recurrence after a charge: when it is charged next, or how it ended. */
function afterwards(recurrence: Recurrence, site: Site, progress: Progress, next: Next): Recurrence {
  const { nextAt, wakeAt } = recurrence as { nextAt: Date; wakeAt: Date };
  // Keeps the distance between its own time and the common clock, which a clock of its own may have made.
  const at = (instant: Date): Pick<Recurrence, 'nextAt' | 'wakeAt'> => ({
    nextAt: instant,
    wakeAt: new Date(wakeAt.getTime() + instant.getTime() - nextAt.getTime()),
  });
  const ended = { nextAt: null, wakeAt: null };
  if (next === 'failed') return { ...recurrence, ...progress, ...ended, state: 'failed' };
  if (next === 'later') return { ...recurrence, ...progress, ...at(new Date(nextAt.getTime() + HOUR_MS)) };
  if (next === 'tomorrow') {
    // Counted from the planned day: after a recovery the calendar stays where it was.
    const day = addDays(recurrence.planned, progress.triesMade);
    if (recurrence.dueDate !== null && day > recurrence.dueDate) {
      return { ...recurrence, ...progress, ...ended, state: 'failed' };
    }
    return { ...recurrence, ...progress, ...at(hourOfDay(day, CHARGE_HOUR, site.zone)) };
  }
  // Retries of a daily charge run into the days that follow: those are skipped, not made up for.
  const chargedOn = dayOf(nextAt, site.zone);
  let day = nextDay(recurrence, recurrence, site.monthEnd);
  while (day.planned <= chargedOn) day = nextDay(recurrence, day, site.monthEnd);
  if (!hasMore(recurrence, progress.periodsDone, day.planned)) {
    return { ...recurrence, ...progress, ...ended, state: 'finished' };
  }
  return { ...recurrence, ...progress, ...day, ...at(hourOfDay(day.planned, CHARGE_HOUR, site.zone)) };
}
