import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { TransactionKind } from '@recaudo/shared';
import { DataSource, type EntityManager } from 'typeorm';
import { ApprovalsService } from '../approvals/approvals.service.js';
import type { JsonValue } from '../audit/audit.entity.js';
import { AuditService, GATEWAY, SYSTEM, type Actor } from '../audit/audit.service.js';
import { MailService } from '../mail/mail.service.js';
import { Clock } from '../platform/clock.js';
import { SETTINGS, type Settings } from '../platform/config.js';
import { dueRows } from '../platform/due-rows.js';
import { GatewayAccountRow, SiteRow } from '../sites/site.entity.js';
import { PeopleService } from '../staff/people.service.js';
import { holdEndsAt } from '../transactions/hold.rules.js';
import { LedgerService, type Entered } from '../transactions/ledger.service.js';
import { ObligationsService } from '../transactions/obligations.service.js';
import { ObligationRow, TransactionRow } from '../transactions/transaction.entity.js';
import { ReviewsService } from '../reviews/reviews.service.js';
import { PreauthorizationRow } from './preauthorization.entity.js';
import { heldRange, nextDue, warningHours } from './preauthorization.rules.js';

const LEASE_MS = 60_000;
const STEPS: readonly TransactionKind[] = ['reauthorization', 'checkout', 'release'];
const OPEN = ['active', 'unclear'] as const;

/** Follows holds through their life: every answer about a check-in or a step of its chain is told here, in its own commit. */
@Injectable()
export class PreauthorizationsService implements OnModuleInit {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly ledger: LedgerService,
    private readonly obligations: ObligationsService,
    private readonly reviews: ReviewsService,
    private readonly approvals: ApprovalsService,
    private readonly people: PeopleService,
    private readonly mail: MailService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  onModuleInit(): void {
    this.ledger.onEntered(async (manager, entered) => {
      const { row, before } = entered;
      if (row.kind === 'checkin' && row.state === 'approved' && before !== 'approved')
        await this.place(manager, entered);
      if (STEPS.includes(row.kind) && row.parentId) await this.follow(manager, entered, row.parentId);
    });
  }

  async find(
    id: string,
    manager: EntityManager = this.database.manager,
  ): Promise<PreauthorizationRow | null> {
    return manager.findOneBy(PreauthorizationRow, { id });
  }

  async ofOrder(orderId: string): Promise<PreauthorizationRow[]> {
    return this.database.manager.find(PreauthorizationRow, { where: { orderId }, take: 20 });
  }

  due(): ReturnType<typeof dueRows> {
    return dueRows(this.database, {
      table: 'preauthorizations',
      column: 'next_due_at',
      leaseMs: LEASE_MS,
    });
  }

  /** Warns that a hold runs out, or presumes that it has. */
  async age(id: string): Promise<void> {
    const known = await this.find(id);
    if (!known) return;
    await this.database.transaction(async (manager) => {
      const obligation = await this.obligations.lock(manager, known.obligationId);
      const hold = await manager.findOneByOrFail(PreauthorizationRow, { id });
      const now = this.clock.worker();
      if (hold.state !== 'active') return this.update(manager, hold, { nextDueAt: null });
      if (hold.expiresAt <= now) {
        await this.close(manager, hold, obligation, { state: 'presumed_released' });
        return this.record(manager, SYSTEM, hold, 'hold.presumed_released', heldNow(hold));
      }
      const hours = warningHours(hold.expiresAt, now);
      if (hours !== null) await this.warn(manager, hold, hours);
      await this.update(manager, hold, { nextDueAt: nextDue(hold.expiresAt, now) });
    });
  }

  private async place(manager: EntityManager, { row, obligation }: Entered): Promise<void> {
    const account = await manager.findOneByOrFail(GatewayAccountRow, { id: row.gatewayAccountId });
    const amountMinor = row.fromMinor ?? row.askedMinor;
    const currency = row.fromCurrency ?? row.askedCurrency;
    if (!obligation || amountMinor === 0) return;
    const expiresAt = holdEndsAt(row.happenedAt, account.holdDays);
    const planned = nextDue(expiresAt, this.clock.now());
    const hold: PreauthorizationRow = {
      id: row.id,
      siteId: row.siteId,
      gatewayAccountId: row.gatewayAccountId,
      orderId: row.orderId ?? '',
      obligationId: obligation.id,
      state: 'active',
      unclear: null,
      currency,
      placedMinor: amountMinor,
      leastMinor: amountMinor,
      mostMinor: amountMinor,
      capturedMinor: 0,
      placedAt: row.happenedAt,
      expiresAt,
      closedAt: null,
      nextDueAt: this.clock.dueBy(planned),
    };
    await manager.insert(PreauthorizationRow, hold);
    if (currency === obligation.currency) await this.obligations.hold(manager, obligation, amountMinor);
    await this.record(manager, GATEWAY, hold, 'hold.placed', { amountMinor, currency });
  }

  private async follow(manager: EntityManager, { row, obligation }: Entered, holdId: string): Promise<void> {
    const hold = await this.find(holdId, manager);
    if (!hold || !obligation) return;
    if (row.kind === 'reauthorization') return this.change(manager, hold, obligation);
    if (row.state === 'approved') return this.end(manager, hold, obligation, row);
    if (row.kind !== 'checkout') return;
    const closed = hold.state === 'active' && isClosed(row);
    if (closed) await this.doubt(manager, hold, row);
    // While nobody knows of the capture, that is what people are asked about; whatever it was, the hold has ended.
    if (row.state === 'rejected' && (closed || hold.state === 'unclear'))
      await this.ledger.review(manager, row, null, 'hold_unclear', `transaction:${hold.id}`);
  }

