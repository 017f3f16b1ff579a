import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { HoldStep, Release } from '@recaudo/shared';
import { DataSource, type EntityManager } from 'typeorm';
import type { ApprovalRow } from '../approvals/approval.entity.js';
import { ApprovalsService, type Asked } from '../approvals/approvals.service.js';
import { Clock } from '../platform/clock.js';
import { bindKey, claimKey, findKey } from '../platform/idempotency.js';
import { fieldProblem, ProblemError } from '../platform/problem.js';
import type { SiteRow } from '../sites/site.entity.js';
import { SitesService } from '../sites/sites.service.js';
import { maySee, type Principal } from '../staff/access.js';
import { deedOf, operationLive } from '../transactions/intent.rules.js';
import { MoneyObjectsService, type Locked } from '../transactions/money-objects.service.js';
import { OperationsService, type Ask } from '../transactions/operations.service.js';
import type { TransactionRow } from '../transactions/transaction.entity.js';
import { isLiveOperation } from '../transactions/transaction.states.js';
import type { PreauthorizationRow } from './preauthorization.entity.js';
import { amountWhy, holdWhy, raisedAlone, type HoldAction } from './preauthorization.rules.js';
import { PreauthorizationsService } from './preauthorizations.service.js';

/** An operation that was carried out, or the second person that was asked instead. */
export type Acted =
  { operation: TransactionRow; approval: null } | { operation: null; approval: ApprovalRow };

interface Step {
  action: HoldAction;
  /** 0 of a release. */
  amountMinor: number;
  reason: string | null;
  key: string;
  approvalId?: string;
  begun?: Ask['begun'];
}

