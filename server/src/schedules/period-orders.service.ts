import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/clock.js';
import { OrdersService } from '../sessions/orders.service.js';
import type { OrderRow } from '../sessions/session.entity.js';
import type { ObligationRow } from '../transactions/transaction.entity.js';
import type { PeriodRow, ScheduleRow } from './schedule.entity.js';

/** How long the payer may still pay a period by hand. */
const LINK_LIFE_MS = 90 * 24 * 3_600_000;

/** Each period is an order with its own reference, made when it is first asked for. */
@Injectable()
export class PeriodOrdersService {
  constructor(
    private readonly orders: OrdersService,
    private readonly clock: Clock,
  ) {}

  /** Something else has used its reference: it can have no order any more. */
  isTaken(manager: EntityManager, schedule: ScheduleRow, period: PeriodRow): Promise<boolean> {
    return this.orders.exists(manager, schedule.siteId, referenceOf(schedule, period.number));
  }

  /** Of schedules about to be made, those whose first period could have no order; 5,000 references at most. */
  async takenAtFirst(
    manager: EntityManager,
    siteId: string,
    references: readonly string[],
  ): Promise<Set<string>> {
    const first = new Map(references.map((reference) => [referenceOf({ reference }, 0), reference]));
    const taken = await this.orders.existing(manager, siteId, [...first.keys()]);
    return new Set(taken.map((each) => first.get(each) ?? each));
  }

  /** The caller holds the locks of the schedule and the period, and writes the order down with the period. */
  async make(
    manager: EntityManager,
    schedule: ScheduleRow,
    period: PeriodRow,
    country: string,
  ): Promise<{ order: OrderRow; obligation: ObligationRow }> {
    const { siteId, payerId, plan } = schedule;
    const { number, amountMinor, currency } = period;
    return this.orders.make(manager, {
      ...{ siteId, payerId, reference: referenceOf(schedule, number) },
      ...{ description: `${plan} ${number + 1}`, locale: `es_${country}`, returnUrl: null },
      linkExpiresAt: new Date(this.clock.now().getTime() + LINK_LIFE_MS),
      due: { amountMinor, currency },
    });
  }
}

/** Numbers count from 0, names from 1. */
export function referenceOf({ reference }: Pick<ScheduleRow, 'reference'>, number: number): string {
  return `${reference}-${number + 1}`;
}
