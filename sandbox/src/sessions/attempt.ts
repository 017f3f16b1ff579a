/** One try at paying: the network is asked, and its answer written as an attempt, with its parts if it is dispersed. */
import type { Card, Instrument, InstrumentNames } from '../network/instruments.js';
import { namesOf } from '../network/instruments.js';
import { answerOf } from '../network/network.js';
import type { Verdict } from '../network/network.js';
import type { Vault } from '../network/vault.js';
import type { Queryable } from '../platform/database.js';
import { toMinorOf } from '../wire/money.js';
import { orderParts, planParts, resolutionOf, wholeOf } from './dispersion.rules.js';
import { plannedAnswer } from './planned-answers.js';
import type { SessionOfSite } from './session.work.js';
import type { Token } from './token.store.js';
import { NO_AUTHORIZATION, nextInternalReference, receiptNumber } from './transaction.store.js';
import type { Attempt, Transaction } from './transaction.store.js';

/** What is paid with, and how a transaction is to name it. */
export interface Means {
  instrument: Instrument;
  names: InstrumentNames & { cardHash: string };
}

export function meansOf(instrument: Instrument, vault: Vault): Means {
  const cardHash = instrument.method === 'card' ? vault.hash(instrument.number) : '';
  return { instrument, names: { ...namesOf(instrument), cardHash } };
}

/** A stored card: known again by its hash. One that is no test card is declined like any unknown number. */
export function meansOfToken(
  token: Token,
  { cvv, installments, postalCode }: Pick<Card, 'cvv' | 'installments' | 'postalCode'>,
  vault: Vault,
): Means {
  const { brand, issuer, bin, lastDigits, cardHash, validUntil } = token;
  const number = vault.testCard(cardHash) ?? '';
  return {
    instrument: { method: 'card', number, expiry: validUntil, cvv, installments, postalCode },
    names: { brand, issuer, bin, lastDigits, cardHash, installments },
  };
}

export async function newAttempt(
  client: Queryable,
  { session, site }: SessionOfSite,
  { instrument, names }: Means,
  amountMinor: number,
  now: Date,
): Promise<Attempt> {
  const { currency, requestId, expiresAt } = session;
  const answerOfTables = ({ amountMinor: minor }: { amountMinor: number }): Verdict =>
    answerOf(instrument, { currency, amountMinor: minor }, site.networkDelaySeconds, now);
  const ask = async (part: { amountMinor: number }): Promise<Verdict> =>
    (await plannedAnswer(client, site.site)) ?? answerOfTables(part);
  const blank = async (more: Pick<Transaction, 'role' | 'parent' | 'amountMinor'>): Promise<Transaction> => ({
    internalReference: await nextInternalReference(client),
    requestId,
    status: 'PENDING',
    reason: '?-',
    at: now,
    createdAt: now,
    currency,
    ...names,
    authorization: NO_AUTHORIZATION,
    receipt: receiptNumber(now),
    refunded: false,
    refundedMinor: 0,
    reversalReason: null,
    agreement: null,
    agreementType: null,
    startsAt: null,
    resolution: null,
    heldVerdict: null,
    exclusive: session.kind !== 'partial',
    ...more,
  });
  const attempt = await blank({ role: 'attempt', parent: null, amountMinor });
  const parts = session.request.payment?.dispersion;
  if (parts) {
    const parent = attempt.internalReference;
    const blanks: Transaction[] = [];
    for (const part of orderParts(parts)) {
      const child = await blank({ role: 'child', parent, amountMinor: toMinorOf(part.amount) });
      blanks.push({ ...child, agreement: part.agreement ?? null, agreementType: part.agreementType });
    }
    const children = await planParts(blanks, ask, now, expiresAt);
    return { ...attempt, children, ...wholeOf(children, now) };
  }
  if (session.kind === 'confirmation') {
    // Captured only: the network is asked on confirming. As the card is not kept, its own answer is, until then.
    const at = new Date(now.getTime() + site.confirmationMinutes * 60_000);
    return {
      ...attempt,
      children: [],
      status: 'PENDING_CONFIRMATION',
      reason: 'PT',
      resolution: { at, status: 'REJECTED', reason: 'EX' },
      heldVerdict: answerOfTables(attempt),
    };
  }
  const verdict = await ask(attempt);
  return { ...attempt, children: [], ...answered(verdict, now, expiresAt) };
}

/** What a verdict makes of a transaction. */
export function answered(
  verdict: Verdict,
  now: Date,
  sessionEnd: Date,
): Pick<Transaction, 'status' | 'reason' | 'resolution' | 'reversalReason'> {
  return {
    status: verdict.status,
    reason: verdict.reason,
    resolution: resolutionOf(verdict, now, sessionEnd),
    reversalReason: 'reversalReason' in verdict ? (verdict.reversalReason ?? null) : null,
  };
}