  private async change(
    manager: EntityManager,
    hold: PreauthorizationRow,
    obligation: ObligationRow,
  ): Promise<void> {
    const changes = await manager.find(TransactionRow, {
      where: { parentId: hold.id, kind: 'reauthorization' },
      order: { createdAt: 'ASC', id: 'ASC' },
    });
    const range = heldRange(hold.placedMinor, changes);
    if (range.leastMinor === hold.leastMinor && range.mostMinor === hold.mostMinor) return;
    const counted = (OPEN as readonly string[]).includes(hold.state);
    if (counted && hold.currency === obligation.currency)
      await this.obligations.hold(manager, obligation, range.mostMinor - hold.mostMinor);
    await this.update(manager, hold, range);
    await this.record(manager, GATEWAY, hold, 'hold.changed', { ...range, currency: hold.currency });
  }

  private async end(
    manager: EntityManager,
    hold: PreauthorizationRow,
    obligation: ObligationRow,
    step: TransactionRow,
  ): Promise<void> {
    const captured = step.kind === 'checkout';
    const amountMinor = captured ? (step.fromMinor ?? step.askedMinor) : hold.mostMinor;
    await this.close(manager, hold, obligation, {
      state: captured ? 'captured' : 'released',
      ...(captured ? { capturedMinor: hold.capturedMinor + amountMinor } : {}),
      unclear: null,
    });
    await this.reviews.close(manager, hold.siteId, 'hold_unclear', `transaction:${hold.id}`);
    const deed = captured ? 'hold.captured' : 'hold.released';
    const { origin, askedBy, askedByName } = step;
    const who: Actor = origin === 'person' ? { type: 'person', id: askedBy, name: askedByName } : GATEWAY;
    await this.record(manager, who, hold, deed, { amountMinor, currency: hold.currency });
  }

  /** What it held is free again. A hold that was closed before stays so; what became of it may still become known. */
  private async close(
    manager: EntityManager,
    hold: PreauthorizationRow,
    obligation: ObligationRow,
    change: Partial<PreauthorizationRow>,
  ): Promise<void> {
    const open = (OPEN as readonly string[]).includes(hold.state);
    if (open && hold.currency === obligation.currency)
      await this.obligations.hold(manager, obligation, -hold.mostMinor);
    await this.update(manager, hold, { ...change, closedAt: this.clock.now(), nextDueAt: null });
    // Nobody needs to decide what the gateway would not do any more.
    const { siteId, id: targetId } = hold;
    await this.approvals.moot(
      manager,
      { siteId, targetId, kinds: ['checkout', 'reauthorization'] },
      'hold_over',
    );
  }

  /** The gateway will not take from a hold that should be there: it is closed, and nobody says how or for how much. */
  private async doubt(
    manager: EntityManager,
    hold: PreauthorizationRow,
    refused: TransactionRow,
  ): Promise<void> {
    await this.update(manager, hold, { state: 'unclear', unclear: 'capture_refused' });
    await this.record(manager, GATEWAY, hold, 'hold.unclear', {
      reason: refused.reason,
      message: refused.message,
    });
  }

  private async warn(manager: EntityManager, hold: PreauthorizationRow, hours: number): Promise<void> {
    const { siteId, orderId, currency, mostMinor: amountMinor } = hold;
    const expiresAt = hold.expiresAt.toISOString();
    const site = await manager.findOneByOrFail(SiteRow, { id: siteId });
    const checkin = await manager.findOneByOrFail(TransactionRow, { id: hold.id });
    const told = {
      ...{ preauthorizationId: hold.id, siteName: site.name, reference: checkin.gatewayReference },
      ...{ hours, amountMinor, currency, expiresAt },
      url: `${this.settings.publicUrl}/preauthorizations/${hold.id}/show`,
    };
    await this.record(manager, SYSTEM, hold, 'hold.warned', { hours, amountMinor, currency });
    for (const person of await this.people.whoMay(manager, 'preauthorizations:act', siteId)) {
      await this.mail.queue(manager, {
        template: 'hold_expiring',
        dedupe: `hold:${hold.id}:${hours}:${person.id}`,
        recipient: person.email,
        language: person.language,
        siteId,
        orderId,
        data: { ...told, zone: person.zone },
      });
    }
  }

  private async update(
    manager: EntityManager,
    hold: PreauthorizationRow,
    change: Partial<PreauthorizationRow>,
  ): Promise<void> {
    await manager.update(PreauthorizationRow, hold.id, change);
  }

  private async record(
    manager: EntityManager,
    actor: Actor,
    { siteId, orderId, id }: PreauthorizationRow,
    kind: string,
    data: Record<string, JsonValue>,
  ): Promise<void> {
    await this.audit.record(manager, {
      ...{ kind, actor, siteId, orderId, data },
      subject: { type: 'preauthorization', id },
    });
  }
}

const heldNow = ({ mostMinor: amountMinor, currency }: PreauthorizationRow) => ({ amountMinor, currency });

const NO_REFUSAL: readonly (string | null)[] = ['unsent', 'unknown', '401', 'settled_by_hand'];

/**
 * The gateway refused to try a capture: the hold is closed. A decline by the network comes with a transaction of its own.
 * Sent once more, a refusal says so too, and leaves the capture itself unknown.
 */
function isClosed({ state, fromMinor, reason, sends }: TransactionRow): boolean {
  const refused = sends > 1 ? state === 'unknown' : state === 'rejected';
  return refused && fromMinor === null && !NO_REFUSAL.includes(reason);
}
