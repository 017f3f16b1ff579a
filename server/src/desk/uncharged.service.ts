import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Uncharged } from '@recaudo/shared';
import { DataSource } from 'typeorm';
import type { ApprovalRow } from '../approvals/approval.entity.js';
import { ApprovalsService, type Asked } from '../approvals/approvals.service.js';
import { ProblemError } from '../platform/problem.js';
import { FindingOutService } from '../sessions/finding-out.service.js';
import { SessionRow } from '../sessions/session.entity.js';
import { maySee, type Principal } from '../staff/access.js';

/** A charge that nobody could find out about was not made: stated with evidence, and approved by a second person. */
@Injectable()
export class UnchargedService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly findingOut: FindingOutService,
    private readonly approvals: ApprovalsService,
  ) {}

  /** Errors: not_found, charge_not_unknown, request_waiting. */
  async request(me: Principal, sessionId: string, body: Uncharged): Promise<ApprovalRow> {
    const known = await this.database.manager.findOneBy(SessionRow, { id: sessionId });
    if (!known || !maySee(me.scope, known.siteId)) throw new ProblemError('not_found');
    return this.database.transaction(async (manager) => {
      const wanted = asked(await this.findingOut.requireUnknown(manager, sessionId), body);
      await this.approvals.requireNoOther(manager, wanted);
      return this.approvals.request(manager, me, wanted);
    });
  }

  async carryOutApproved(approval: ApprovalRow, maker: Principal): Promise<void> {
    const { evidence } = approval.data as Pick<Uncharged, 'evidence'>;
    const { targetId, reason } = approval;
    const session = await this.database.manager.findOneByOrFail(SessionRow, { id: targetId });
    await this.database.transaction(async (manager) => {
      await this.findingOut.stateUncharged(manager, targetId, evidence, maker);
      await this.approvals.spend(manager, approval.id, asked(session, { evidence, reason }), null);
    });
  }
}

function asked(
  { id, siteId, gatewayAccountId, orderId, gatewayReference, amountMinor, currency }: SessionRow,
  { evidence, reason }: Uncharged,
): Asked {
  return {
    ...{ kind: 'settle', siteId, gatewayAccountId, orderId, targetType: 'session', targetId: id },
    ...{ reference: gatewayReference, amountMinor, currency, reason },
    data: { state: 'rejected', evidence, operation: 'collect', askedMinor: amountMinor },
  };
}
