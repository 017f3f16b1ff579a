import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Currency } from '@recaudo/shared';
import { DataSource, In, type EntityManager } from 'typeorm';
import type { JsonValue } from '../audit/audit.entity.js';
import { AuditService, SYSTEM, type Actor } from '../audit/audit.service.js';
import type { OperationAnswer } from '../gateways/gateway.port.js';
import { GatewaysService } from '../gateways/gateways.service.js';
import { Clock } from '../platform/clock.js';
import { isUniqueViolation } from '../platform/database.js';
import { dueRows } from '../platform/due-rows.js';
import { bindKey, claimKey } from '../platform/idempotency.js';
import { ProblemError } from '../platform/problem.js';
import { SitesService } from '../sites/sites.service.js';
import type { Principal } from '../staff/access.js';
import { intentOf, operationLive } from './intent.rules.js';
import { ObligationsService } from './obligations.service.js';
import { outcomeOf, outcomeSeen, RESOLUTION, type OperationKind } from './operation.rules.js';
import { ObligationRow, TransactionRow } from './transaction.entity.js';
import { isLiveOperation, LIVE_OPERATION_STATES } from './transaction.states.js';
import { TransactionsService, type Conclusion } from './transactions.service.js';

/** Longer than the adapter's deadline for money: an operation without an outcome after it counts as sent. */
const LEASE_MS = 45_000;
const ASK_LEASE_MS = 60_000;
/** Of one payment or hold; beyond it nothing more is done to it. */
const MAX_OPERATIONS = 200;

/** A money object as it stands under its locks, with everything that was ever done to it. */
export interface Locked {
  target: TransactionRow;
  obligation: ObligationRow | null;
  operations: TransactionRow[];
}

type Facts = Partial<Pick<TransactionRow, 'whole' | 'flagBefore' | 'route' | 'plannedAt' | 'motive'>>;

/** What somebody wants done. */
export interface Ask {
  kind: OperationKind;
  targetId: string;
  amountMinor: number;
  currency: Currency;
  /** The request's own; the same key again answers with what the first came to. */
  key: string;
  /** Judges it under the locks, before anything is written: throws what stands in the way, and says what else is known. */
  guard: (manager: EntityManager, locked: Locked) => Promise<Facts> | Facts;
  /** Inside the commit of the intent. */
  begun?: (manager: EntityManager, operation: TransactionRow) => Promise<void>;
}

/**
 * Whatever is done to money goes this one way: the intent is committed, the gateway is asked, the outcome is committed.
 * The intent is the claim: it is never simply run again.
 */
