import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/clock.js';
import { externalOf } from './external.rules.js';
import { LedgerService } from './ledger.service.js';
import { refundableOf } from './refund.rules.js';
import { TransactionRow, type ObligationRow } from './transaction.entity.js';

/** What was done in the gateway's own console, seen by its traces. */
@Injectable()
export class ExternalsService {
  constructor(
    private readonly ledger: LedgerService,
    private readonly clock: Clock,
  ) {}

  /**
   * The gateway shows money as given back. If nothing of ours explains it, somebody did it in the gateway's own console:
   * how much is unknown, and nothing more is refunded until a person states it.
   */
  async explain(manager: EntityManager, paymentId: string, obligation: ObligationRow | null): Promise<void> {
    const payment = await manager.findOneByOrFail(TransactionRow, { id: paymentId });
    // The whole of a dispersion is explained by its parts.
    if (!payment.refunded || payment.kind === 'dispersion') return;
    const operations = await manager.findBy(TransactionRow, { parentId: paymentId });
    if (payment.kind === 'checkin') return this.explainHold(manager, payment, operations, obligation);
    const ours = operations.filter(({ kind, state }) => kind === 'reverse' && state !== 'rejected');
    if (ours.some(({ state }) => state !== 'waiting')) return;
    for (const row of ours) await this.giveWay(manager, row, obligation);
    const { refundableMinor } = refundableOf(payment, payment.askedCurrency, operations);
    const row = externalOf(payment, 'reverse', refundableMinor, this.clock.now());
    await this.enterExternal(manager, row, obligation);
    await this.ledger.review(manager, row, obligation, 'external_refund');
  }

  /** A hold that is shown as given back was let go of; once it was captured, the flag is about the capture. */
  private async explainHold(
    manager: EntityManager,
    checkin: TransactionRow,
    operations: TransactionRow[],
    obligation: ObligationRow | null,
  ): Promise<void> {
    const done = (kind: TransactionRow['kind']) =>
      operations.find((each) => each.kind === kind && each.state === 'approved');
    const capture = done('checkout');
    if (capture && !capture.refunded) {
      await manager.update(TransactionRow, capture.id, { refunded: true });
      return this.explain(manager, capture.id, obligation);
    }
    if (capture || done('release')) return;
    const heldMinor = checkin.fromMinor ?? checkin.askedMinor;
    await this.enterExternal(
      manager,
      externalOf(checkin, 'release', heldMinor, this.clock.now()),
      obligation,
    );
  }

  private async enterExternal(
    manager: EntityManager,
    row: TransactionRow,
    obligation: ObligationRow | null,
  ): Promise<void> {
    await manager.insert(TransactionRow, row);
    await this.ledger.remember(manager, row, 'probe', null, 'operation.external');
    await this.ledger.enter(manager, { row, before: null, obligation });
  }

  /** A refund that still waited for its hour makes room for one that was made elsewhere. */
  private async giveWay(
    manager: EntityManager,
    row: TransactionRow,
    obligation: ObligationRow | null,
  ): Promise<void> {
    const said = { state: 'rejected' as const, reason: 'overtaken', message: 'refunded elsewhere' };
    await manager.update(TransactionRow, row.id, { ...said, nextAskAt: null });
    await this.ledger.remember(manager, { ...row, ...said }, 'probe', null, 'operation.rejected');
    const why = said.reason;
    await this.ledger.review(manager, row, obligation, 'refund_blocked', `transaction:${row.id}`, { why });
  }
}
