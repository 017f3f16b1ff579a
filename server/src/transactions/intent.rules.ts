import type { Currency, TransactionKind } from '@recaudo/shared';
import { v7 as uuidv7 } from 'uuid';
import { ProblemError } from '../platform/problem.js';
import type { Principal } from '../staff/access.js';
import type { TransactionRow } from './transaction.entity.js';

interface Wanted {
  kind: TransactionKind;
  amountMinor: number;
  currency: Currency;
}

interface Times {
  now: Date;
  leaseUntil: Date;
  /** By the worker's clock: when it is sent, or a letter's answer is asked for; null: it is sent at once. */
  plannedAt: Date | null;
}

/** The row of what is about to be asked of the gateway, or, planned or carried by a letter, of what is to be. */
export function intentOf(
  me: Principal,
  { kind, amountMinor, currency }: Wanted,
  target: TransactionRow,
  facts: Partial<TransactionRow>,
  { now, leaseUntil, plannedAt }: Times,
): TransactionRow {
  const state = facts.route === 'letter' ? 'pending' : plannedAt ? 'waiting' : 'started';
  const sent = state === 'started';
  return {
    ...target,
    id: uuidv7(),
    kind,
    parentId: target.id,
    groupId: null,
    state,
    origin: 'us',
    grade: null,
    reason: null,
    message: null,
    internalReference: null,
    askedMinor: amountMinor,
    askedCurrency: currency,
    fromMinor: null,
    fromCurrency: null,
    toMinor: null,
    toCurrency: null,
    authorizationCode: null,
    receipt: null,
    refunded: false,
    settledAt: null,
    settledSource: null,
    feeMinor: null,
    withholdingMinor: null,
    leaseUntil: sent ? leaseUntil : null,
    nextAskAt: plannedAt ?? leaseUntil,
    sends: sent ? 1 : 0,
    askedBy: me.makerId,
    askedByName: me.name,
    motive: null,
    route: null,
    whole: false,
    flagBefore: null,
    plannedAt: null,
    approvalId: null,
    ...facts,
    happenedAt: now,
    createdAt: now,
  };
}

/** Something is under way on the same money: whose, what, since when. */
export function operationLive(live: TransactionRow): ProblemError {
  return new ProblemError('operation_live', {
    subject: { type: live.kind, id: live.id },
    other: deedOf(live),
  });
}

/** A deed as whoever it stands in the way of is told of it. */
export function deedOf(row: TransactionRow) {
  return {
    kind: row.kind,
    state: row.state,
    amountMinor: row.fromMinor ?? row.askedMinor,
    currency: row.fromCurrency ?? row.askedCurrency,
    by: row.askedByName,
    at: row.createdAt.toISOString(),
  };
}
