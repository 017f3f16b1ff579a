import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ProblemError } from '../platform/problem.js';
import { ObligationsService } from './obligations.service.js';
import { TransactionRow, type ObligationRow } from './transaction.entity.js';

/** Of one payment or hold; beyond it nothing more is done to it. */
const MAX_OPERATIONS = 200;

/** A money object as it stands under its locks, with everything that was ever done to it. */
export interface Locked {
  target: TransactionRow;
  obligation: ObligationRow | null;
  operations: TransactionRow[];
}

/** Payments and holds: what operations act on, one at a time. */
@Injectable()
export class MoneyObjectsService {
  constructor(private readonly obligations: ObligationsService) {}

  /** A money object under its locks: obligation first, then the row; the order that every money transaction keeps to. */
  async lock(manager: EntityManager, id: string): Promise<Locked> {
    const known = await manager.findOneBy(TransactionRow, { id });
    if (!known) throw new ProblemError('not_found');
    const obligation = known.obligationId ? await this.obligations.lock(manager, known.obligationId) : null;
    const target = await manager.findOneOrFail(TransactionRow, {
      where: { id },
      lock: { mode: 'pessimistic_write' },
    });
    const operations = await manager.find(TransactionRow, {
      where: { parentId: id },
      order: { createdAt: 'DESC', id: 'DESC' },
      take: MAX_OPERATIONS,
    });
    return { target, obligation, operations };
  }
}
