import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import {
  addDays,
  localDay,
  type RecurrenceState,
  type RecurrenceView,
  type Recurring,
} from '@recaudo/shared';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { JsonValue } from '../audit/audit.entity.js';
import { AuditService, GATEWAY, SYSTEM, type Actor } from '../audit/audit.service.js';
import type { RecurringCharge } from '../gateways/gateway.port.js';
import { Clock } from '../platform/clock.js';
import { dueRows } from '../platform/due-rows.js';
import { Jobs } from '../platform/jobs.js';
import { ReviewsService } from '../reviews/reviews.service.js';
import { ClaimsService } from '../transactions/claims.service.js';
import type { TransactionRow } from '../transactions/transaction.entity.js';
import { RecurrenceRow } from './recurrence.entity.js';
import { checkAfter, dayOf, firstDay, isWithin, periodOf } from './recurrence.rules.js';
import { calendarOf } from './recurrence.view.js';

const LEASE_MS = 60_000;

/** What began a recurrence: a session whose first payment was approved. */
export interface Beginning {
  siteId: string;
  gatewayAccountId: string;
  sessionId: string;
  orderId: string;
  reference: string;
  amountMinor: number;
  currency: RecurrenceRow['currency'];
  zone: string;
  paidAt: Date;
  recurring: Recurring;
}

