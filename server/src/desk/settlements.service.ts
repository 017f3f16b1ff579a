import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Settle } from '@recaudo/shared';
import { DataSource } from 'typeorm';
import type { ApprovalRow } from '../approvals/approval.entity.js';
import { ApprovalsService, type Asked } from '../approvals/approvals.service.js';
import { fieldProblem, ProblemError } from '../platform/problem.js';
import { maySee, type Principal } from '../staff/access.js';
import { isUnstated } from '../transactions/external.rules.js';
import { MoneyObjectsService } from '../transactions/money-objects.service.js';
import { OperationsService } from '../transactions/operations.service.js';
import { refundableOf } from '../transactions/refund.rules.js';
import { TransactionRow } from '../transactions/transaction.entity.js';
import { requireFreeNumber } from './stated-number.js';

const OPEN: readonly TransactionRow['state'][] = ['unknown', 'pending'];

/**
 * What a person knows of an operation that nobody could find out: a statement line, the bank's answer to a letter, a
 * refund that was made in the gateway's console. It takes evidence, a reason and a second person.
 */
@Injectable()
export class SettlementsService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly operations: OperationsService,
    private readonly objects: MoneyObjectsService,
    private readonly approvals: ApprovalsService,
  ) {}

  /** Errors: not_found, not_unknown, validation by field. */
  async request(me: Principal, id: string, body: Settle): Promise<ApprovalRow> {
    const operation = await this.operations.find(id);
    if (!operation || !maySee(me.scope, operation.siteId)) throw new ProblemError('not_found');
    requireOpen(operation);
    await this.requirePossible(operation, body);
    return this.database.transaction(async (manager) => {
      await this.objects.lock(manager, id);
      await this.approvals.requireNoOther(manager, asked(operation, body));
      return this.approvals.request(manager, me, asked(operation, body));
    });
  }

  /** Carries out what a second person has approved: the outcome and the use of the approval in one commit. */
  async carryOutApproved(approval: ApprovalRow, maker: Principal): Promise<void> {
    const operation = await this.operations.find(approval.targetId);
    if (!operation) throw new ProblemError('not_found');
    const { evidence, state, internalReference } = approval.data as Pick<
      Settle,
      'evidence' | 'state' | 'internalReference'
    >;
    const body: Settle = {
      ...{ state, evidence, reason: approval.reason },
      ...(approval.amountMinor === null ? {} : { amountMinor: approval.amountMinor }),
      ...(internalReference ? { internalReference } : {}),
    };
    await this.database.transaction(async (manager) => {
      await requireFreeNumber(manager, operation.gatewayAccountId, internalReference);
      const said = {
        state,
        reason: 'settled_by_hand',
        message: evidence,
        grade: 'confirmed' as const,
        ...(state === 'approved' && body.amountMinor !== undefined ? { amountMinor: body.amountMinor } : {}),
        ...(internalReference ? { internalReference } : {}),
        actor: maker,
        deed: 'operation.settled',
        evidence: {
          evidence,
          reason: approval.reason,
          by: approval.requestedByName,
          approvedBy: approval.decidedByName,
        },
      };
      const settled = await this.operations.decide(manager, operation.id, said, requireOpen);
      await this.approvals.spend(manager, approval.id, asked(operation, body), settled.id);
    });
  }

  /** An amount where none is known yet, and never more than there was to give back or to take. */
  private async requirePossible(operation: TransactionRow, body: Settle): Promise<void> {
    const { state, amountMinor, internalReference } = body;
    if (internalReference !== undefined && (state === 'rejected' || operation.kind !== 'checkout'))
      throw fieldProblem('internalReference', 'only_of_a_capture');
    await requireFreeNumber(this.database.manager, operation.gatewayAccountId, internalReference);
    if (state === 'rejected') {
      if (amountMinor !== undefined) throw fieldProblem('amountMinor', 'not_of_a_rejected_one');
      return;
    }
    if (amountMinor === undefined) {
      if (isUnstated(operation)) throw fieldProblem('amountMinor', 'required');
      return;
    }
    if (operation.kind !== 'reverse') {
      // What was asked for is the most that can have been done.
      if (amountMinor > operation.askedMinor) throw fieldProblem('amountMinor', 'too_much');
      return;
    }
    const { manager } = this.database;
    const payment = await manager.findOneByOrFail(TransactionRow, { id: operation.parentId ?? '' });
    const siblings = await manager.findBy(TransactionRow, { parentId: payment.id });
    const others = siblings.filter(({ id }) => id !== operation.id);
    const { capturedMinor, returnedMinor } = refundableOf(payment, operation.askedCurrency, others);
    if (amountMinor > capturedMinor - returnedMinor) throw fieldProblem('amountMinor', 'not_refundable');
  }
}

function requireOpen(operation: TransactionRow): void {
  // A payment's own attempt is the payer's: the gateway can be asked about it.
  if (!operation.parentId || !OPEN.includes(operation.state)) throw new ProblemError('not_unknown');
}

function asked(
  operation: TransactionRow,
  { state, amountMinor, internalReference, evidence, reason }: Settle,
): Asked {
  return {
    kind: 'settle',
    siteId: operation.siteId,
    gatewayAccountId: operation.gatewayAccountId,
    orderId: operation.orderId,
    targetType: 'transaction',
    targetId: operation.id,
    reference: operation.gatewayReference,
    amountMinor: amountMinor ?? null,
    currency: operation.askedCurrency,
    data: {
      ...{ state, evidence, operation: operation.kind, askedMinor: operation.askedMinor },
      ...(internalReference ? { internalReference } : {}),
    },
    reason,
  };
}
