import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Currency } from '@recaudo/shared';
import { DataSource, In, type EntityManager } from 'typeorm';
import type { JsonValue } from '../audit/audit.entity.js';
import { AuditService, SYSTEM, type Actor } from '../audit/audit.service.js';
import { Clock } from '../platform/clock.js';
import { isUniqueViolation } from '../platform/database.js';
import { dueRows } from '../platform/due-rows.js';
import { bindKey, claimKey } from '../platform/idempotency.js';
import { ProblemError } from '../platform/problem.js';
import type { Principal } from '../staff/access.js';
import { intentOf, operationLive } from './intent.rules.js';
import { MoneyObjectsService, type Locked } from './money-objects.service.js';
import { outcomeSeen, type OperationKind } from './operation.rules.js';
import { SendingService } from './sending.service.js';
import { ObligationRow, TransactionRow } from './transaction.entity.js';
import { isLiveOperation, LIVE_OPERATION_STATES } from './transaction.states.js';
import { TransactionsService, type Conclusion } from './transactions.service.js';

/** Longer than the adapter's deadline for money: an operation without an outcome after it counts as sent. */
const LEASE_MS = 45_000;
const ASK_LEASE_MS = 60_000;

type Facts = Partial<Pick<TransactionRow, 'whole' | 'flagBefore' | 'route' | 'plannedAt' | 'motive'>>;

/** What somebody wants done. */
export interface Ask {
  kind: OperationKind;
  targetId: string;
  amountMinor: number;
  currency: Currency;
  /** The request's own; the same key again answers with what the first came to. */
  key: string;
  /** What else the key stands for, beside kind, target and amount. */
  said?: Record<string, JsonValue>;
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
    private readonly objects: MoneyObjectsService,
    private readonly sending: SendingService,
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
    if (!repeated) return this.sending.send(operation);
    throw new ProblemError('request_in_progress', { subject: { type: operation.kind, id: operation.id } });
  }

  /** Those whose answer is overdue, those that nobody knows the outcome of, and those whose hour has come. */
  due(): ReturnType<typeof dueRows> {
    return dueRows(this.database, { table: 'transactions', column: 'next_ask_at', leaseMs: ASK_LEASE_MS });
  }

  async find(id: string): Promise<TransactionRow | null> {
    return this.database.manager.findOneBy(TransactionRow, { id });
  }

  /** The lease is over and no outcome was written: it may have been done. */
  async lose(operation: TransactionRow): Promise<TransactionRow> {
    if (operation.state !== 'started') return operation;
    return this.database.transaction(async (manager) => {
      const { target: held, obligation } = await this.objects.lock(manager, operation.id);
      if (held.state !== 'started') return held;
      const lost = { state: 'unknown' as const, reason: 'unknown', message: 'the answer was lost' };
      return this.transactions.conclude(manager, { row: held, obligation, source: 'probe' }, lost);
    });
  }

  /** Sends it once more, if it is as it was when that was judged. */
  async resend(operation: TransactionRow): Promise<TransactionRow> {
    const again = await this.database.transaction(async (manager) => {
      const { target: held } = await this.objects.lock(manager, operation.id);
      if (held.state !== 'unknown' || held.sends !== operation.sends) return null;
      const change = { sends: held.sends + 1, ...this.leased() };
      await manager.update(TransactionRow, held.id, change);
      await this.record(manager, 'operation.resent', SYSTEM, held, { kind: held.kind, sends: change.sends });
      return { ...held, ...change };
    });
    return again ? this.sending.send(again) : operation;
  }

  /** What waited for its hour is sent now; `guard` judges once more. It is the caller's to say what its refusal means. */
  async wake(operation: TransactionRow, guard: Ask['guard']): Promise<TransactionRow> {
    const woken = await this.database.transaction(async (manager) => {
      const held = await manager.findOneByOrFail(TransactionRow, { id: operation.id });
      const locked = await this.objects.lock(manager, held.parentId ?? '');
      const now = locked.operations.find(({ id }) => id === operation.id);
      if (now?.state !== 'waiting') return null;
      const others = locked.operations.filter(({ id }) => id !== operation.id);
      const facts = await guard(manager, { ...locked, operations: others });
      const change = { ...facts, state: 'started' as const, sends: 1, ...this.leased() };
      await manager.update(TransactionRow, now.id, change);
      await this.record(manager, 'operation.started', SYSTEM, now, described(now));
      return { ...now, ...change };
    });
    return woken ? this.sending.send(woken) : ((await this.find(operation.id)) ?? operation);
  }

  /** What was planned, or carried by a letter, is given up; or a person says how it ended. Errors: what `check` throws. */
  async decide(
    manager: EntityManager,
    id: string,
    said: Conclusion & { actor: Actor; deed: string; evidence: JsonValue },
    check: (operation: TransactionRow) => void,
  ): Promise<TransactionRow> {
    const { target: row, obligation } = await this.objects.lock(manager, id);
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
    const { kind, targetId, amountMinor, currency, key, said } = ask;
    try {
      return await this.database.transaction(async (manager) => {
        const asked = { kind, paymentId: targetId, amountMinor, currency, ...said };
        const known = await claimKey(manager, me.id, key, asked, this.clock.worker());
        const before = known && (await manager.findOneBy(TransactionRow, { id: known }));
        if (before) return { operation: before, repeated: true };
        const locked = await this.objects.lock(manager, targetId);
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

  private leased(): { leaseUntil: Date; nextAskAt: Date; happenedAt: Date } {
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

function described({ kind, askedMinor, askedCurrency, route, plannedAt }: TransactionRow) {
  return {
    kind,
    amountMinor: askedMinor,
    currency: askedCurrency,
    route,
    plannedAt: plannedAt?.toISOString() ?? null,
  };
}
