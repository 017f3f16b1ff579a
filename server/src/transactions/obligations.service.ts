import { Injectable } from '@nestjs/common';
import type { Currency } from '@recaudo/shared';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from '../platform/clock.js';
import { remainderMinor } from './obligation.rules.js';
import { ObligationRow } from './transaction.entity.js';

/** What orders owe. Its row lock decides every race for an order's money; it is taken first, before any other. */
@Injectable()
export class ObligationsService {
  constructor(private readonly clock: Clock) {}

  async open(
    manager: EntityManager,
    siteId: string,
    due: { amountMinor: number; currency: Currency },
  ): Promise<ObligationRow> {
    const row: ObligationRow = {
      id: uuidv7(),
      siteId,
      currency: due.currency,
      dueMinor: due.amountMinor,
      reservedMinor: 0,
      heldMinor: 0,
      settledMinor: 0,
      returnedMinor: 0,
      createdAt: this.clock.now(),
    };
    await manager.insert(ObligationRow, row);
    return row;
  }

  async lock(manager: EntityManager, id: string): Promise<ObligationRow> {
    return manager.findOneOrFail(ObligationRow, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  /** What is owed may be corrected as long as no gateway was asked for it; the caller holds the lock and knows. */
  async correctDue(
    manager: EntityManager,
    obligation: ObligationRow,
    due: { amountMinor: number; currency: Currency },
  ): Promise<void> {
    if (obligation.settledMinor > 0) throw new Error(`obligation ${obligation.id} has settled money`);
    obligation.dueMinor = due.amountMinor;
    obligation.currency = due.currency;
    await manager.update(ObligationRow, obligation.id, { dueMinor: due.amountMinor, currency: due.currency });
  }

  /** More is owed than was, because people here have agreed on it; the caller holds the lock. */
  async raise(manager: EntityManager, obligation: ObligationRow, byMinor: number): Promise<void> {
    obligation.dueMinor += byMinor;
    await manager.update(ObligationRow, obligation.id, { dueMinor: obligation.dueMinor });
  }

  /** Settled, held and reserved never exceed due when somebody asks for more; the caller holds the lock. */
  async reserve(manager: EntityManager, obligation: ObligationRow, amountMinor: number): Promise<void> {
    if (amountMinor > remainderMinor(obligation) - obligation.reservedMinor) {
      throw new Error(`obligation ${obligation.id} cannot reserve ${amountMinor}`);
    }
    await this.setReserved(manager, obligation, obligation.reservedMinor + amountMinor);
  }

  /** What the order's live sessions may still bring in; 0 when there is none. The caller holds the lock. */
  async setReserved(manager: EntityManager, obligation: ObligationRow, reservedMinor: number): Promise<void> {
    if (obligation.reservedMinor === reservedMinor) return;
    obligation.reservedMinor = reservedMinor;
    await manager.update(ObligationRow, obligation.id, { reservedMinor });
  }

  async credit(manager: EntityManager, obligation: ObligationRow, amountMinor: number): Promise<void> {
    obligation.settledMinor += amountMinor;
    await manager.update(ObligationRow, obligation.id, { settledMinor: obligation.settledMinor });
  }

  /** Less than nothing is let go of. */
  async hold(manager: EntityManager, obligation: ObligationRow, byMinor: number): Promise<void> {
    if (byMinor === 0) return;
    obligation.heldMinor = Math.max(0, obligation.heldMinor + byMinor);
    await manager.update(ObligationRow, obligation.id, { heldMinor: obligation.heldMinor });
  }

  /** A refund or a chargeback; less than nothing is a chargeback that was won. */
  async giveBack(manager: EntityManager, obligation: ObligationRow, byMinor: number): Promise<void> {
    obligation.returnedMinor = Math.max(0, obligation.returnedMinor + byMinor);
    await manager.update(ObligationRow, obligation.id, { returnedMinor: obligation.returnedMinor });
  }
}
