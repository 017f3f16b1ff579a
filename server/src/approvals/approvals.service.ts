import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { ApprovalKind, ApprovalState, Permission } from '@recaudo/shared';
import { DataSource, In, type EntityManager } from 'typeorm';
import type { JsonValue } from '../audit/audit.entity.js';
import { AuditService, SYSTEM, type Actor } from '../audit/audit.service.js';
import { Clock } from '../platform/clock.js';
import { ProblemError, whyRefused } from '../platform/problem.js';
import type { Principal } from '../staff/access.js';
import { KeysService } from '../staff/keys.service.js';
import { LoginsService } from '../staff/logins.service.js';
import { ApprovalRow } from './approval.entity.js';
import {
  APPROVAL_LIFE_MS,
  approvalHash,
  GIVE_UP_AFTER_MS,
  isPassing,
  seesAll,
  whyNotDecide,
  type Asked,
} from './approval.rules.js';
import { ApprovalStore } from './approval.store.js';

/** What the maker must still be allowed when it is carried out; a batch asks by its own kind. */
const RIGHTS: Record<ApprovalKind, Permission | null> = {
  reverse: 'transactions:reverse',
  checkout: 'preauthorizations:act',
  reauthorization: 'preauthorizations:act',
  settle: 'transactions:settle',
  batch: null,
  collect: 'instruments:charge',
};

export type { Asked };
export type Executor = (approval: ApprovalRow, maker: Principal) => Promise<void>;
type EndListener = (manager: EntityManager, approval: ApprovalRow, actor: Actor) => Promise<void>;

/** A second person for what is risky. The request says exactly what; the decision covers that, once. */
@Injectable()
export class ApprovalsService {
  private readonly logger = new Logger('approvals');
  private readonly executors = new Map<ApprovalKind, Executor>();
  private readonly endListeners = new Map<ApprovalKind, EndListener>();

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly store: ApprovalStore,
    private readonly logins: LoginsService,
    private readonly keys: KeysService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /**
   * Asks, in the caller's transaction. The same thing asked again while it waits is that row, with one maker more.
   * `makers`: everybody with a hand in it; whoever asks is added. Errors: key_without_person.
   */
  async request(
    manager: EntityManager,
    me: Principal,
    asked: Asked,
    makers: readonly string[] = [],
  ): Promise<ApprovalRow> {
    const { makerId } = me;
    if (makerId === null) throw new ProblemError('key_without_person');
    const at = this.clock.now();
    const before = await this.store.waitingFor(manager, asked);
    if (before && before.expiresAt <= at) await this.end(manager, before, 'expired', SYSTEM);
    const due = this.clock.dueBy(new Date(at.getTime() + APPROVAL_LIFE_MS));
    const { row, fresh } = await this.store.join(manager, asked, { me: { ...me, makerId }, makers, at, due });
    if (fresh) await this.record(manager, 'requested', me, row, row.reason);
    return row;
  }

  /**
   * Registers what carries an approved request out. It calls `spend` inside the commit of its intent, and throws a
   * ProblemError when it cannot be done any more: the request has then failed, with that code in its note. After
   * gateway_unreachable it is tried again, for a day.
   */
  carryOut(kind: ApprovalKind, executor: Executor): void {
    this.executors.set(kind, executor);
  }

  /** Called inside the transaction in which a request ends without being carried out. */
  onEnd(kind: ApprovalKind, listener: EndListener): void {
    this.endListeners.set(kind, listener);
  }

  /**
   * Uses the approval up, inside the commit of the intent it allows: that makes it once. Errors: approval_over,
   * approval_differs when what is about to be done is not what was approved. `facts` stand in its history.
   */
  async spend(
    manager: EntityManager,
    approvalId: string,
    asked: Asked,
    transactionId: string | null,
    facts: Record<string, JsonValue> = {},
  ): Promise<void> {
    const row = await this.store.lock(manager, approvalId);
    if (row?.state !== 'approved') throw new ProblemError('approval_over');
    if (row.hash !== approvalHash(asked)) throw new ProblemError('approval_differs');
    await manager.update(ApprovalRow, row.id, { state: 'done', transactionId, nextTryAt: null });
    await this.record(manager, 'done', SYSTEM, row, undefined, facts);
  }

