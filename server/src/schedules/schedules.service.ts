import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { type CreateSchedule, type Outlook, type ScheduleAct } from '@recaudo/shared';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { SYSTEM } from '../audit/audit.service.js';
import { InstrumentsService } from '../instruments/instruments.service.js';
import { Clock } from '../platform/clock.js';
import { isUniqueViolation } from '../platform/database.js';
import { bindKey, claimKey, findKey } from '../platform/idempotency.js';
import { fieldProblem, fieldProblems, ProblemError } from '../platform/problem.js';
import { SitesService, type OpenAccount } from '../sites/sites.service.js';
import { maySee, type Principal } from '../staff/access.js';
import {
  changeOf,
  NOTHING,
  outlookOf,
  owedAfter,
  whyNotAct,
  whyNotSo,
  type Change,
  type Standing,
} from './change.rules.js';
import { faultsOf, type Judges } from './creation.rules.js';
import { MethodChoiceService } from './method-choice.service.js';
import { MrrService } from './mrr.service.js';
import { PeriodOrdersService } from './period-orders.service.js';
import { plannedPeriod } from './period.rules.js';
import { PlanningService, type NewSchedule } from './planning.service.js';
import { PeriodRow, PolicyRow, PriceRow, ScheduleRow } from './schedule.entity.js';
import { ScheduleStore } from './schedule.store.js';

/** Of a period that can have no order: that stays so, whatever becomes of its schedule. */
const TAKEN = 'reference_taken';

/** As it stands in the database. */
type Held = Standing & { planned: PeriodRow | null };