@Injectable()
export class OperationsService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly transactions: TransactionsService,
    private readonly obligations: ObligationsService,
    private readonly sites: SitesService,
    private readonly gateways: GatewaysService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /**
   * Does it, once. What waits for its hour, or goes by letter, is only written down. Errors: what `guard` throws; operation_live naming
   * the one under way and whose it is; idempotency_key_reused; request_in_progress.
   */
  async run(me: Principal, ask: Ask): Promise<TransactionRow> {
    const { operation, repeated } = await this.begin(me, ask);
    if (operation.state !== 'started') return operation;
    if (!repeated) return this.send(operation);
    throw new ProblemError('request_in_progress', { subject: { type: operation.kind, id: operation.id } });
  }

  /** Those whose answer is overdue, those that nobody knows the outcome of, and those whose hour has come. */
  due(): ReturnType<typeof dueRows> {
    return dueRows(this.database, { table: 'transactions', column: 'next_ask_at', leaseMs: ASK_LEASE_MS });
  }

  async find(id: string): Promise<TransactionRow | null> {
    return this.database.manager.findOneBy(TransactionRow, { id });
  }

  /** A money object under its locks: obligation first, then the row; the order that every money transaction keeps to. */
  async lock(manager: EntityManager, id: string): Promise<Locked> {
    const known = await manager.findOneBy(TransactionRow, { id });
    if (!known) throw new ProblemError('not_found');
    const obligation = known.obligationId ? await this.obligations.lock(manager, known.obligationId) : null;
    const target = await manager.findOneOrFail(TransactionRow, {
      where: { id },
      lock: { mode: 'pessimistic_write' },
    });
    const operations = await manager.find(TransactionRow, {
      where: { parentId: id },
      order: { createdAt: 'DESC', id: 'DESC' },
      take: MAX_OPERATIONS,
    });
    return { target, obligation, operations };
  }

  /** The lease is over and no outcome was written: it may have been done. */
  async lose(operation: TransactionRow): Promise<TransactionRow> {
    if (operation.state !== 'started') return operation;
    return this.database.transaction(async (manager) => {
      const { target: held, obligation } = await this.lock(manager, operation.id);
      if (held.state !== 'started') return held;
      const lost = { state: 'unknown' as const, reason: 'unknown', message: 'the answer was lost' };
      return this.transactions.conclude(manager, { row: held, obligation, source: 'probe' }, lost);
    });
  }

  /** Sends it once more, if it is as it was when that was judged. */
  async resend(operation: TransactionRow): Promise<TransactionRow> {
    const again = await this.database.transaction(async (manager) => {
      const { target: held } = await this.lock(manager, operation.id);
      if (held.state !== 'unknown' || held.sends !== operation.sends) return null;
      const change = { sends: held.sends + 1, ...this.sending() };
      await manager.update(TransactionRow, held.id, change);
      await this.record(manager, 'operation.resent', SYSTEM, held, { kind: held.kind, sends: change.sends });
      return { ...held, ...change };
    });
    return again ? this.send(again) : operation;
  }

  /** What waited for its hour is sent now; `guard` judges once more. It is the caller's to say what its refusal means. */
  async wake(operation: TransactionRow, guard: Ask['guard']): Promise<TransactionRow> {
    const woken = await this.database.transaction(async (manager) => {
      const held = await manager.findOneByOrFail(TransactionRow, { id: operation.id });
      const locked = await this.lock(manager, held.parentId ?? '');
      const now = locked.operations.find(({ id }) => id === operation.id);
      if (now?.state !== 'waiting') return null;
      const others = locked.operations.filter(({ id }) => id !== operation.id);
      const facts = await guard(manager, { ...locked, operations: others });
      const change = { ...facts, state: 'started' as const, sends: 1, ...this.sending() };
      await manager.update(TransactionRow, now.id, change);
      await this.record(manager, 'operation.started', SYSTEM, now, described(now));
      return { ...now, ...change };
    });
    return woken ? this.send(woken) : ((await this.find(operation.id)) ?? operation);
  }

  /** What was planned, or carried by a letter, is given up; or a person says how it ended. Errors: what `check` throws. */
  async decide(
    manager: EntityManager,
    id: string,
    said: Conclusion & { actor: Actor; deed: string; evidence: JsonValue },
    check: (operation: TransactionRow) => void,
  ): Promise<TransactionRow> {
    const { target: row, obligation } = await this.lock(manager, id);
    check(row);
    const { actor, deed, evidence, ...conclusion } = said;
    return this.transactions.conclude(
      manager,
      { row, obligation, source: 'person', actor, deed, evidence },
      conclusion,
    );
  }

  /** The payments of a session were seen: what they are now says what became of the live operations on them. */
  async observe(manager: EntityManager, sessionId: string, obligation: ObligationRow): Promise<void> {
    const live = await manager.findBy(TransactionRow, {
      sessionId,
      kind: In(['confirm', 'cancel', 'reverse']),
      state: In([...LIVE_OPERATION_STATES]),
    });
    for (const row of live) {
      const payment = await manager.findOneByOrFail(TransactionRow, { id: row.parentId ?? '' });
      const state = outcomeSeen({ ...row, kind: row.kind as OperationKind }, payment);
      if (!state) continue;
      const said =
        row.kind === 'reverse'
          ? { state, reason: row.reason ?? '', message: row.message ?? '', grade: 'inferred' as const }
          : { state, reason: payment.reason ?? '', message: payment.message ?? '' };
      await this.transactions.conclude(manager, { row, obligation, source: 'probe' }, said);
    }
  }

  /** Whether we did not take what was captured through the session. */
  async wasCancelled(manager: EntityManager, sessionId: string): Promise<boolean> {
    return manager.existsBy(TransactionRow, { sessionId, kind: 'cancel', state: 'approved' });
  }

  private async begin(me: Principal, ask: Ask): Promise<{ operation: TransactionRow; repeated: boolean }> {
    const { kind, targetId, amountMinor, currency, key } = ask;
    try {
      return await this.database.transaction(async (manager) => {
        const asked = { kind, paymentId: targetId, amountMinor, currency };
        const known = await claimKey(manager, me.id, key, asked, this.clock.worker());
        const before = known && (await manager.findOneBy(TransactionRow, { id: known }));
        if (before) return { operation: before, repeated: true };
        const locked = await this.lock(manager, targetId);
        requireFree(locked.operations);
        const facts = await ask.guard(manager, locked);
        const operation = intentOf(me, ask, locked.target, facts, {
          now: this.clock.now(),
          leaseUntil: this.lease(),
          plannedAt: facts.plannedAt ? this.clock.due(facts.plannedAt) : null,
        });
        await manager.insert(TransactionRow, operation);
        await bindKey(manager, me.id, key, operation.id);
        await ask.begun?.(manager, operation);
        await this.record(manager, `operation.${operation.state}`, me, operation, described(operation));
        return { operation, repeated: false };
      });
    } catch (error) {
      if (!isUniqueViolation(error, 'transactions_live_operation_key')) throw error;
      throw await this.lostRace(targetId);
    }
  }

  /** PostgreSQL refused a second live operation: the loser is told whose the first one is. */
  private async lostRace(targetId: string): Promise<ProblemError> {
    const operations = await this.database.manager.findBy(TransactionRow, { parentId: targetId });
    const live = operations.find(isLiveOperation);
    return live ? operationLive(live) : new ProblemError('operation_live');
  }

  private async send(operation: TransactionRow): Promise<TransactionRow> {
    const kind = operation.kind as OperationKind;
    const account = await this.sites.openAccount(operation.gatewayAccountId);
    const target = await this.database.manager.findOneByOrFail(TransactionRow, {
      id: operation.parentId ?? '',
    });
    const answer = await this.gateways.port(account.row.gateway).operate(account.credentials, {
      action: RESOLUTION[kind].action,
      internalReference: await this.addressOf(target),
      reference: target.gatewayReference,
      amount: amountSent(operation),
      locale: `es_${account.site.country}`,
    });
    if (answer.kind === 'refused' && answer.authentication)
      await this.sites.flag(account.row.id, answer.message);
    if (answer.kind === 'answered') await this.sites.clearFlag(account.row);
    return this.settle(operation, answer);
  }

  /** A step without a number of its own is addressed by that of the hold it belongs to. */
  private async addressOf(target: TransactionRow): Promise<string> {
    if (target.internalReference || !target.parentId) return target.internalReference ?? '';
    const parent = await this.find(target.parentId);
    return parent?.internalReference ?? '';
  }

  /** The outcome and what the answer says of the payment, in one commit. Also the way in for an answer that came late. */
  private async settle(operation: TransactionRow, answer: OperationAnswer): Promise<TransactionRow> {
    const kind = operation.kind as OperationKind;
    return this.database.transaction(async (manager) => {
      const { target: held, obligation } = await this.lock(manager, operation.id);
      if (answer.kind === 'answered' && RESOLUTION[kind].inPlace && obligation)
        await this.settlePayment(manager, held, obligation, answer);
      const captureSent = kind === 'release' && (await this.captureSent(manager, held.parentId));
      const outcome = outcomeOf({ kind, sends: operation.sends, captureSent }, answer);
      const own = answer.kind === 'answered' && !RESOLUTION[kind].inPlace ? answer.transaction : null;
      const evidence = 'evidence' in answer ? answer.evidence : null;
      const context = { row: held, obligation, source: 'operation' as const, evidence };
      return this.transactions.conclude(manager, context, { ...outcome, ...(own ? { attempt: own } : {}) });
    });
  }

  private async settlePayment(
    manager: EntityManager,
    { siteId, gatewayAccountId, sessionId, orderId, payerId, askedMinor, askedCurrency }: TransactionRow,
    obligation: ObligationRow,
    { transaction: attempt }: Extract<OperationAnswer, { kind: 'answered' }>,
  ): Promise<void> {
    await this.transactions.settle(manager, {
      ...{ siteId, gatewayAccountId, payerId, obligation, attempt },
      orderId: orderId ?? '',
      sessionId: sessionId ?? '',
      asked: { amountMinor: askedMinor, currency: askedCurrency },
      source: 'operation',
      origin: 'us',
    });
  }

  /** A capture that the gateway refused outright was not done; of any other it may have been. */
  private async captureSent(manager: EntityManager, holdId: string | null): Promise<boolean> {
    const captures = await manager.findBy(TransactionRow, { parentId: holdId ?? '', kind: 'checkout' });
    return captures.some(({ state, sends }) => state !== 'rejected' || sends > 1);
  }

  private sending(): { leaseUntil: Date; nextAskAt: Date; happenedAt: Date } {
    return { leaseUntil: this.lease(), nextAskAt: this.lease(), happenedAt: this.clock.now() };
  }

  private lease(): Date {
    return new Date(this.clock.worker().getTime() + LEASE_MS);
  }

  private async record(
    manager: EntityManager,
    kind: string,
    actor: Actor,
    { siteId, id, orderId, motive }: TransactionRow,
    data: ReturnType<typeof described> | { kind: string; sends: number },
  ): Promise<void> {
    await this.audit.record(manager, {
      kind,
      actor,
      siteId,
      ...(orderId ? { orderId } : {}),
      ...(motive ? { reason: motive } : {}),
      subject: { type: 'transaction', id },
      data,
    });
  }
}

function requireFree(operations: readonly TransactionRow[]): void {
  const live = operations.find(isLiveOperation);
  if (live) throw operationLive(live);
}

function amountSent({ kind, whole, askedMinor, askedCurrency }: TransactionRow) {
  if (kind === 'confirm' || kind === 'cancel' || (kind === 'reverse' && whole)) return null;
  return { minor: kind === 'release' ? 0 : askedMinor, currency: askedCurrency };
}

function described({ kind, askedMinor, askedCurrency, route, plannedAt }: TransactionRow) {
  return {
    kind,
    amountMinor: askedMinor,
    currency: askedCurrency,
    route,
    plannedAt: plannedAt?.toISOString() ?? null,
  };
}
