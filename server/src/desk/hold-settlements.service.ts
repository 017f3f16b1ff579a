import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { SettleHold } from '@recaudo/shared';
import { DataSource, type EntityManager } from 'typeorm';
import type { ApprovalRow } from '../approvals/approval.entity.js';
import { ApprovalsService, type Asked } from '../approvals/approvals.service.js';
import { Clock } from '../platform/clock.js';
import { fieldProblem, ProblemError } from '../platform/problem.js';
import { HoldStepsService } from '../preauthorizations/hold-steps.service.js';
import type { PreauthorizationRow } from '../preauthorizations/preauthorization.entity.js';
import { endIsUnknown } from '../preauthorizations/preauthorization.rules.js';
import { PreauthorizationsService } from '../preauthorizations/preauthorizations.service.js';
import { SitesService } from '../sites/sites.service.js';
import type { Principal } from '../staff/access.js';
import { intentOf, operationLive } from '../transactions/intent.rules.js';
import { LedgerService } from '../transactions/ledger.service.js';
import { MoneyObjectsService, type Locked } from '../transactions/money-objects.service.js';
import { TransactionRow } from '../transactions/transaction.entity.js';
import { isLiveOperation } from '../transactions/transaction.states.js';
import { statedDay } from './stated-day.rules.js';
import { requireFreeNumber } from './stated-number.js';

/**
 * How a hold ended that the gateway calls closed, or that was only presumed released: captured or let go by somebody else.
 * It takes evidence, a reason and a second person, and becomes a row of its own.
 */
@Injectable()
export class HoldSettlementsService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly steps: HoldStepsService,
    private readonly holds: PreauthorizationsService,
    private readonly objects: MoneyObjectsService,
    private readonly approvals: ApprovalsService,
    private readonly ledger: LedgerService,
    private readonly sites: SitesService,
    private readonly clock: Clock,
  ) {}

  /** Errors: not_found, hold_not_unclear, operation_live, validation by field. */
  async request(me: Principal, id: string, body: SettleHold): Promise<ApprovalRow> {
    await this.steps.require(me, id);
    return this.database.transaction(async (manager) => {
      const { hold, locked } = await this.judge(manager, id, body);
      const wanted = asked(hold, locked.target, body);
      await this.approvals.requireNoOther(manager, wanted);
      return this.approvals.request(manager, me, wanted);
    });
  }

  /** The row that says it, its effects and the use of the approval in one commit. */
  async carryOutApproved(approval: ApprovalRow, maker: Principal): Promise<void> {
    const { evidence, ended, day, internalReference } = approval.data as Pick<
      SettleHold,
      'evidence' | 'ended' | 'day' | 'internalReference'
    >;
    const { amountMinor, reason } = approval;
    const body: SettleHold = {
      ...{ ended, evidence, reason },
      ...(amountMinor === null ? {} : { amountMinor }),
      ...(day ? { day } : {}),
      ...(internalReference ? { internalReference } : {}),
    };
    await this.database.transaction(async (manager) => {
      const { hold, locked, at } = await this.judge(manager, approval.targetId, body);
      const row = stated(maker, hold, locked.target, body, { at, now: this.clock.now() });
      await manager.insert(TransactionRow, row);
      await this.approvals.spend(manager, approval.id, asked(hold, locked.target, body), row.id);
      const said = {
        ...{ evidence, reason },
        ...{ by: approval.requestedByName, approvedBy: approval.decidedByName },
      };
      await this.ledger.remember(manager, row, 'person', said, 'operation.settled', maker);
      await this.ledger.enter(manager, { row, before: null, obligation: locked.obligation });
    });
  }

  /** Under the obligation's lock: the hold as it stands now, and whether what is said of it can be. */
  private async judge(
    manager: EntityManager,
    id: string,
    { ended, amountMinor, day, internalReference }: SettleHold,
  ): Promise<{ hold: PreauthorizationRow; locked: Locked; at: Date }> {
    const locked = await this.objects.lock(manager, id);
    const hold = await this.holds.find(id, manager);
    if (!hold || !endIsUnknown(hold.state)) throw new ProblemError('hold_not_unclear');
    const live = locked.operations.find(isLiveOperation);
    if (live) throw operationLive(live);
    if (ended === 'released') {
      if (amountMinor !== undefined) throw fieldProblem('amountMinor', 'not_of_a_released_one');
      if (day !== undefined) throw fieldProblem('day', 'not_of_a_released_one');
      if (internalReference !== undefined) throw fieldProblem('internalReference', 'only_of_a_capture');
      return { hold, locked, at: this.clock.now() };
    }
    if (amountMinor === undefined) throw fieldProblem('amountMinor', 'required');
    if (day === undefined) throw fieldProblem('day', 'required');
    await requireFreeNumber(manager, hold.gatewayAccountId, internalReference);
    const { row: account, site } = await this.sites.openAccount(hold.gatewayAccountId, manager);
    if (amountMinor > hold.mostMinor && !account.overCapture) throw fieldProblem('amountMinor', 'above_hold');
    return { hold, locked, at: statedDay(day, site.zone, hold.placedAt, this.clock.now()) };
  }
}

/** The capture or release that somebody else did, final from the first moment. */
function stated(
  maker: Principal,
  hold: PreauthorizationRow,
  checkin: TransactionRow,
  { ended, amountMinor, internalReference, evidence, reason }: SettleHold,
  { at, now }: { at: Date; now: Date },
): TransactionRow {
  const kind = ended === 'captured' ? 'checkout' : 'release';
  const wanted = { kind, amountMinor: amountMinor ?? hold.mostMinor, currency: hold.currency } as const;
  return {
    ...intentOf(maker, wanted, checkin, { motive: reason }, { now, leaseUntil: now, plannedAt: null }),
    ...{ state: 'approved', origin: 'person', grade: 'confirmed' },
    ...{ reason: 'settled_by_hand', message: evidence.slice(0, 500) },
    internalReference: internalReference ?? null,
    // What may be done to it, and how, depends on the day it was taken.
    ...{ leaseUntil: null, nextAskAt: null, sends: 0, happenedAt: at },
  };
}

function asked(
  hold: PreauthorizationRow,
  checkin: TransactionRow,
  { ended, amountMinor, day, internalReference, evidence, reason }: SettleHold,
): Asked {
  return {
    kind: 'settle',
    siteId: hold.siteId,
    gatewayAccountId: hold.gatewayAccountId,
    orderId: hold.orderId,
    targetType: 'transaction',
    targetId: hold.id,
    reference: checkin.gatewayReference,
    amountMinor: amountMinor ?? null,
    currency: hold.currency,
    data: {
      ...{ ended, evidence, operation: 'checkin' },
      ...(day ? { day } : {}),
      ...(internalReference ? { internalReference } : {}),
    },
    reason,
  };
}