/** Recurrences that a gateway runs by itself: nobody can be asked about a charge, so what is reported is kept as a claim. */
@Injectable()
export class RecurrencesService implements OnModuleInit {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly claims: ClaimsService,
    private readonly reviews: ReviewsService,
    private readonly jobs: Jobs,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.register<string>({
      name: 'recurrences',
      everyMs: 5_000,
      batch: 100,
      concurrency: 4,
      ...dueRows(this.database, { table: 'recurrences', column: 'next_check_at', leaseMs: LEASE_MS }),
      handle: (id) => this.missed(id),
    });
  }

  /** Begins once per session. */
  async begin(manager: EntityManager, beginning: Beginning): Promise<void> {
    const { recurring, paidAt, zone, ...facts } = beginning;
    const paidOn = localDay(paidAt, zone);
    const rule = {
      periodicity: recurring.periodicity,
      interval: recurring.interval,
      maxPeriods: recurring.maxPeriods,
      firstOn: firstDay(recurring, paidOn),
      dueOn: recurring.dueDate ?? null,
    };
    const id = uuidv7();
    const expects = isWithin(rule, 0);
    const inserted = await manager
      .createQueryBuilder()
      .insert()
      .into(RecurrenceRow)
      .values({
        id,
        ...facts,
        ...rule,
        zone,
        state: expects ? 'active' : 'finished',
        nextPeriod: 0,
        nextCheckAt: expects ? this.clock.due(checkAfter(rule.firstOn)) : null,
        createdAt: this.clock.now(),
      })
      .orIgnore()
      .returning('id')
      .execute();
    if ((inserted.raw as unknown[]).length === 0) return;
    await this.record(manager, 'recurrence.started', SYSTEM, { id, ...facts }, { ...rule });
  }

  /** A reported charge. `unmatched`: no recurrence of ours has that reference. */
  async report(accountId: string, charge: RecurringCharge): Promise<'handled' | 'unmatched'> {
    return this.database.transaction(async (manager) => {
      const recurrence = await manager.findOne(RecurrenceRow, {
        where: { gatewayAccountId: accountId, reference: charge.reference },
        order: { createdAt: 'DESC' },
        lock: { mode: 'pessimistic_write' },
      });
      if (!recurrence) return 'unmatched';
      const kept = await this.claims.keep(manager, recurrence, charge);
      const day = localDay(charge.at, recurrence.zone);
      const period = periodOf(recurrence, day);
      if (kept.judged === 'contradicts')
        await this.review(manager, recurrence, charge, 'contradiction', `transaction:${kept.id}`, {
          held: 'approved',
          said: charge.state,
        });
      const why = kept.news ? await this.unexpected(manager, recurrence, charge, kept.id) : null;
      if (why)
        await this.review(manager, recurrence, charge, 'charge_unexpected', `transaction:${kept.id}`, {
          why,
        });
      if (why === 'date') await this.proceed(manager, recurrence, recurrence.nextPeriod, charge);
      else {
        const missing = `recurrence:${recurrence.id}:${period}`;
        await this.reviews.close(manager, recurrence.siteId, 'charge_not_reported', missing);
        await this.proceed(manager, recurrence, Math.max(recurrence.nextPeriod, period + 1), charge);
      }
      if (kept.news) {
        const { internalReference, state, reason, tries } = charge;
        const told = { internalReference, state, reason, tries, day };
        await this.record(manager, 'recurrence.charge_reported', GATEWAY, recurrence, told);
      }
      return 'handled';
    });
  }

  async ofSession(sessionId: string, charges: TransactionRow[]): Promise<RecurrenceView | null> {
    const row = await this.database.manager.findOneBy(RecurrenceRow, { sessionId });
    if (!row) return null;
    return {
      id: row.id,
      state: row.state,
      periodicity: row.periodicity,
      interval: row.interval,
      maxPeriods: row.maxPeriods,
      dueDate: row.dueOn,
      amountMinor: row.amountMinor,
      currency: row.currency,
      calendar: calendarOf(row, charges, localDay(this.clock.now(), row.zone)),
    };
  }

  /** Why a charge is not one that was agreed; null when it is. */
  private async unexpected(
    manager: EntityManager,
    recurrence: RecurrenceRow,
    charge: RecurringCharge,
    id: string,
  ): Promise<'date' | 'limit' | 'ended' | 'period' | null> {
    const day = localDay(charge.at, recurrence.zone);
    const tomorrow = addDays(localDay(this.clock.now(), recurrence.zone), 1);
    if (day < addDays(recurrence.firstOn, -1) || day > tomorrow) return 'date';
    const period = periodOf(recurrence, day);
    if (!isWithin(recurrence, period)) return 'limit';
    const all = await this.claims.ofSession(manager, recurrence.sessionId);
    const others = all.filter((each) => each.id !== id);
    // What was charged before it stopped may be told of late.
    const last = others[0]?.happenedAt;
    if (recurrence.state === 'stopped' && (!last || charge.at >= last)) return 'ended';
    const twice = others.some(
      (each) =>
        each.state === 'approved' &&
        periodOf(recurrence, localDay(each.happenedAt, recurrence.zone)) === period,
    );
    return charge.state === 'approved' && twice ? 'period' : null;
  }

  private async review(
    manager: EntityManager,
    recurrence: RecurrenceRow,
    charge: RecurringCharge,
    kind: 'charge_unexpected' | 'contradiction',
    subject: string,
    data: Record<string, string>,
  ): Promise<void> {
    const { siteId, orderId, sessionId, reference, amountMinor, currency } = recurrence;
    await this.reviews.open(manager, {
      ...{ kind, subject, siteId, orderId, sessionId, reference, amountMinor, currency },
      data: { ...data, internalReference: charge.internalReference },
    });
  }

  private async proceed(
    manager: EntityManager,
    recurrence: RecurrenceRow,
    nextPeriod: number,
    charge: RecurringCharge | null,
  ): Promise<void> {
    const expects = isWithin(recurrence, nextPeriod);
    const ends: RecurrenceState = expects ? 'stopped' : 'finished';
    const told = charge && !charge.enabled;
    const state = told ? ends : expects || recurrence.state !== 'active' ? recurrence.state : 'finished';
    const check = expects && state === 'active' ? checkAfter(dayOf(recurrence, nextPeriod)) : null;
    await manager.update(RecurrenceRow, recurrence.id, {
      state,
      nextPeriod,
      nextCheckAt: check && this.clock.due(check),
    });
    if (state !== recurrence.state)
      await this.record(manager, `recurrence.${state}`, GATEWAY, recurrence, {
        reason: charge?.reason ?? null,
      });
  }

  /** A day is over without a word about its charge: a person looks, and the next day is waited for. */
  private async missed(id: string): Promise<void> {
    await this.database.transaction(async (manager) => {
      const recurrence = await manager.findOneOrFail(RecurrenceRow, {
        where: { id },
        lock: { mode: 'pessimistic_write' },
      });
      const { nextPeriod, siteId, orderId, sessionId, reference, amountMinor, currency } = recurrence;
      if (recurrence.state !== 'active') {
        await manager.update(RecurrenceRow, id, { nextCheckAt: null });
        return;
      }
      await this.reviews.open(manager, {
        kind: 'charge_not_reported',
        subject: `recurrence:${id}:${nextPeriod}`,
        ...{ siteId, orderId, sessionId, reference, amountMinor, currency },
        data: { day: dayOf(recurrence, nextPeriod) },
      });
      await this.proceed(manager, recurrence, nextPeriod + 1, null);
    });
  }

  private async record(
    manager: EntityManager,
    kind: string,
    actor: Actor,
    { siteId, orderId, id }: Pick<RecurrenceRow, 'siteId' | 'orderId' | 'id'>,
    data: Record<string, JsonValue>,
  ): Promise<void> {
    await this.audit.record(manager, {
      kind,
      actor,
      siteId,
      orderId,
      subject: { type: 'recurrence', id },
      data,
    });
  }
}
