import type { BatchPreview, BatchView, Currency, Permission } from '@recaudo/shared';
import type { EntityManager } from 'typeorm';
import { hashOf } from '../platform/idempotency.js';
import { ProblemError } from '../platform/problem.js';
import { maySee, type Principal } from '../staff/access.js';
import type { BatchItemRow, BatchRow } from './batch.entity.js';

/** What of a batch is still unsent so long after its time is given up: the world has moved on. */
export const GIVE_UP_AFTER_MS = 24 * 3_600_000;

export interface AskedRow {
  transactionId: string;
  /** Minor units; absent: all that is left. */
  amountMinor?: number | undefined;
}

export type JudgedRow = BatchPreview['rows'][number];

/** One that can be done: all of it is known. */
export type PossibleRow = JudgedRow & { siteId: string; amountMinor: number; currency: Currency; why: null };

/** What a slice that does one thing lends to do many of it. */
export interface BatchHandler {
  permission: Permission;
  /** What each row would do now; writes nothing. */
  judge(me: Principal, rows: readonly AskedRow[]): Promise<JudgedRow[]>;
  /** Why a second person must approve these rows; null: nobody needs to. */
  approval(me: Principal, rows: PossibleRow[]): Promise<string | null>;
  /**
   * Carries one row out, once: `begun` is called inside the intent's commit with the operation's id, and throws when the
   * row was sent or undone meanwhile. Throws ProblemError when it cannot be done; gateway_unreachable: not yet.
   */
  send(
    maker: Principal,
    row: { id: string; targetId: string; amountMinor: number; currency: Currency },
    batch: { id: string; reason: string; approved: boolean; approvalId: string | null },
    begun: (manager: EntityManager, transactionId: string) => Promise<void>,
  ): Promise<void>;
}

/** Errors: validation, naming each row that stands there twice. */
export function requireDistinct(rows: readonly AskedRow[]): void {
  const seen = new Set<string>();
  const errors: Record<string, string[]> = {};
  rows.forEach(({ transactionId }, index) => {
    if (seen.has(transactionId)) errors[`rows.${index}.transactionId`] = ['duplicate'];
    seen.add(transactionId);
  });
  if (Object.keys(errors).length > 0) throw new ProblemError('validation', { errors });
}

/** In the order they were asked for; what nobody knows, or what is another site's, is not found. */
export function inOrder(
  me: Principal,
  asked: readonly AskedRow[],
  judged: readonly JudgedRow[],
): JudgedRow[] {
  const known = new Map(judged.map((row) => [row.transactionId, row]));
  return asked.map(({ transactionId }) => {
    const row = known.get(transactionId);
    if (row && (row.siteId === null || maySee(me.scope, row.siteId))) return row;
    const nothing = { siteId: null, reference: null, payerName: null, amountMinor: null, currency: null };
    return { transactionId, ...nothing, why: 'not_found', by: null, later: null };
  });
}

export function isPossible(row: JudgedRow): row is PossibleRow {
  return row.why === null && row.siteId !== null && row.amountMinor !== null && row.currency !== null;
}

/** Until its first row may be sent. */
export function undoable({ state, sendAt }: Pick<BatchRow, 'state' | 'sendAt'>, now: Date): boolean {
  return state === 'waiting' || (state === 'scheduled' && sendAt !== null && sendAt > now);
}

/** The site that a deed about it belongs to; of several, none. */
export function siteOf({ siteIds }: Pick<BatchRow, 'siteIds'>): string | null {
  return siteIds.length === 1 ? (siteIds[0] ?? null) : null;
}

/** Sums per currency, never across. */
export function totalsOf(
  rows: readonly { amountMinor: number; currency: Currency; count?: number }[],
): BatchView['totals'] {
  const totals = new Map<Currency, BatchView['totals'][number]>();
  for (const { amountMinor, currency, count } of rows) {
    const total = totals.get(currency) ?? { currency, amountMinor: 0, count: 0 };
    totals.set(currency, {
      currency,
      amountMinor: total.amountMinor + amountMinor,
      count: total.count + (count ?? 1),
    });
  }
  return [...totals.values()];
}

/** The same for the same rows in the same order: what a second person approves. */
export function digestOf(
  items: readonly Pick<BatchItemRow, 'targetId' | 'amountMinor' | 'currency'>[],
): string {
  return hashOf(items.map(({ targetId, amountMinor, currency }) => [targetId, amountMinor, currency]));
}
