import { Injectable } from '@nestjs/common';
import { localDay } from '@recaudo/shared';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from '../platform/clock.js';
import { SiteRow } from '../sites/site.entity.js';
import { MrrChangeRow, RecoveryRow } from './mrr.entity.js';
import { monthlyMinor, nextMrrFact, type MrrEvent } from './mrr.rules.js';
import { PeriodRow, type ScheduleRow } from './schedule.entity.js';

const DAY_MS = 86_400_000;

/**
 * Keeps the facts of what schedules earn, in the commit of the change itself. The caller holds the schedule's lock, so
 * that its facts come one after another.
 */
@Injectable()
export class MrrService {
  constructor(private readonly clock: Clock) {}

  /**
   * A period of it was paid: from the first one on it counts, at the price of its latest paid period, so that a trial
   * counts nothing and a new price counts from the day it brings money. What is ended or paused earns no more, whatever
   * is still paid of it.
   */
  async paid(
    manager: EntityManager,
    schedule: ScheduleRow,
    period: PeriodRow,
    paidBy: 'collect' | 'link',
  ): Promise<void> {
    if (period.failed.length > 0) await this.recovered(manager, schedule, period, paidBy);
    if (schedule.state !== 'active') return;
    const latest = await manager.findOneOrFail(PeriodRow, {
      where: { scheduleId: schedule.id, state: 'paid' },
      order: { number: 'DESC' },
    });
    const mrrMinor = monthlyMinor(latest.amountMinor, schedule.unit, schedule.interval);
    await this.record(manager, schedule, { kind: 'paid', mrrMinor }, period.id);
  }

  /** It charges no more, for now or for good. */
  async stopped(
    manager: EntityManager,
    schedule: ScheduleRow,
    why: 'chosen' | 'unpaid' | 'finished',
  ): Promise<void> {
    await this.record(manager, schedule, { kind: 'stopped', why }, null);
  }

  private async record(
    manager: EntityManager,
    { id: scheduleId, siteId, currency }: ScheduleRow,
    event: MrrEvent,
    periodId: string | null,
  ): Promise<void> {
    const last = await manager.findOne(MrrChangeRow, { where: { scheduleId }, order: { seq: 'DESC' } });
    const fact = nextMrrFact(last, event);
    if (!fact) return;
    const [at, day] = await this.when(manager, siteId);
    await manager.insert(MrrChangeRow, {
      ...{ id: uuidv7(), siteId, scheduleId, seq: (last?.seq ?? 0) + 1, at, day, currency },
      ...{ ...fact, periodId, cohort: last?.cohort ?? `${day.slice(0, 7)}-01` },
    });
  }

  private async recovered(
    manager: EntityManager,
    { id: scheduleId, siteId, zone }: ScheduleRow,
    { id: periodId, currency, amountMinor, failed }: PeriodRow,
    paidBy: 'collect' | 'link',
  ): Promise<void> {
    const [at, day] = await this.when(manager, siteId);
    const since = failed[0]?.day ?? day;
    const days = Math.round((Date.parse(localDay(at, zone)) - Date.parse(since)) / DAY_MS);
    await manager.insert(RecoveryRow, {
      ...{ periodId, siteId, scheduleId, at, day, currency, amountMinor, paidBy },
      ...{ tries: failed.length, days: Math.max(0, days) },
    });
  }

  private async when(manager: EntityManager, siteId: string): Promise<[Date, string]> {
    const at = this.clock.now();
    const { zone } = await manager.findOneByOrFail(SiteRow, { id: siteId });
    return [at, localDay(at, zone)];
  }
}
