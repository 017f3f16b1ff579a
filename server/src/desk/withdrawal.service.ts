import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { ProblemError } from '../platform/problem.js';
import { maySee, type Principal } from '../staff/access.js';
import { OperationsService } from '../transactions/operations.service.js';
import type { TransactionRow } from '../transactions/transaction.entity.js';

@Injectable()
export class WithdrawalService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly operations: OperationsService,
  ) {}

  /** A refund that waits for its hour is not sent. Errors: not_found, not_waiting. */
  async withdraw(me: Principal, id: string, reason: string): Promise<TransactionRow> {
    const known = await this.operations.find(id);
    if (!known || !maySee(me.scope, known.siteId)) throw new ProblemError('not_found');
    const said = {
      ...{ state: 'rejected' as const, reason: 'withdrawn', message: reason },
      ...{ actor: me, deed: 'operation.withdrawn', evidence: null },
    };
    return this.database.transaction((manager) =>
      this.operations.decide(manager, id, said, ({ state }) => {
        if (state !== 'waiting') throw new ProblemError('not_waiting');
      }),
    );
  }
}
