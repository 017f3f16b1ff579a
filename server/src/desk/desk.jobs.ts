import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ApprovalsService } from '../approvals/approvals.service.js';
import { BatchesService } from '../batches/batches.service.js';
import { ResolvingService } from '../transactions/resolving.service.js';
import { BatchHandlersService } from './batch-handlers.service.js';
import { HoldSettlementsService } from './hold-settlements.service.js';
import { RefundsService } from './refunds.service.js';
import { SettlementsService } from './settlements.service.js';
import { UnchargedService } from './uncharged.service.js';

/** Lends what this room does to those who do it later: at its hour, once approved, many at once. */
@Injectable()
export class DeskJobs implements OnModuleInit {
  constructor(
    private readonly resolving: ResolvingService,
    private readonly approvals: ApprovalsService,
    private readonly batches: BatchesService,
    private readonly refunds: RefundsService,
    private readonly settlements: SettlementsService,
    private readonly holdSettlements: HoldSettlementsService,
    private readonly uncharged: UnchargedService,
    private readonly handlers: BatchHandlersService,
  ) {}

  onModuleInit(): void {
    this.resolving.wakeBy((operation) => this.refunds.wake(operation));
    this.approvals.carryOut('reverse', (approval, maker) => this.refunds.carryOutApproved(approval, maker));
    this.approvals.carryOut('settle', (approval, maker) => {
      if (approval.targetType === 'session') return this.uncharged.carryOutApproved(approval, maker);
      return approval.data.ended === undefined
        ? this.settlements.carryOutApproved(approval, maker)
        : this.holdSettlements.carryOutApproved(approval, maker);
    });
    this.batches.carryOut('reverse', this.handlers.reverse());
    this.batches.carryOut('checkout', this.handlers.ofHolds('checkout'));
    this.batches.carryOut('release', this.handlers.ofHolds('release'));
  }
}
