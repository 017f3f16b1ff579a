import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Reverse, ReversePreview } from '@recaudo/shared';
import { DataSource, type EntityManager } from 'typeorm';
import type { ApprovalRow } from '../approvals/approval.entity.js';
import { ApprovalsService } from '../approvals/approvals.service.js';
import type { Asked } from '../approvals/approval.rules.js';
import { BatchesService } from '../batches/batches.service.js';
import { Clock } from '../platform/clock.js';
import { bindKey, claimKey, findKey } from '../platform/idempotency.js';
import { ProblemError } from '../platform/problem.js';
import type { Acted } from '../preauthorizations/hold-steps.service.js';
import type { Principal } from '../staff/access.js';
import { deedOf } from '../transactions/intent.rules.js';
import { MoneyObjectsService, type Locked } from '../transactions/money-objects.service.js';
import { OperationsService, type Ask } from '../transactions/operations.service.js';
import { ResolvingService } from '../transactions/resolving.service.js';
import { TransactionRow } from '../transactions/transaction.entity.js';
import { isLiveOperation } from '../transactions/transaction.states.js';
import { workingDaysLater } from './business-days.rules.js';
import { checkRefund, equalRefund, refundRoute } from './refund-check.rules.js';
import { RefundFactsService } from './refund-facts.service.js';
import { RefundLimitsService } from './refund-limits.service.js';

/** House rule: a bank answers a letter within fifteen working days. */
const LETTER_DAYS = 15;
const LOOK_AGAIN_MS = 10 * 60_000;

interface Wanted {
  amountMinor: number;
  reason: string;
  again: boolean;
  key: string;
  /** A second person has approved exactly this, alone or in a batch: limits are not judged, now or when it wakes. */
  approvalId: string | null;
  /** Of a batch the approval covers all rows, and is used up as a whole. */
  spends: boolean;
  begun?: Ask['begun'];
}

