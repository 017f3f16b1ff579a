import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Clock } from '../platform/clock.js';
import { ChargingService } from './charging.service.js';
import { PeriodRow } from './schedule.entity.js';
import { CLAIM_LEASE_MS, ScheduleStore } from './schedule.store.js';
import { SettlingService } from './settling.service.js';

/** What a schedule does next by itself. */
export interface Upcoming {
  periodId: string;
  /** Counted from 0. */
  number: number;
  /** How often it was tried before. */
  tries: number;
  /** By its plan, or by the policy after a refusal. */
  at: Date;
}

/**
 * Schedules whose past is told, for the practice history alone. A row that is planned while the past is told becomes due as
 * long after the telling as it was to come then, so that nobody takes it up; here it is taken up at the hour of the story.
 */
@Injectable()
export class RetellingService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly store: ScheduleStore,
    private readonly settling: SettlingService,
    private readonly charging: ChargingService,
    private readonly clock: Clock,
  ) {}

  /** Null: nothing more comes by itself. */
  async next(scheduleId: string): Promise<Upcoming | null> {
    const [first] = await this.coming(scheduleId);
    return first ?? null;
  }

  /** Whoever calls has set the instant of the story. */
  async take(periodId: string): Promise<void> {
    const claimed = new Date(this.clock.worker().getTime() + CLAIM_LEASE_MS);
    await this.database.manager.update(PeriodRow, periodId, { nextTryAt: claimed });
    await this.charging.take(periodId);
  }

  /** The story has come to the present: what is still to come, comes at its own hour. */
  async arrive(scheduleId: string): Promise<void> {
    for (const { periodId, at } of await this.coming(scheduleId))
      await this.database.manager.update(PeriodRow, periodId, { nextTryAt: at });
  }

  /** Soonest first. */
  private async coming(scheduleId: string): Promise<Upcoming[]> {
    const { manager } = this.database;
    const schedule = await this.store.find(scheduleId);
    const planned = await this.store.planned(manager, scheduleId);
    const open = await this.store.open(manager, scheduleId);
    if (!schedule) return [];
    const rows = [...open.filter(({ state }) => state === 'retrying'), ...(planned ? [planned] : [])];
    const all: Upcoming[] = [];
    for (const period of rows.filter(({ nextTryAt }) => nextTryAt !== null)) {
      const { id: periodId, number, tries, dueAt } = period;
      const at = period === planned ? dueAt : await this.settling.nextTry(manager, schedule, period);
      if (at) all.push({ periodId, number, tries, at });
    }
    return all.sort((one, other) => one.at.getTime() - other.at.getTime());
  }
}
