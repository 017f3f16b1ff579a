import { Injectable } from '@nestjs/common';
import { MoreThanOrEqual, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { ApprovalsService } from '../approvals/approvals.service.js';
import type { JsonValue } from '../audit/audit.entity.js';
import { AuditService, GATEWAY, SYSTEM, type Actor } from '../audit/audit.service.js';
import { Clock } from '../platform/clock.js';
import { ReviewsService, type NewReview } from '../reviews/reviews.service.js';
import { ObligationsService } from './obligations.service.js';
import { refundableOf } from './refund.rules.js';
import { OutcomeRow, TransactionRow, type ObligationRow } from './transaction.entity.js';
import type { Source } from './transaction.states.js';

/** A row as an answer has just left it, under the obligation's lock. */
export interface Entered {
  row: TransactionRow;
  before: TransactionRow['state'] | null;
  obligation: ObligationRow | null;
}

type Listener = (manager: EntityManager, entered: Entered) => Promise<void>;

/** What an approved row does to the order it belongs to; and whoever else must know is told in the same commit. */
@Injectable()
export class LedgerService {
  private readonly listeners: Listener[] = [];

  constructor(
    private readonly obligations: ObligationsService,
    private readonly approvals: ApprovalsService,
    private readonly audit: AuditService,
    private readonly reviews: ReviewsService,
    private readonly clock: Clock,
  ) {}

  /** Pure changes of state and due times: a listener never calls anybody. */
  onEntered(listener: Listener): void {
    this.listeners.push(listener);
  }

  async enter(manager: EntityManager, entered: Entered): Promise<void> {
    const { row, before } = entered;
    if (row.state === 'approved' && before !== 'approved') await this.take(manager, entered);
    // One that was on its way counted as given back.
    if (row.state === 'rejected' && row.kind === 'reverse') await this.tellOfDouble(manager, entered);
    for (const listener of this.listeners) await listener(manager, entered);
  }

  /** Money taken, held or given back, as the gateway states it; and said aloud when it is not what was asked. */
  private async take(manager: EntityManager, { row, obligation }: Entered): Promise<void> {
    const { fromMinor, fromCurrency, askedMinor, askedCurrency } = row;
    const amountMinor = fromMinor ?? askedMinor;
    const currency = fromCurrency ?? askedCurrency;
    const { kind } = row;
    // A release has no amount of its own, a confirmation that of its payment, a refund made elsewhere whatever is stated.
    const asAsked =
      ['release', 'confirm', 'cancel'].includes(kind) || (kind === 'reverse' && row.origin === 'gateway');
    const differs = amountMinor !== askedMinor || currency !== askedCurrency;
    const foreign = obligation !== null && currency !== obligation.currency;
    // What two people have stated is nobody's discrepancy: they have looked already.
    const stated = row.reason === 'settled_by_hand';
    if (!asAsked && ((differs && !stated) || foreign)) await this.differs(manager, row, obligation);
    if (!obligation || foreign) return;
    if (row.kind === 'payment' || row.kind === 'checkout')
      await this.credit(manager, row, obligation, amountMinor);
    if (row.kind === 'reverse' || row.kind === 'chargeback')
      await this.giveBack(manager, row, obligation, amountMinor);
    if (row.kind === 'chargeback_reversal') {
      await this.obligations.giveBack(manager, obligation, -amountMinor);
      await this.tellOfDouble(manager, { row, obligation });
    }
    if (row.kind === 'reverse')
      await manager.update(TransactionRow, { id: row.parentId ?? '' }, { refunded: true });
  }

  /** What was asked for, and beside it what the gateway says. */
  private async differs(
    manager: EntityManager,
    row: TransactionRow,
    obligation: ObligationRow | null,
  ): Promise<void> {
    const { askedMinor, askedCurrency } = row;
    const said = {
      amountMinor: row.fromMinor ?? askedMinor,
      currency: row.fromCurrency ?? askedCurrency,
    };
    const asked = { ...row, fromMinor: askedMinor, fromCurrency: askedCurrency };
    await this.review(manager, asked, obligation, 'amount_differs', `transaction:${row.id}`, said);
  }

  private async giveBack(
    manager: EntityManager,
    row: TransactionRow,
    obligation: ObligationRow,
    amountMinor: number,
  ): Promise<void> {
    const { siteId, orderId } = row;
    const { dueMinor, settledMinor } = obligation;
    await this.obligations.giveBack(manager, obligation, amountMinor);
    // What was paid twice was given back once: nobody needs to look any more.
    if (settledMinor > dueMinor && settledMinor - obligation.returnedMinor <= dueMinor)
      await this.reviews.close(manager, siteId, 'overpaid', `order:${orderId}`);
    await this.tellOfDouble(manager, { row, obligation });
  }

  /** What was refunded and claimed back as well goes out twice: the acquirer takes a dispute only for some days. */
  private async tellOfDouble(
    manager: EntityManager,
    { row, obligation }: Pick<Entered, 'row' | 'obligation'>,
  ): Promise<void> {
    const parentId = row.parentId ?? '';
    if (!(await manager.existsBy(TransactionRow, { parentId, kind: 'chargeback' }))) return;
    const payment = await manager.findOneByOrFail(TransactionRow, { id: parentId });
    const operations = await manager.findBy(TransactionRow, { parentId });
    const sums = refundableOf(payment, payment.askedCurrency, operations);
    const fromMinor = sums.returnedMinor + sums.inFlightMinor + sums.chargedBackMinor - sums.capturedMinor;
    const subject = `transaction:${parentId}`;
    const { siteId } = row;
    if (fromMinor <= 0) return this.reviews.close(manager, siteId, 'returned_twice', subject);
    await this.reviews.amend(manager, { siteId, kind: 'returned_twice', subject, amountMinor: fromMinor });
    // Somebody has seen it already where it only became less.
    if (row.state === 'approved' && row.kind !== 'chargeback_reversal')
      await this.review(manager, { ...row, fromMinor }, obligation, 'returned_twice', subject);
  }

  private async credit(
    manager: EntityManager,
    row: TransactionRow,
    obligation: ObligationRow,
    amountMinor: number,
  ): Promise<void> {
    await this.obligations.credit(manager, obligation, amountMinor);
    await this.oweAllowed(manager, row, obligation, amountMinor);
    const { dueMinor, settledMinor, returnedMinor, currency } = obligation;
    if (settledMinor - returnedMinor <= dueMinor) return;
    const fromMinor = settledMinor - returnedMinor - dueMinor;
    await this.review(manager, { ...row, fromMinor }, obligation, 'overpaid', `order:${row.orderId}`);
    const order = { type: 'order', id: row.orderId ?? '' };
    await this.record(manager, row, 'order.overpaid', { dueMinor, settledMinor, currency }, GATEWAY, order);
  }

  /** What people had held beyond the order, or let be captured above the hold, is owed too: nobody took it by mistake. */
  private async oweAllowed(
    manager: EntityManager,
    row: TransactionRow,
    obligation: ObligationRow,
    amountMinor: number,
  ): Promise<void> {
    const { id, kind, parentId, orderId, askedMinor } = row;
    const { dueMinor, settledMinor, returnedMinor } = obligation;
    const overMinor = settledMinor - returnedMinor - dueMinor;
    if (kind !== 'checkout' || parentId === null || overMinor <= 0) return;
    const hold = await manager.findOneByOrFail(TransactionRow, { id: parentId });
    // Not what the gateway took beyond what was asked.
    const above = Math.min(amountMinor, askedMinor) - (hold.fromMinor ?? hold.askedMinor);
    const byMinor = Math.min(above, overMinor);
    if (byMinor <= 0) return;
    const raised = { parentId, kind: 'reauthorization' as const, state: 'approved' as const };
    const enough = MoreThanOrEqual(askedMinor);
    const granted = [
      { ...raised, askedMinor: enough },
      { ...raised, fromMinor: enough },
    ];
    const wanted =
      (await manager.existsBy(TransactionRow, granted)) ||
      (await this.approvals.allowed(manager, 'checkout', parentId, id));
    if (!wanted) return;
    await this.obligations.raise(manager, obligation, byMinor);
    const order = { type: 'order', id: orderId ?? '' };
    const data = { byMinor, dueMinor: obligation.dueMinor, currency: obligation.currency };
    await this.record(manager, row, 'order.due_raised', data, SYSTEM, order);
  }

  async review(
    manager: EntityManager,
    row: TransactionRow,
    obligation: ObligationRow | null,
    kind: NewReview['kind'],
    subject = `transaction:${row.id}`,
    data: Record<string, JsonValue> = {},
  ): Promise<void> {
    const { siteId, orderId, sessionId, gatewayReference: reference } = row;
    await this.reviews.open(manager, {
      ...{ kind, siteId, subject, orderId, sessionId, reference },
      amountMinor: row.fromMinor ?? row.askedMinor,
      currency: row.fromCurrency ?? row.askedCurrency,
      data: {
        ...(obligation ? { dueMinor: obligation.dueMinor, settledMinor: obligation.settledMinor } : {}),
        transactionId: row.id,
        operation: row.kind,
        reason: row.reason,
        ...data,
      },
    });
  }

  /** It is known now: nobody needs to look any more. */
  async closeReviews(manager: EntityManager, { siteId, id }: TransactionRow): Promise<void> {
    for (const kind of ['operation_unknown', 'external_refund', 'letter_follow_up'] as const)
      await this.reviews.close(manager, siteId, kind, `transaction:${id}`);
  }

  /** One answer, for ever, and the deed it was. */
  async remember(
    manager: EntityManager,
    row: TransactionRow,
    source: Source,
    evidence: JsonValue,
    deed: string,
    actor?: Actor,
  ): Promise<void> {
    const { siteId, id: transactionId, state, reason } = row;
    const at = this.clock.now();
    await manager.insert(OutcomeRow, {
      ...{ id: uuidv7(), siteId, transactionId, state, reason, source, at },
      evidence: evidence as object | null,
    });
    const data = {
      kind: row.kind,
      reason,
      message: row.message,
      amountMinor: row.fromMinor ?? row.askedMinor,
      currency: row.fromCurrency ?? row.askedCurrency,
      method: row.methodName,
      lastFour: row.lastFour,
      source,
    };
    await this.record(manager, row, deed, data, actor);
  }

  async record(
    manager: EntityManager,
    { siteId, orderId, id }: TransactionRow,
    kind: string,
    data: Record<string, JsonValue>,
    actor: Actor = GATEWAY,
    subject = { type: 'transaction', id },
  ): Promise<void> {
    await this.audit.record(manager, { kind, actor, siteId, subject, data, ...(orderId ? { orderId } : {}) });
  }
}