/** Schedules that we run: made, changed and ended. What is charged when is the plan's; charging is `ChargingService`'s. */
@Injectable()
export class SchedulesService implements OnModuleInit {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly store: ScheduleStore,
    private readonly planning: PlanningService,
    private readonly mrr: MrrService,
    private readonly methods: MethodChoiceService,
    private readonly periodOrders: PeriodOrdersService,
    private readonly instruments: InstrumentsService,
    private readonly sites: SitesService,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.instruments.onReplaced((manager, replaced) => this.follow(manager, replaced));
  }

  /**
   * The same key and body answer with the same schedule. Errors: validation by field (what the calendar, the site, its
   * account and the stored means of payment say), idempotency_key_reused.
   */
  async create(me: Principal, input: CreateSchedule, key: string): Promise<string> {
    // Before anything is judged: what began in time when it was made may be in the past by now.
    const before = await findKey(this.database.manager, me.id, key, input);
    if (before !== null) return before;
    const made = await this.judge(me, input);
    return this.once(async (manager) => {
      const known = await claimKey(manager, me.id, key, input, this.clock.worker());
      if (known !== null) return known;
      await this.requireFree(manager, made.schedule);
      await this.planning.begin(manager, me, [made]);
      await bindKey(manager, me.id, key, made.schedule.id);
      return made.schedule.id;
    });
  }

  /** What it would charge. Errors as of `create`. */
  async previewNew(me: Principal, input: CreateSchedule): Promise<Outlook> {
    const { schedule, price } = await this.judge(me, input);
    await this.requireFree(this.database.manager, schedule);
    const first = plannedPeriod(schedule, [price], 0);
    const owed = { count: 0, amountMinor: 0 };
    const standing = { schedule, prices: [price], planned: first, open: [], owed };
    return viewOf(standing, NOTHING, this.clock.now());
  }

  /** What will still be charged, and when access ends, if it is done; nothing is written. Errors as of `act`. */
  async preview(me: Principal, id: string, act: ScheduleAct): Promise<Outlook> {
    const schedule = await this.require(me, id);
    // A stored means of payment is looked at under a lock, which only a transaction can hold.
    return this.database.transaction(async (manager) => {
      const standing = await this.standing(manager, schedule);
      const change = await this.judgeAct(manager, standing, act);
      const anotherPayer =
        act.act === 'instrument' ? await this.methods.otherOwner(manager, schedule, act) : null;
      const whyNotCharged = await this.methods.whyNotCharged(manager, standing, change);
      return { ...viewOf(standing, change, this.clock.now()), anotherPayer, whyNotCharged };
    });
  }

  /** Errors: not_found, schedule_state naming why not, validation by field, another_payer, idempotency_key_reused. */
  async act(me: Principal, id: string, act: ScheduleAct, key: string): Promise<void> {
    await this.require(me, id);
    await this.database.transaction(async (manager) => {
      const known = await claimKey(manager, me.id, key, { id, ...act }, this.clock.worker());
      if (known !== null) return;
      const schedule = await this.store.lock(manager, id);
      const stops = act.act === 'pause' || (act.act === 'cancel' && act.when === 'now');
      if (stops && schedule.state === 'active') await this.planning.leaveOverdue(manager, schedule);
      const standing = await this.standing(manager, schedule);
      const change = await this.judgeAct(manager, standing, act);
      const anothers = act.act === 'instrument' && (await this.methods.requireSaid(manager, schedule, act));
      await this.carryOut(manager, standing, change);
      const { act: kind, reason, ...said } = act;
      const data = act.act === 'instrument' ? { ...said, anotherPayer: anothers } : said;
      await this.planning.record(
        manager,
        `schedule.${DEEDS[kind]}`,
        me,
        schedule,
        data,
        reason ? { reason } : {},
      );
      await bindKey(manager, me.id, key, id);
    });
  }

  /** Errors: not_found, also for another site's. */
  async require(me: Principal, id: string): Promise<ScheduleRow> {
    const schedule = await this.store.find(id);
    if (!schedule || !maySee(me.scope, schedule.siteId)) throw new ProblemError('not_found');
    return schedule;
  }

  async standing(manager: EntityManager, schedule: ScheduleRow): Promise<Held> {
    const prices = await this.store.prices(manager, schedule.id);
    const planned = await this.store.planned(manager, schedule.id);
    const open = await this.store.open(manager, schedule.id);
    return { schedule, prices, planned, open, owed: await this.store.owed(manager, schedule.id) };
  }

  /** All that can be said against it, by field. Writes nothing. */
  async judge(me: Principal, input: CreateSchedule, known?: Judges): Promise<NewSchedule> {
    if (!maySee(me.scope, input.siteId)) throw fieldProblem('siteId', 'not_found');
    const account = known?.account ?? (await this.sites.accountOf(input.siteId));
    const instrument = known ? known.instrument : await this.instruments.find(input.instrumentId);
    const made = this.build(input, account);
    const { schedule } = made;
    const faults = faultsOf(input, schedule, { account, instrument }, this.clock.now());
    if (faults.length > 0) throw fieldProblems(faults);
    await this.requirePolicy(this.database.manager, input.siteId, input.policyId);
    return { ...made, schedule: { ...schedule, payerId: instrument?.payerId ?? null } };
  }

  /** Another means of payment took that one's place: what goes on is charged to it from now on. */
  private async follow(manager: EntityManager, replaced: { oldId: string; newId: string }): Promise<void> {
    const rows = await this.store.chargedTo(manager, replaced.oldId);
    const next = await this.instruments.find(replaced.newId, manager);
    // One that was stored on another account cannot be charged on the schedule's.
    for (const schedule of rows.filter((each) => each.gatewayAccountId === next?.gatewayAccountId)) {
      await manager.update(ScheduleRow, schedule.id, { instrumentId: replaced.newId });
      const data = { instrumentId: replaced.newId, before: replaced.oldId };
      await this.planning.record(manager, 'schedule.instrument_changed', SYSTEM, schedule, data);
    }
  }

  private build(input: CreateSchedule, { row, site }: OpenAccount): NewSchedule {
    const { siteId, reference, plan, instrumentId, currency, policyId } = input;
    const { unit, interval, startOn, trialDays, anchorDay, maxPeriods, endOn, chargeHour } = input;
    const schedule: ScheduleRow = {
      ...{ id: uuidv7(), siteId, gatewayAccountId: row.id, payerId: null, instrumentId, policyId },
      ...{ reference, plan, currency, unit, interval, startOn, trialDays, anchorDay, maxPeriods, endOn },
      ...{ zone: input.zone ?? site.zone, chargeHour, state: 'active', nextAt: null, lastOverdueOn: null },
      ...{ pastDueSince: null, endsOn: null, endedAt: null, endedWhy: null, createdAt: this.clock.now() },
    };
    return { schedule, price: { fromOn: startOn, amountMinor: input.amountMinor, taxes: input.taxes } };
  }

  private async requirePolicy(
    manager: EntityManager,
    siteId: string,
    policyId: string | null,
  ): Promise<void> {
    if (policyId === null) return;
    const known = await manager.existsBy(PolicyRow, { id: policyId, siteId });
    if (!known) throw fieldProblem('policyId', 'not_found');
  }

  private async judgeAct(manager: EntityManager, standing: Standing, act: ScheduleAct): Promise<Change> {
    const { schedule } = standing;
    const why = whyNotAct(standing, act.act, this.clock.now());
    if (why !== null) throw new ProblemError('schedule_state', { detail: why });
    if (act.act === 'skip' && act.day !== undefined && act.day !== standing.planned?.day)
      throw new ProblemError('schedule_state', { detail: 'other_next_charge' });
    const now = this.clock.now();
    const wrong = whyNotSo(standing, act, now);
    if (wrong) throw fieldProblem(...wrong);
    if (act.act === 'instrument') await this.methods.require(manager, standing, act);
    if (act.act === 'policy') await this.requirePolicy(manager, schedule.siteId, act.policyId);
    return changeOf(standing, act, now);
  }

  /** Whatever has used it, its first period could not be asked for. */
  private async requireFree(manager: EntityManager, { siteId, reference }: ScheduleRow): Promise<void> {
    const taken = await this.periodOrders.takenAtFirst(manager, siteId, [reference]);
    if (taken.size > 0) throw fieldProblem('reference', 'period_reference_taken');
  }

  private async carryOut(manager: EntityManager, standing: Held, change: Change): Promise<void> {
    const { schedule, planned } = standing;
    const { schedule: changed, price, planned: period, planNext, ends } = change;
    if (Object.keys(changed).length > 0) await manager.update(ScheduleRow, schedule.id, changed);
    Object.assign(schedule, changed);
    if (changed.state && changed.state !== 'active')
      await this.mrr.stopped(manager, schedule, changed.endedWhy ?? 'chosen');
    if (price)
      await manager.upsert(PriceRow, { scheduleId: schedule.id, ...price }, ['scheduleId', 'fromOn']);
    if (planned && Object.keys(period).length > 0) {
      const nextTryAt = period.nextTryAt ? { nextTryAt: this.clock.due(period.nextTryAt) } : {};
      await manager.update(PeriodRow, planned.id, { ...period, ...nextTryAt });
    }
    for (const each of ends.periods) {
      await this.planning.rest(manager, each, 'unpaid', each.why === TAKEN ? TAKEN : ends.why);
      if (ends.why === 'cancelled') await this.planning.leaveToPayer(manager, schedule, each);
    }
    if (ends.periods.length > 0) await this.planning.refreshPastDue(manager, schedule);
    if (planned && planNext) await this.planning.plan(manager, schedule, planned.number + 1);
  }

  private async once(act: (manager: EntityManager) => Promise<string>): Promise<string> {
    try {
      return await this.database.transaction(act);
    } catch (error) {
      if (isUniqueViolation(error, 'schedules_reference_key'))
        throw fieldProblem('reference', 'reference_taken');
      throw error;
    }
  }
}

/** The deed that each act leaves behind. */
const DEEDS: Record<ScheduleAct['act'], string> = {
  pause: 'paused',
  resume: 'resumed',
  skip: 'skipped',
  amount: 'repriced',
  instrument: 'instrument_changed',
  cancel: 'cancel_asked',
  keep: 'kept',
  policy: 'policy_changed',
};

/** What a change comes to, as readers see it. */
export function viewOf(standing: Standing, change: Change, now: Date): Outlook {
  const { charges, more, accessEndsOn } = outlookOf(standing, change);
  return {
    currency: standing.schedule.currency,
    charges: charges.map(({ number, day, dueAt, amountMinor }) => ({
      ...{ number: number + 1, day, at: dueAt.toISOString(), amountMinor },
    })),
    ...{ more, accessEndsOn },
    owed: owedAfter(standing, change, now),
    anotherPayer: null,
    triesEnd: change.ends.periods.map(({ id, number, day, amountMinor }) => ({
      ...{ periodId: id, number: number + 1, day, amountMinor },
    })),
    whyNotCharged: null,
  };
}
