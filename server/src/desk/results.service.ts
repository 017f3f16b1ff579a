import { Injectable } from '@nestjs/common';
import type { ActResult } from '@recaudo/shared';
import { ApprovalReadingService } from '../approvals/approval-reading.service.js';
import type { Acted } from '../preauthorizations/hold-steps.service.js';
import type { Principal } from '../staff/access.js';
import type { TransactionRow } from '../transactions/transaction.entity.js';
import { TransactionReadingService } from './transaction-reading.service.js';

/** What came of an act, as whoever asked for it is told. */
@Injectable()
export class ResultsService {
  constructor(
    private readonly reading: TransactionReadingService,
    private readonly approvals: ApprovalReadingService,
  ) {}

  async of(me: Principal, { operation, approval }: Acted): Promise<ActResult> {
    if (approval)
      return {
        result: 'approval',
        transaction: null,
        approval: await this.approvals.view(me, approval.id),
        message: null,
      };
    return {
      result: resultOf(operation),
      transaction: await this.reading.item(me, operation.id),
      approval: null,
      message: operation.message,
    };
  }
}

function resultOf({ state, route }: TransactionRow): ActResult['result'] {
  if (route === 'letter' && state === 'pending') return 'letter';
  if (state === 'approved' || state === 'rejected' || state === 'pending' || state === 'waiting')
    return state;
  return 'unknown';
}