/** "Give 40 000 back": chooses how, asks a second person where it must, and never gives back more than was taken. */
@Injectable()
export class RefundsService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly operations: OperationsService,
    private readonly objects: MoneyObjectsService,
    private readonly resolving: ResolvingService,
    private readonly approvals: ApprovalsService,
    private readonly limits: RefundLimitsService,
    private readonly facts: RefundFactsService,
    private readonly batches: BatchesService,
    private readonly clock: Clock,
  ) {}

  /** What asking for it would do now; nothing is written. */
  async preview(me: Principal, paymentId: string, amountMinor: number | null): Promise<ReversePreview> {
    const facts = await this.facts.of(await this.facts.require(me, paymentId));
    const { refundable, operations, account } = facts;
    const wanted = amountMinor ?? (refundable.refundableMinor || refundable.capturedMinor);
    const { route, why, plannedAt, reverseUntil } = refundRoute(facts, wanted, this.clock.now());
    // A shop is told nothing of the people of the house.
    const nameOf = ({ askedByName }: TransactionRow) => (me.type === 'key' ? '' : (askedByName ?? ''));
    const live = operations.find(isLiveOperation);
    const again = equalRefund(operations, wanted, this.clock.now());
    return {
      refundable,
      amountMinor: wanted,
      route,
      why,
      country: account.site.country,
      plannedAt: plannedAt?.toISOString() ?? null,
      reverseUntil: reverseUntil.toISOString(),
      needsApproval: await this.limits.exceeded(me, facts, wanted),
      again: again && {
        transactionId: again.id,
        name: nameOf(again),
        at: again.createdAt.toISOString(),
      },
      live: live
        ? {
            transactionId: live.id,
            kind: live.kind,
            name: nameOf(live),
            at: live.createdAt.toISOString(),
          }
        : null,
      inBatch: await this.batches.awaits(paymentId),
    };
  }

  /**
   * Errors: not_found, not_refundable, refund_impossible, again_needed and operation_live naming whose deed it is,
   * gateway_unreachable when the payment could not be read again: nothing was sent then.
   */
  async reverse(me: Principal, paymentId: string, body: Reverse, key: string): Promise<Acted> {
    const payment = await this.facts.require(me, paymentId);
    if (body.currency !== (payment.fromCurrency ?? payment.askedCurrency))
      throw new ProblemError('validation', { errors: { currency: ['other_currency'] } });
    const { amountMinor, reason, again } = body;
    const wanted = { amountMinor, reason, again, key, approvalId: null, spends: false };
    const before = await this.before(me, payment, wanted);
    if (before) return before;
    await this.lookAgain(payment);
    const approval = await this.askIfNeeded(me, payment, wanted);
    return approval
      ? { operation: null, approval }
      : { operation: await this.carryOut(me, payment, wanted), approval: null };
  }

  async carryOutApproved(approval: ApprovalRow, maker: Principal): Promise<void> {
    const payment = await this.facts.require(maker, approval.targetId);
    await this.lookAgain(payment);
    await this.carryOut(maker, payment, {
      amountMinor: approval.amountMinor ?? 0,
      reason: approval.reason,
      again: approval.data.again === true,
      key: `approval:${approval.id}`,
      approvalId: approval.id,
      spends: true,
    });
  }

  /** A row of a batch. */
  async ofBatch(
    maker: Principal,
    paymentId: string,
    row: Pick<Wanted, 'amountMinor' | 'reason' | 'key' | 'approvalId' | 'begun'>,
  ): Promise<void> {
    const payment = await this.facts.require(maker, paymentId);
    await this.lookAgain(payment);
    await this.carryOut(maker, payment, { ...row, again: false, spends: false });
  }

  /** The hour of a planned refund has come: everything is judged once more before it is sent. */
  async wake(operation: TransactionRow): Promise<void> {
    const payment = await this.operations.find(operation.parentId ?? '');
    if (!payment) return;
    if (!(await this.resolving.look(payment))) return this.putOff(operation, LOOK_AGAIN_MS);
    try {
      await this.operations.wake(operation, async (manager, { target, operations }) => {
        const facts = await this.facts.ofLocked(manager, target, operations);
        const { route, plannedAt } = checkRefund(facts, operation.askedMinor, true, this.clock.now());
        if (route === 'wait' && plannedAt) throw new NotYet(plannedAt);
        if (!operation.approvalId) await this.limits.requireWithin(manager, operation, facts);
        return { route, whole: route === 'reverse', flagBefore: flagOf(target) };
      });
    } catch (error) {
      if (error instanceof NotYet)
        return this.putOff(operation, error.until.getTime() - this.clock.now().getTime());
      if (!(error instanceof ProblemError)) throw error;
      await this.limits.block(operation, error.code);
    }
  }

  private carryOut(me: Principal, payment: TransactionRow, wanted: Wanted): Promise<TransactionRow> {
    const { amountMinor, reason, again, key, approvalId, spends, begun } = wanted;
    return this.operations.run(me, {
      kind: 'reverse',
      targetId: payment.id,
      amountMinor,
      currency: payment.fromCurrency ?? payment.askedCurrency,
      key,
      said: { reason, again },
      guard: async (manager, locked) => ({
        ...(await this.guard(manager, me, locked, wanted)),
        motive: reason,
        approvalId,
      }),
      begun: async (manager, operation) => {
        if (approvalId && spends)
          await this.approvals.spend(manager, approvalId, asked(payment, wanted, null), operation.id, {
            state: operation.state,
            route: operation.route,
          });
        await begun?.(manager, operation);
      },
    });
  }

  private async guard(manager: EntityManager, me: Principal, locked: Locked, wanted: Wanted) {
    const { target, operations } = locked;
    const facts = await this.facts.ofLocked(manager, target, operations);
    const now = this.clock.now();
    const { route, plannedAt } = checkRefund(facts, wanted.amountMinor, wanted.again, now);
    if (!wanted.approvalId) await this.limits.requireWithinFor(manager, me, facts, wanted.amountMinor);
    return {
      route,
      whole: route === 'reverse',
      flagBefore: flagOf(target),
      plannedAt: route === 'letter' ? workingDaysLater(now, LETTER_DAYS, facts.account.site) : plannedAt,
    };
  }

  /** Null when nobody needs to approve it. Judged first as if it were carried out: nobody approves the impossible. */
  private async askIfNeeded(
    me: Principal,
    payment: TransactionRow,
    wanted: Wanted,
  ): Promise<ApprovalRow | null> {
    const { amountMinor } = wanted;
    const exceeded = await this.limits.exceeded(me, await this.facts.of(payment), amountMinor);
    if (exceeded === null) return null;
    return this.database.transaction(async (inner) => {
      await claimKey(inner, me.id, wanted.key, requestOf(payment, wanted), this.clock.worker());
      const locked = await this.objects.lock(inner, payment.id);
      const live = locked.operations.find(isLiveOperation);
      if (live) throw new ProblemError('operation_live', { other: deedOf(live) });
      const facts = await this.facts.ofLocked(inner, locked.target, locked.operations);
      checkRefund(facts, amountMinor, wanted.again, this.clock.now());
      const approval = await this.approvals.request(inner, me, asked(payment, wanted, exceeded));
      await bindKey(inner, me.id, wanted.key, approval.id);
      return approval;
    });
  }

  /** What the same key came to before: an operation, or the second person that was asked. */
  private async before(me: Principal, payment: TransactionRow, wanted: Wanted): Promise<Acted | null> {
    const known = await findKey(this.database.manager, me.id, wanted.key, requestOf(payment, wanted));
    const operation = known ? await this.operations.find(known) : null;
    if (operation?.state === 'started')
      throw new ProblemError('request_in_progress', { subject: { type: 'reverse', id: operation.id } });
    if (operation) return { operation, approval: null };
    const approval = known ? await this.approvals.find(known) : null;
    return approval && { operation: null, approval };
  }

  /** Approved payments are read again before every money action: what somebody did elsewhere is seen first. */
  private async lookAgain(payment: TransactionRow): Promise<void> {
    if (!(await this.resolving.look(payment)))
      throw new ProblemError('gateway_unreachable', { detail: 'nothing was sent' });
  }

  private async putOff(operation: TransactionRow, byMs: number): Promise<void> {
    const nextAskAt = new Date(this.clock.worker().getTime() + byMs);
    await this.database.manager.update(TransactionRow, { id: operation.id, state: 'waiting' }, { nextAskAt });
  }
}

/** Woken too early: settings have changed since it was planned. */
class NotYet extends Error {
  constructor(readonly until: Date) {
    super('not yet');
  }
}

/** The flag of a capture is not shown where its session is asked about: nothing can be inferred from it. */
function flagOf({ kind, refunded }: TransactionRow): boolean | null {
  return kind === 'payment' ? refunded : null;
}

/** What its key stands for; the same words as of the operation that may come of it. */
function requestOf(payment: TransactionRow, { amountMinor, reason, again }: Wanted) {
  const currency = payment.fromCurrency ?? payment.askedCurrency;
  return { kind: 'reverse', paymentId: payment.id, amountMinor, currency, reason, again };
}

function asked(payment: TransactionRow, wanted: Wanted, exceeded: string | null): Asked {
  return {
    kind: 'reverse',
    siteId: payment.siteId,
    gatewayAccountId: payment.gatewayAccountId,
    orderId: payment.orderId,
    targetType: 'transaction',
    targetId: payment.id,
    reference: payment.gatewayReference,
    amountMinor: wanted.amountMinor,
    currency: payment.fromCurrency ?? payment.askedCurrency,
    data: { limit: exceeded, again: wanted.again },
    reason: wanted.reason,
  };
}
