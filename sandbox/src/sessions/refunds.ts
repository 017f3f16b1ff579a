/** Giving back what was taken (protocol 3.6, 8.5): whole or in part, of a payment, a capture, a charge or a part. */
import { CallFailure } from '../wire/refusal.js';
import { writeInBook } from './book.store.js';
import { findHold } from './hold.store.js';
import { letGo } from './holds.js';
import { judgeRefund, settledAt } from './refund.rules.js';
import { plannedAnswer } from './planned-answers.js';
import type { TransactionStatus } from './session.states.js';
import type { Acted, Deed } from './transactions.js';
import {
  addRefund,
  authorizationCode,
  findByParent,
  insertTransaction,
  NO_AUTHORIZATION,
  nextInternalReference,
  receiptNumber,
} from './transaction.store.js';
import type { Transaction } from './transaction.store.js';

type Done = Omit<Acted, 'session' | 'site'>;

/** `wanted` in minor units; null for all that is left. Throws CallFailure. */
export async function refund(deed: Deed, wanted: number | null): Promise<Done> {
  const { client, session, site, target } = deed;
  if (session.kind === 'checkin' && target.role !== 'checkout') return undoHold(deed, wanted);
  if (!isReversible(target)) throw refusal(deed, 'notReversible');
  const children = await findByParent(client, target.internalReference, 'child');
  const taken = children.filter(({ status }) => status === 'APPROVED');
  const takenMinor =
    children.length > 0 ? taken.reduce((sum, child) => sum + child.amountMinor, 0) : target.amountMinor;
  const judged = judgeRefund(
    {
      takenMinor,
      refundedMinor: target.refundedMinor,
      isSettled: settledAt(target.at, site.settlementHour, site.zone) <= deed.moment.now,
      isDispersed: children.length > 0,
    },
    wanted,
    site.earlyPartialRefund,
  );
  if ('refusal' in judged) throw refusal(deed, judged.refusal);
  const { amountMinor } = judged;
  const planned = await plannedAnswer(client, site.site);
  const declined = target.reversalReason && { status: 'REJECTED' as const, reason: target.reversalReason };
  const refusedBy = planned ?? declined;
  if (refusedBy) return done(await record(deed, target, amountMinor, refusedBy));
  for (const child of taken) {
    const left = child.amountMinor - child.refundedMinor;
    if (left > 0) await giveBack(deed, child, left);
  }
  if (children.length > 0) {
    // The parts' own lines are the money; the whole only says that it is gone.
    await addRefund(client, target.internalReference, amountMinor);
    return done(await record(deed, target, amountMinor, null));
  }
  if (target.role === 'child') await addRefund(client, target.parent as number, amountMinor);
  return done(await giveBack(deed, target, amountMinor));
}

const done = (transaction: Transaction): Done => ({
  transaction,
  internalReference: transaction.internalReference,
});

const REVERSIBLE = ['attempt', 'child', 'checkout', 'recurring'];

const isReversible = ({ role, status }: Transaction): boolean =>
  REVERSIBLE.includes(role) && (status === 'APPROVED' || status === 'APPROVED_PARTIAL');

/** Before the capture the hold is let go; after it the capture is what may be given back (protocol 8.3). */
async function undoHold(deed: Deed, wanted: number | null): Promise<Done> {
  const { client, session, site, target, moment } = deed;
  const hold = await findHold(client, session.requestId);
  if (!hold || target.role === 'reverse' || target.status !== 'APPROVED')
    throw refusal(deed, 'notReversible');
  if (hold.state === 'active') {
    if (wanted !== null && wanted !== hold.amountMinor) throw refusal(deed, 'notReversible');
    // The hold may have grown beyond what was checked in.
    const checkin = session.attempts.find(
      ({ internalReference }) => internalReference === hold.internalReference,
    );
    const amount = Math.min(hold.amountMinor, checkin?.amountMinor ?? hold.amountMinor);
    await addRefund(client, hold.internalReference, amount);
    return letGo(deed, hold, 'reverse', moment.now);
  }
  const steps = await findByParent(client, hold.internalReference, 'checkout');
  const capture = steps.find(({ status }) => status === 'APPROVED');
  // Where the whole chain has one number, that number names the capture from now on.
  if (capture && site.internalReferences === 'same') return refund({ ...deed, target: capture }, wanted);
  const isUndone = session.attempts.some(
    ({ internalReference, refunded }) => internalReference === hold.internalReference && refunded,
  );
  throw refusal(deed, isUndone ? 'alreadyRefunded' : 'notReversible');
}

/** An open question of the protocol: which refusals of a refund are `BR`. */
function refusal({ site }: Deed, text: string): CallFailure {
  const isBr = site.refundRefusal === 'br' || text === 'alreadyRefunded' || text === 'overRefund';
  return new CallFailure(400, isBr ? 'BR' : 'request_not_valid', text);
}

/** Gives back so much of one transaction, with its line in the book. */
async function giveBack(deed: Deed, target: Transaction, amountMinor: number): Promise<Transaction> {
  const { client, session, site, moment } = deed;
  const transaction = await record(deed, target, amountMinor, null);
  await addRefund(client, target.internalReference, amountMinor);
  const isSame = site.internalReferences === 'same' && target.role === 'checkout';
  await writeInBook(client, {
    site: session.site,
    transaction: transaction.internalReference,
    internalReference: transaction.internalReference,
    kind: 'reverse',
    reference: session.reference,
    parent: isSame ? target.parent : target.internalReference,
    currency: target.currency,
    amountMinor,
    at: moment.now,
  });
  return transaction;
}

/** Writes a reversal; `refusedBy` is what the network says where it does not approve. */
async function record(
  { client, moment }: Deed,
  target: Transaction,
  amountMinor: number,
  refusedBy: { status: TransactionStatus; reason: string } | null,
): Promise<Transaction> {
  const transaction: Transaction = {
    ...target,
    internalReference: await nextInternalReference(client),
    role: 'reverse',
    parent: target.internalReference,
    status: refusedBy?.status ?? 'APPROVED',
    reason: refusedBy?.reason ?? '00',
    at: moment.now,
    createdAt: moment.now,
    amountMinor,
    authorization: refusedBy === null ? authorizationCode(target.brand) : NO_AUTHORIZATION,
    receipt: receiptNumber(moment.now),
    refunded: false,
    refundedMinor: 0,
    reversalReason: null,
    resolution: null,
    heldVerdict: null,
  };
  await insertTransaction(client, transaction);
  return transaction;
}