  /** Decides, and carries out at once; answers how it stands then. Errors: not_found, own_request, forbidden, approval_over. */
  async approve(me: Principal, id: string, note: string | null): Promise<ApprovalRow> {
    const approved = await this.database.transaction(async (manager) => {
      const row = await this.lockDecidable(manager, me, id);
      const decision = {
        ...this.decision(me, note),
        state: 'approved' as const,
        nextTryAt: this.store.lease(this.clock.worker()),
      };
      await manager.update(ApprovalRow, id, decision);
      await this.record(manager, 'approved', me, row, note ?? undefined);
      return { ...row, ...decision };
    });
    // Decided it is; what goes wrong from here on is tried again by the job.
    await this.attempt(approved).catch((error: unknown) => this.logger.error(error));
    return this.store.read(id);
  }

  async reject(me: Principal, id: string, note: string): Promise<ApprovalRow> {
    await this.database.transaction(async (manager) => {
      const row = await this.lockDecidable(manager, me, id);
      await manager.update(ApprovalRow, id, this.decision(me, note));
      await this.end(manager, row, 'rejected', me, note);
    });
    return this.store.read(id);
  }

  /** Whoever asked takes it back. Errors: not_found, forbidden for everybody else, approval_over. */
  async withdraw(me: Principal, id: string): Promise<ApprovalRow> {
    await this.database.transaction(async (manager) => {
      const row = await this.lockVisible(manager, me, id);
      if (row.requestedBy !== me.makerId) throw new ProblemError('forbidden', { detail: 'not your request' });
      await this.takeBack(manager, me, row);
    });
    return this.store.read(id);
  }

  /** Takes back what is asked for, because it is not wanted any more. Errors: approval_over. */
  async revoke(manager: EntityManager, me: Actor, id: string): Promise<void> {
    const row = await this.store.lock(manager, id);
    if (!row) throw new ProblemError('not_found');
    await this.takeBack(manager, me, row);
  }

