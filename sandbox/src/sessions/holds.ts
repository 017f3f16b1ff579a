/** The steps of a preauthorization after its check-in (protocol 5.3, 8.3). */
import { answerForMore } from '../network/network.js';
import type { Vault } from '../network/vault.js';
import { readAmount } from '../wire/amount.js';
import { isObject } from '../wire/reading.js';
import { CallFailure } from '../wire/refusal.js';
import { writeInBook } from './book.store.js';
import type { BookKind } from './book.store.js';
import { changeHold, endHold } from './hold.store.js';
import type { Hold } from './hold.store.js';
import { plannedAnswer } from './planned-answers.js';
import type { TransactionStatus } from './session.states.js';
import type { Acted, Deed } from './transactions.js';
import {
  authorizationCode,
  insertTransaction,
  NO_AUTHORIZATION,
  nextInternalReference,
  receiptNumber,
} from './transaction.store.js';
import type { Role, Transaction } from './transaction.store.js';

type Done = Omit<Acted, 'session' | 'site'>;

/** Changes what is reserved. The currency is the check-in's, whatever is sent. */
export async function changeHeldAmount(deed: Deed, hold: Hold, raw: unknown, vault: Vault): Promise<Done> {
  const { client, session, site } = deed;
  if (hold.state !== 'active') throw new CallFailure(400, 'request_not_valid', 'holdNotActive');
  const amount = isObject(raw) ? { ...raw, currency: session.currency } : raw;
  const { amountMinor } = readAmount(amount, 'amount');
  if (site.increaseOnly && amountMinor < hold.amountMinor) {
    throw new CallFailure(400, 'request_not_valid', 'increaseOnly');
  }
  const answer = await ask(deed, amountMinor, vault);
  const transaction = await record(deed, 'reauthorization', amountMinor, answer);
  if (answer.status === 'APPROVED') await changeHold(client, hold.requestId, amountMinor);
  return told(deed, hold, transaction);
}

/** Captures, or with an amount of nothing lets go. */
export async function captureHold(deed: Deed, hold: Hold, raw: unknown, vault: Vault): Promise<Done> {
  const { client, session, site } = deed;
  const { amount, amountMinor } = readAmount(raw, 'amount', 'zero');
  if (amount.currency !== session.currency) throw new CallFailure(400, 'request_not_valid', 'otherCurrency');
  if (hold.state !== 'active') return refuseSecondCheckout(deed, hold, amountMinor);
  if (amountMinor === 0) return letGo(deed, hold, 'release', deed.moment.now);
  if (amountMinor > hold.amountMinor && !site.overCapture) {
    throw new CallFailure(400, 'request_not_valid', 'overCapture');
  }
  const answer = await ask(deed, amountMinor, vault);
  const transaction = await record(deed, 'checkout', amountMinor, answer);
  if (answer.status === 'APPROVED') await endHold(client, hold.requestId, 'completed');
  return told(deed, hold, transaction);
}

/** Releases what is reserved: asked for, reversed, or by itself when its time is over. */
export async function letGo(deed: Deed, hold: Hold, role: 'release' | 'reverse', at: Date): Promise<Done> {
  const approval = { status: 'APPROVED', reason: '00' } as const;
  const transaction = await record(deed, role, hold.amountMinor, approval, at, 'release');
  await endHold(deed.client, hold.requestId, 'released');
  return told(deed, hold, transaction);
}

/** An open question of the protocol: three wordings of the same refusal. */
async function refuseSecondCheckout(deed: Deed, hold: Hold, amountMinor: number): Promise<Done> {
  const wording = deed.site.secondCheckout;
  if (wording === 'br') throw new CallFailure(400, 'BR', 'holdNotActive');
  if (wording === 'request_not_valid') throw new CallFailure(400, 'request_not_valid', 'holdNotActive');
  const refusal = { status: 'REJECTED', reason: '13' } as const;
  const transaction = await record(deed, 'checkout', amountMinor || hold.amountMinor, refusal);
  return told(deed, hold, transaction);
}

interface Answer {
  status: TransactionStatus;
  reason: string;
}

const ask = async (
  { client, session, site, target }: Deed,
  amountMinor: number,
  vault: Vault,
): Promise<Answer> =>
  (await plannedAnswer(client, site.site)) ??
  answerForMore(vault.testCard(target.cardHash), { currency: session.currency, amountMinor });

/** The check-in, whichever transaction of its chain was named. */
const checkinOf = ({ target }: Deed): number => target.parent ?? target.internalReference;

/** Writes a step, and its line in the book if it was approved. */
async function record(
  deed: Deed,
  role: Role,
  amountMinor: number,
  answer: Answer,
  at: Date = deed.moment.now,
  kind: BookKind = role as BookKind,
): Promise<Transaction> {
  const { client, session, site, target } = deed;
  const isApproved = answer.status === 'APPROVED';
  const transaction: Transaction = {
    ...target,
    status: answer.status,
    reason: answer.reason,
    internalReference: await nextInternalReference(client),
    role,
    parent: checkinOf(deed),
    at,
    createdAt: at,
    amountMinor,
    authorization: isApproved ? authorizationCode(target.brand) : NO_AUTHORIZATION,
    receipt: receiptNumber(at),
    refunded: false,
    refundedMinor: 0,
    resolution: null,
  };
  await insertTransaction(client, transaction);
  if (isApproved) {
    const isSame = site.internalReferences === 'same' && role !== 'reverse';
    await writeInBook(client, {
      site: session.site,
      transaction: transaction.internalReference,
      internalReference: isSame ? checkinOf(deed) : transaction.internalReference,
      kind,
      reference: session.reference,
      parent: checkinOf(deed),
      currency: session.currency,
      amountMinor,
      at,
    });
  }
  return transaction;
}

/** An open question of the protocol: whether a step has a number of its own. */
function told({ site }: Deed, hold: Hold, transaction: Transaction): Done {
  const isSame = site.internalReferences === 'same' && transaction.role !== 'reverse';
  return {
    transaction,
    internalReference: isSame ? hold.internalReference : transaction.internalReference,
  };
}
