/**
 * What is done to a transaction later (protocol 3.5, 3.6): captured, changed, let go, given back, confirmed, cancelled.
 * All of it under the row lock of its session, so that two calls at once never move the same money twice.
 */
import type { Moment } from '../platform/clock.js';
import type { Queryable } from '../platform/database.js';
import type { Vault } from '../network/vault.js';
import type { Site } from '../sites/sites.js';
import { readAmount } from '../wire/amount.js';
import { isAbsent } from '../wire/reading.js';
import { CallFailure } from '../wire/refusal.js';
import { answered } from './attempt.js';
import { findDueHolds, findHold } from './hold.store.js';
import { captureHold, changeHeldAmount, letGo } from './holds.js';
import { refund } from './refunds.js';
import { plannedAnswer } from './planned-answers.js';
import { answerConfirmation } from './session.states.js';
import type { Session } from './session.store.js';
import type { SessionOfSite, SessionWork } from './session.work.js';
import { findTransaction } from './transaction.store.js';
import type { Transaction } from './transaction.store.js';

export const ACTIONS = ['checkout', 'reauthorization', 'reverse', 'confirm', 'cancel'] as const;
export type Action = (typeof ACTIONS)[number];

/** A transaction as it stands after an action, and the number that the merchant is told for it. */
export interface Acted extends SessionOfSite {
  transaction: Transaction;
  internalReference: number;
}

/** One action under way. */
export interface Deed extends SessionOfSite {
  client: Queryable;
  /** What it is done to, as it stands under the lock. */
  target: Transaction;
  moment: Moment;
}

/** What is done, and with how much: `raw` as it came over the wire, or minor units from the console, or all there is. */
export interface Wanted {
  action: Action;
  amount: { raw: unknown } | { minor: number | null };
}

export class Transactions {
  constructor(
    private readonly work: SessionWork,
    private readonly vault: Vault,
  ) {}

  /**
   * Acts on a transaction of this site (null: of any, from the console, and then nobody is notified). Throws CallFailure
   * and Refusal; then nothing was done.
   */
  async act(site: Site | null, internalReference: number, wanted: Wanted, moment: Moment): Promise<Acted> {
    const found = await findTransaction(this.work.pool, internalReference);
    let done: { transaction: Transaction; internalReference: number } | null = null;
    const changed =
      found &&
      (await this.work.change(
        found.requestId,
        moment,
        'wait',
        async ({ session, site: owner }, client) => {
          if (site && owner.site !== site.site) return null;
          const target = (await findTransaction(client, internalReference)) as Transaction;
          await this.releaseOverdue(client, { session, site: owner }, moment, moment.now);
          const deed = { session, site: owner, client, target, moment };
          const outcome = await this.carryOut(deed, wanted);
          done = outcome.done;
          return outcome.session;
        },
        site === null,
      ));
    if (!changed) throw notFound(wanted.action, site);
    const { session, site: owner } = changed;
    if (done) return { ...(done as Omit<Acted, 'session' | 'site'>), session, site: owner };
    const own = session.attempts.find((attempt) => attempt.internalReference === internalReference);
    return { transaction: own as Transaction, internalReference, session, site: owner };
  }

  private async carryOut(
    deed: Deed,
    { action, amount }: Wanted,
  ): Promise<{ session: Session; done: Omit<Acted, 'session' | 'site'> | null }> {
    const { session, site } = deed;
    if (action === 'confirm' || action === 'cancel') {
      return { session: await answerCaptured(deed, action), done: null };
    }
    if (action === 'reverse') {
      return { session, done: await refund(deed, wantedMinor(amount, session.currency)) };
    }
    const hold = await findHold(deed.client, session.requestId);
    const isPossible = hold && !(action === 'reauthorization' && site.country === 'PR');
    if (!isPossible) throw new CallFailure(400, 'request_not_valid', 'actionNotSupported', action);
    const raw = 'raw' in amount ? amount.raw : { currency: session.currency, total: 0 };
    if (action === 'checkout') return { session, done: await captureHold(deed, hold, raw, this.vault) };
    return { session, done: await changeHeldAmount(deed, hold, raw, this.vault) };
  }

  /** Applies what is due to a transaction's session; one of no session of this site is left alone. */
  async refresh(site: Site, internalReference: number, moment: Moment): Promise<void> {
    const found = await findTransaction(this.work.pool, internalReference);
    if (!found) throw notFound('confirm', site);
    await this.work.change(found.requestId, moment, 'wait', ({ session }) =>
      session.site === site.site ? session : null,
    );
  }

  /** Lets go of holds whose time is over; answers how many it found. A failing one does not stop the rest. */
  async sweep(moment: Moment, limit: number, onError: (error: unknown) => void): Promise<number> {
    const due = await findDueHolds(this.work.pool, moment.now, limit);
    for (const requestId of due) {
      const step = async (found: SessionOfSite, client: Queryable): Promise<Session> => {
        // What was planned on a clock of its own is due by the common one, whatever its own date says.
        await this.releaseOverdue(client, found, moment, null);
        return found.session;
      };
      await this.work.change(requestId, moment, 'skip', step).catch(onError);
    }
    return due.length;
  }

  /** `now`: only what was to be released by then. */
  private async releaseOverdue(
    client: Queryable,
    { session, site }: SessionOfSite,
    moment: Moment,
    now: Date | null,
  ): Promise<void> {
    if (session.kind !== 'checkin') return;
    const hold = await findHold(client, session.requestId);
    if (hold?.state !== 'active' || (now && hold.releaseAt > now)) return;
    const target = (await findTransaction(client, hold.internalReference)) as Transaction;
    await letGo({ session, site, client, target, moment }, hold, 'release', hold.releaseAt);
  }
}

/** Null for all there is. */
function wantedMinor(amount: Wanted['amount'], currency: string): number | null {
  if ('minor' in amount) return amount.minor;
  if (isAbsent(amount.raw)) return null;
  const read = readAmount(amount.raw, 'amount');
  if (read.amount.currency !== currency) throw new CallFailure(400, 'request_not_valid', 'otherCurrency');
  return read.amountMinor;
}

function notFound(action: Action, site: Site | null): CallFailure {
  const isBr = action === 'reverse' && site?.refundRefusal === 'br';
  return new CallFailure(400, isBr ? 'BR' : 'request_not_valid', 'transactionNotFound');
}

/** Confirms or cancels what was captured (protocol 8.9). */
async function answerCaptured(
  { client, session, site, target, moment }: Deed,
  action: 'confirm' | 'cancel',
): Promise<Session> {
  if (session.kind !== 'confirmation') {
    throw new CallFailure(400, 'request_not_valid', 'actionNotSupported', action);
  }
  const current = session.attempts.find(
    ({ internalReference }) => internalReference === target.internalReference,
  );
  if (current?.status !== 'PENDING_CONFIRMATION') {
    const isOver = current?.status === 'REJECTED' && current.reason === 'EX';
    if (isOver) throw new CallFailure(400, 'transaction_request_error', 'transactionExpired');
    throw new CallFailure(400, 'request_not_valid', 'onlyPendingConfirmation');
  }
  if (action === 'confirm' && current.heldVerdict) {
    const verdict = (await plannedAnswer(client, site.site)) ?? current.heldVerdict;
    const answer = answered(verdict, moment.now, session.expiresAt);
    return { ...session, ...answerConfirmation(session, answer, moment.now) };
  }
  const cancelled = { status: 'REJECTED', reason: '?C', resolution: null } as const;
  return { ...session, ...answerConfirmation(session, cancelled, moment.now) };
}