  /** What is asked for cannot be done any more, whoever decides: such requests expire, and `code` says why. */
  async moot(
    manager: EntityManager,
    of: { siteId: string; targetId: string; kinds: readonly ApprovalKind[] },
    code: string,
  ): Promise<void> {
    const { siteId, targetId, kinds } = of;
    const rows = await manager.find(ApprovalRow, {
      where: { siteId, targetId, kind: In([...kinds]), state: 'waiting' },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
    for (const row of rows) {
      await manager.update(ApprovalRow, row.id, { note: code });
      await this.end(manager, row, 'expired', SYSTEM, code);
    }
  }

  /** Where only one request may wait at a time: refuses one that says something else than the one that does. */
  async requireNoOther(manager: EntityManager, asked: Asked): Promise<void> {
    const { kind, targetId } = asked;
    const waiting = await manager.findBy(ApprovalRow, { kind, targetId, state: 'waiting' });
    const other = waiting.find((row) => row.hash !== approvalHash(asked));
    if (!other) return;
    const { amountMinor, currency, requestedByName: by, requestedAt, state } = other;
    throw new ProblemError('request_waiting', {
      subject: { type: 'approval', id: other.id },
      ...(amountMinor === null || currency === null
        ? {}
        : { other: { kind, state, amountMinor, currency, by, at: requestedAt.toISOString() } }),
    });
  }

  /** Whether a second person allowed it; that two people state it was done elsewhere is no permission. */
  async allowed(
    manager: EntityManager,
    kind: ApprovalKind,
    targetId: string,
    transactionId: string,
  ): Promise<boolean> {
    return manager.existsBy(ApprovalRow, { kind, targetId, transactionId, state: 'done' });
  }

  find(id: string): Promise<ApprovalRow | null> {
    return this.store.find(id);
  }

  /** Who asked for something about each of these that still waits for its decision, by the transaction's id. */
  async waitingOn(transactionIds: readonly string[]): Promise<Map<string, string>> {
    return this.store.waitingOn(transactionIds, this.clock.now());
  }

  /** A row whose time has come: it waited too long, or whoever approved it did not get to carry it out. */
  async resume(id: string): Promise<void> {
    const row = await this.store.find(id);
    if (row?.state === 'waiting') {
      await this.database.transaction(async (manager) => {
        const held = await this.store.lock(manager, id);
        if (held?.state === 'waiting') await this.end(manager, held, 'expired', SYSTEM);
      });
    }
    if (row?.state !== 'approved') return;
    const waitedMs = this.clock.worker().getTime() - (row.decidedAt?.getTime() ?? 0);
    if (waitedMs > GIVE_UP_AFTER_MS) await this.fail(row, 'not_carried_out');
    else await this.attempt(row);
  }

  private async attempt(row: ApprovalRow): Promise<void> {
    const executor = this.executors.get(row.kind);
    if (!executor) throw new Error(`nothing carries out an approved ${row.kind}`);
    const maker = await this.makerNow(row);
    if (!maker) return this.fail(row, 'forbidden');
    try {
      await executor(row, maker);
    } catch (error) {
      if (isPassing(error)) return;
      if (!(error instanceof ProblemError)) throw error;
      await this.fail(row, whyRefused(error));
    }
  }

  /** Whoever asked, as they are now; null when they may not do it any more. */
  private async makerNow(row: ApprovalRow): Promise<Principal | null> {
    const maker = row.requestedByKey
      ? await this.keys.principalOf(row.requestedByKey)
      : await this.logins.principalOf(row.requestedBy);
    const right = RIGHTS[row.kind];
    if (!maker || !seesAll(maker, row)) return null;
    return right === null || maker.permissions.has(right) ? maker : null;
  }

  /** Nothing to fail any more when it was carried out all the same. */
  private async fail({ id }: ApprovalRow, code: string): Promise<void> {
    await this.database.transaction(async (manager) => {
      const row = await this.store.lock(manager, id);
      if (row?.state !== 'approved') return;
      await manager.update(ApprovalRow, id, { note: code });
      await this.end(manager, row, 'failed', SYSTEM, code);
    });
  }

  private async end(
    manager: EntityManager,
    row: ApprovalRow,
    state: Extract<ApprovalState, 'rejected' | 'withdrawn' | 'expired' | 'failed'>,
    actor: Actor,
    reason?: string,
  ): Promise<void> {
    await manager.update(ApprovalRow, row.id, { state, nextTryAt: null });
    await this.record(manager, state, actor, row, reason);
    await this.endListeners.get(row.kind)?.(manager, { ...row, state }, actor);
  }

  private async takeBack(manager: EntityManager, me: Actor, row: ApprovalRow): Promise<void> {
    if (row.state !== 'waiting') throw new ProblemError('approval_over');
    await this.end(manager, row, 'withdrawn', me);
  }

  private async lockVisible(manager: EntityManager, me: Principal, id: string): Promise<ApprovalRow> {
    const row = await this.store.lock(manager, id);
    if (!row || !seesAll(me, row)) throw new ProblemError('not_found');
    return row;
  }

  private async lockDecidable(manager: EntityManager, me: Principal, id: string): Promise<ApprovalRow> {
    const row = await this.lockVisible(manager, me, id);
    const why = whyNotDecide(row, me, this.clock.now());
    if (why === 'own_request') throw new ProblemError('own_request');
    if (why === 'no_permission') throw new ProblemError('forbidden', { detail: 'approvals:decide' });
    if (why === 'decided' || why === 'expired') throw new ProblemError('approval_over');
    return row;
  }

  private decision(me: Principal, note: string | null) {
    return { decidedBy: me.id, decidedByName: me.name, decidedAt: this.clock.now(), note };
  }

  private async record(
    manager: EntityManager,
    step: string,
    actor: Actor,
    row: ApprovalRow,
    reason?: string,
    facts: Record<string, JsonValue> = {},
  ): Promise<void> {
    const data: Record<string, JsonValue> = {
      kind: row.kind,
      amountMinor: row.amountMinor,
      currency: row.currency,
      ...facts,
    };
    await this.audit.record(manager, {
      kind: `approval.${step}`,
      actor,
      siteId: row.siteId,
      subject: { type: 'approval', id: row.id },
      data,
      ...(row.orderId ? { orderId: row.orderId } : {}),
      ...(reason ? { reason } : {}),
    });
  }
}
