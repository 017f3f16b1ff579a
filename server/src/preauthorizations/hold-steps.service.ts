import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { HoldStep, Release } from '@recaudo/shared';
import { DataSource, type EntityManager } from 'typeorm';
import type { ApprovalRow } from '../approvals/approval.entity.js';
import { ApprovalsService, type Asked } from '../approvals/approvals.service.js';
import { fieldProblem, ProblemError } from '../platform/problem.js';
import { SitesService } from '../sites/sites.service.js';
import { maySee, type Principal } from '../staff/access.js';
import type { Locked } from '../transactions/money-objects.service.js';
import { OperationsService, type Ask } from '../transactions/operations.service.js';
import type { TransactionRow } from '../transactions/transaction.entity.js';
import type { PreauthorizationRow } from './preauthorization.entity.js';
import { amountWhy, holdWhy, type HoldAction } from './preauthorization.rules.js';
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
    private readonly approvals: ApprovalsService,
    private readonly sites: SitesService,
  ) {}

  /**
   * Captures or changes a hold. More than is held needs a second person, where the account allows it at all. Errors:
   * not_found, hold_over, operation_live, validation by field.
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
    const above = action === 'checkout' && body.amountMinor > hold.leastMinor;
    const { row: account } = await this.sites.openAccount(hold.gatewayAccountId);
    if (!above || !account.overCapture)
      return { operation: await this.carryOut(me, hold, step), approval: null };
    await this.database.transaction((manager) => this.judge(manager, hold, step, null));
    return { operation: null, approval: await this.ask(me, hold, step) };
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

  /** A capture above the hold that a second person has approved. */
  async carryOutApproved(approval: ApprovalRow, maker: Principal): Promise<void> {
    const hold = await this.require(maker, approval.targetId);
    const step: Step = {
      action: 'checkout',
      amountMinor: approval.amountMinor ?? 0,
      reason: approval.reason,
      key: `approval:${approval.id}`,
      approvalId: approval.id,
    };
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
      guard: async (manager, locked) => {
        await this.judge(manager, hold, step, locked);
        return { motive: reason };
      },
      begun: async (manager, operation) => {
        if (approvalId)
          await this.approvals.spend(manager, approvalId, asked(hold, amountMinor, reason), operation.id);
        await begun?.(manager, operation);
      },
    });
  }

  /** Under the obligation's lock, where there is one: the hold as it stands now. */
  private async judge(
    manager: EntityManager,
    { id }: PreauthorizationRow,
    { action, amountMinor, approvalId }: Step,
    locked: Locked | null,
  ): Promise<void> {
    const hold = await this.holds.find(id, manager);
    if (!hold || (locked && locked.target.kind !== 'checkin')) throw new ProblemError('hold_over');
    const { row: account, site } = await this.sites.openAccount(hold.gatewayAccountId, manager);
    const { state } = hold;
    const why = holdWhy(action, { state, country: site.country, live: false });
    if (why === 'hold_over')
      throw new ProblemError('hold_over', { subject: { type: 'preauthorization', id } });
    if (why) throw fieldProblem('amountMinor', why);
    if (action === 'release') return;
    const above = amountMinor > hold.leastMinor;
    const amounts = { ...hold, overCapture: account.overCapture, increaseOnly: account.increaseOnly };
    const wrong = amountWhy(action, amountMinor, amounts);
    if (wrong) throw fieldProblem('amountMinor', wrong);
    // It was within the hold when it was asked for, and nobody has approved more.
    if (locked && action === 'checkout' && above && !approvalId)
      throw fieldProblem('amountMinor', 'above_hold');
  }

  private ask(me: Principal, hold: PreauthorizationRow, step: Step): Promise<ApprovalRow> {
    return this.database.transaction((manager) =>
      this.approvals.request(manager, me, asked(hold, step.amountMinor, step.reason)),
    );
  }
}

function asked(hold: PreauthorizationRow, amountMinor: number, reason: string | null): Asked {
  return {
    kind: 'checkout',
    siteId: hold.siteId,
    gatewayAccountId: hold.gatewayAccountId,
    orderId: hold.orderId,
    targetType: 'transaction',
    targetId: hold.id,
    reference: null,
    amountMinor,
    currency: hold.currency,
    data: { why: 'above_hold' },
    reason: reason ?? '',
  };
}