/** What is done to a hold: it is changed, captured, let go. */
@Injectable()
export class HoldStepsService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly holds: PreauthorizationsService,
    private readonly operations: OperationsService,
    private readonly objects: MoneyObjectsService,
    private readonly approvals: ApprovalsService,
    private readonly sites: SitesService,
    private readonly clock: Clock,
  ) {}

  /**
   * Captures or changes a hold. A capture of more than is held needs a second person, where the account allows it at
   * all; so does a raise above the limit. Errors: not_found, hold_over, operation_live, validation by field.
   */
  async take(
    me: Principal,
    id: string,
    action: 'checkout' | 'reauthorization',
    body: HoldStep,
    key: string,
  ): Promise<Acted> {
    const hold = await this.require(me, id);
    if (body.currency !== hold.currency) throw fieldProblem('currency', 'other_currency');
    const step = { action, amountMinor: body.amountMinor, reason: body.reason ?? null, key };
    const before = await this.before(me, hold, step);
    if (before) return before;
    const account = await this.sites.openAccount(hold.gatewayAccountId);
    const limit = limitOf(hold, step, account.site);
    // Where the account takes no more than is held, nobody is asked about it: it is refused.
    if (!limit || (limit === 'above_hold' && !account.row.overCapture))
      return { operation: await this.carryOut(me, hold, step), approval: null };
    return { operation: null, approval: await this.ask(me, hold, step, limit) };
  }

  async release(me: Principal, id: string, body: Release, key: string): Promise<Acted> {
    const hold = await this.require(me, id);
    const step = { action: 'release' as const, amountMinor: 0, reason: body.reason ?? null, key };
    return { operation: await this.carryOut(me, hold, step), approval: null };
  }

  /** A row of a batch: the whole hold unless an amount is named. */
  async ofBatch(
    me: Principal,
    id: string,
    step: Pick<Step, 'amountMinor' | 'reason' | 'key' | 'begun'> & { action: 'checkout' | 'release' },
  ): Promise<void> {
    const hold = await this.require(me, id);
    await this.carryOut(me, hold, step);
  }

  /** A capture or a raise that a second person has approved. */
  async carryOutApproved(approval: ApprovalRow, maker: Principal): Promise<void> {
    const hold = await this.require(maker, approval.targetId);
    const step: Step = {
      action: approval.kind === 'reauthorization' ? 'reauthorization' : 'checkout',
      amountMinor: approval.amountMinor ?? 0,
      reason: approval.reason,
      key: `approval:${approval.id}`,
      approvalId: approval.id,
    };
    // It was approved for the hold as it stood; one that was changed since is another matter.
    const { heldMinor, perhapsMinor } = approval.data;
    if (heldMinor !== hold.leastMinor || perhapsMinor !== hold.mostMinor)
      throw new ProblemError('approval_differs');
    await this.carryOut(maker, hold, step);
  }

  async require(me: Principal, id: string): Promise<PreauthorizationRow> {
    const hold = await this.holds.find(id);
    if (!hold || !maySee(me.scope, hold.siteId)) throw new ProblemError('not_found');
    return hold;
  }

  private carryOut(me: Principal, hold: PreauthorizationRow, step: Step): Promise<TransactionRow> {
    const { action, amountMinor, reason, key, approvalId, begun } = step;
    return this.operations.run(me, {
      kind: action,
      targetId: hold.id,
      amountMinor: action === 'release' ? hold.mostMinor : amountMinor,
      currency: hold.currency,
      key,
      said: { reason },
      guard: async (manager, locked) => {
        await this.judge(manager, hold, step, locked);
        return { motive: reason };
      },
      begun: async (manager, operation) => {
        if (approvalId) await this.approvals.spend(manager, approvalId, asked(hold, step), operation.id);
        await begun?.(manager, operation);
      },
    });
  }

  /** Under the obligation's lock, where there is one: the hold as it stands now. */
  private async judge(
    manager: EntityManager,
    { id }: PreauthorizationRow,
    step: Step,
    locked: Locked | null,
  ): Promise<void> {
    const { action, amountMinor, approvalId } = step;
    const hold = await this.holds.find(id, manager);
    if (!hold || (locked && locked.target.kind !== 'checkin')) throw new ProblemError('hold_over');
    const { row: account, site } = await this.sites.openAccount(hold.gatewayAccountId, manager);
    const { state, expiresAt } = hold;
    const now = this.clock.now();
    const why = holdWhy(action, { state, expiresAt, country: site.country, live: false }, now);
    if (why === 'hold_over') {
      const ended = locked?.operations.find(
        ({ kind, state: how }) => how === 'approved' && (kind === 'checkout' || kind === 'release'),
      );
      throw new ProblemError('hold_over', {
        subject: { type: 'preauthorization', id },
        ...(ended ? { other: deedOf(ended) } : {}),
      });
    }
    if (why) throw fieldProblem('amountMinor', why);
    if (action === 'release') return;
    const amounts = { ...hold, overCapture: account.overCapture, increaseOnly: account.increaseOnly };
    const wrong = amountWhy(action, amountMinor, amounts);
    if (wrong) throw fieldProblem('amountMinor', wrong);
    // It was within the limit when it was asked for, and nobody has approved more.
    const limit = limitOf(hold, step, site);
    if (locked && limit && !approvalId) throw fieldProblem('amountMinor', limit);
  }

  /** Judged first as if it were carried out: nobody approves the impossible. One request of a hold waits at a time. */
  private ask(me: Principal, hold: PreauthorizationRow, step: Step, limit: StepLimit): Promise<ApprovalRow> {
    return this.database.transaction(async (manager) => {
      await claimKey(manager, me.id, step.key, requestOf(hold, step), this.clock.worker());
      const { target, operations } = await this.objects.lock(manager, hold.id);
      const live = operations.find(isLiveOperation);
      if (live) throw operationLive(live);
      await this.judge(manager, hold, step, null);
      if (!step.reason) throw fieldProblem('reason', 'required');
      const data = { limit, heldMinor: hold.leastMinor, perhapsMinor: hold.mostMinor };
      const wanted = { ...asked(hold, step), data, reference: target.gatewayReference };
      await this.approvals.requireNoOther(manager, wanted);
      const approval = await this.approvals.request(manager, me, wanted);
      await bindKey(manager, me.id, step.key, approval.id);
      return approval;
    });
  }

  /** What the same key came to before: an operation, or the second person that was asked. */
  private async before(me: Principal, hold: PreauthorizationRow, step: Step): Promise<Acted | null> {
    const known = await findKey(this.database.manager, me.id, step.key, requestOf(hold, step));
    const operation = known ? await this.operations.find(known) : null;
    if (operation?.state === 'started')
      throw new ProblemError('request_in_progress', { subject: { type: operation.kind, id: operation.id } });
    if (operation) return { operation, approval: null };
    const approval = known ? await this.approvals.find(known) : null;
    return approval && { operation: null, approval };
  }
}

/** What its key stands for; the same words as of the operation that may come of it. */
function requestOf({ id, currency }: PreauthorizationRow, { action, amountMinor, reason }: Step) {
  return { kind: action, paymentId: id, amountMinor, currency, reason };
}

type StepLimit = 'above_hold' | 'above_raise';

/** Which limit a step exceeds, as a message key; null: none. */
function limitOf(hold: PreauthorizationRow, { action, amountMinor }: Step, site: SiteRow): StepLimit | null {
  if (action === 'checkout') return amountMinor > hold.leastMinor ? 'above_hold' : null;
  const raised = action === 'reauthorization' && amountMinor > hold.leastMinor;
  return raised && amountMinor > raisedAlone(hold, site) ? 'above_raise' : null;
}

function asked(hold: PreauthorizationRow, { action, amountMinor, reason }: Step): Asked {
  return {
    kind: action === 'reauthorization' ? action : 'checkout',
    siteId: hold.siteId,
    gatewayAccountId: hold.gatewayAccountId,
    orderId: hold.orderId,
    targetType: 'transaction',
    targetId: hold.id,
    reference: null,
    amountMinor,
    currency: hold.currency,
    data: {},
    reason: reason ?? '',
  };
}
