import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DEFAULT_POLICY, localDay, type RetriedClass } from '@recaudo/shared';
import type { EntityManager } from 'typeorm';
import { SYSTEM } from '../audit/audit.service.js';
import { MailService } from '../mail/mail.service.js';
import { Clock } from '../platform/clock.js';
import { PayersService } from '../payers/payers.service.js';
import { CollectRow } from '../sessions/collect.entity.js';
import { CreationService } from '../sessions/creation.service.js';
import { OrderRow, type SessionRow } from '../sessions/session.entity.js';
import { SessionNews, type News } from '../sessions/session-news.service.js';
import { SiteRow } from '../sites/site.entity.js';
import { orderState } from '../transactions/obligation.rules.js';
import { LedgerService, type Entered } from '../transactions/ledger.service.js';
import type { ObligationRow } from '../transactions/transaction.entity.js';
import { BrakeService } from './brake.service.js';
import { instantOf } from './calendar.rules.js';
import { nextStep, reasonClass, type Failed, type Step } from './dunning.rules.js';
import { MrrService } from './mrr.service.js';
import { PlanningService } from './planning.service.js';
import { PeriodRow, ScheduleRow, type FailedTry } from './schedule.entity.js';
import { ScheduleStore } from './schedule.store.js';

const HOUR = 3_600_000;
/** Whether a refused charge still counts at the gateway is documented nowhere: no try within its day, by its clock. */
const BETWEEN_TRIES_MS = 24 * HOUR + HOUR / 6;
const MOST_TRIES_KEPT = 60;

export interface Asked {
  schedule: ScheduleRow;
  period: PeriodRow;
  order: OrderRow;
  obligation: ObligationRow;
}

/** What is owed came in, whatever became of it since. */
export function isSettled({ agreedAt }: OrderRow, obligation: ObligationRow): boolean {
  const state = orderState(obligation, agreedAt !== null);
  return ['paid', 'overpaid', 'part_returned', 'returned'].includes(state);
}

/**
 * What becomes of a period when its payment is news: charged or paid by hand, refused and tried again by the policy, or
 * given up with what the policy says then. In the commit of the news itself.
 */
@Injectable()
export class SettlingService implements OnModuleInit {
  constructor(
    private readonly store: ScheduleStore,
    private readonly planning: PlanningService,
    private readonly mrr: MrrService,
    private readonly brake: BrakeService,
    private readonly news: SessionNews,
    private readonly ledger: LedgerService,
    private readonly creation: CreationService,
    private readonly payers: PayersService,
    private readonly mail: MailService,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.news.onMoved((manager, news) => this.hear(manager, news));
    this.ledger.onEntered((manager, entered) => this.hearMoney(manager, entered));
  }

  /** It is paid: nothing is tried any more. */
  async settled(
    manager: EntityManager,
    { schedule, period }: Asked,
    paidBy: 'collect' | 'link',
  ): Promise<void> {
    if (period.state === 'paid') return;
    const change = { state: 'paid' as const, paidBy, paidAt: this.clock.now() };
    const nothing = { why: null, until: null, blockedBy: null, nextTryAt: null };
    await manager.update(PeriodRow, period.id, { ...change, ...nothing });
    await this.mrr.paid(manager, schedule, period, paidBy);
    if (schedule.pastDueSince !== null) await this.planning.refreshPastDue(manager, schedule);
    await this.record(manager, 'period.paid', { schedule, period }, { paidBy });
  }

  /** It cannot even be asked for: as if the bank had said that it never will. */
  async unusable(manager: EntityManager, asked: Asked, why: string): Promise<void> {
    await this.failed(manager, asked, { day: this.today(asked.schedule), class: 'hard', reason: why });
  }

  /** When a period that was refused is tried again, as its policy has it now; null: never. */
  async nextTry(manager: EntityManager, schedule: ScheduleRow, period: PeriodRow): Promise<Date | null> {
    const rules = (await this.store.policy(manager, schedule))?.rules ?? DEFAULT_POLICY;
    const step = nextStep(rules, period.failed);
    if (step.kind === 'over') return null;
    const collect = period.sessionId && (await manager.findOneBy(CollectRow, { id: period.sessionId }));
    return this.whenToTry(schedule, rules.hour, step.day, collect || null);
  }

  /** A hold of its order was captured: no session moves by that. */
  private async hearMoney(
    manager: EntityManager,
    { row: { kind, state, orderId }, before, obligation }: Entered,
  ): Promise<void> {
    if (kind !== 'checkout' || state !== 'approved' || before === 'approved') return;
    if (orderId === null || obligation === null) return;
    const order = await manager.findOneByOrFail(OrderRow, { id: orderId });
    const asked = await this.askedOf(manager, order, obligation);
    if (asked && isSettled(asked.order, asked.obligation)) await this.settled(manager, asked, 'link');
  }

  /** The period of an order, locked; the caller holds the order's obligation. */
  private async askedOf(
    manager: EntityManager,
    order: OrderRow,
    obligation: ObligationRow,
  ): Promise<Asked | null> {
    const schedule = await this.store.lockOfOrder(manager, order.id);
    if (!schedule) return null;
    const period = await this.store.lockPeriodOfOrder(manager, order.id);
    return { schedule, period, order, obligation };
  }

  private async hear(manager: EntityManager, { session, order, obligation }: News): Promise<void> {
    const asked = await this.askedOf(manager, order, obligation);
    if (!asked) return;
    const { period } = asked;
    if (isSettled(order, obligation))
      return this.settled(manager, asked, session.collected ? 'collect' : 'link');
    if (!session.collected) return this.linkEnded(manager, asked, session);
    if (session.id !== period.sessionId) return;
    // Waived, paid or given up meanwhile: late news of an old charge asks for nothing again.
    if (period.state !== 'charging' && period.state !== 'unknown') return;
    // Approved, and not what is owed: a person looks at what the gateway took.
    if (session.state === 'approved') return this.leaveToPerson(manager, asked);
    if (session.state === 'unknown') return this.becameUnknown(manager, asked);
    if (session.state === 'pending') await manager.update(PeriodRow, period.id, { state: 'charging' });
    if (['rejected', 'failed', 'cancelled', 'expired'].includes(session.state))
      await this.refused(manager, asked, session);
  }

  private async leaveToPerson(manager: EntityManager, { schedule, period }: Asked): Promise<void> {
    await this.planning.rest(manager, period, 'waiting', 'order_differs');
    await this.planning.refreshPastDue(manager, schedule);
    await this.record(manager, 'period.waiting', { schedule, period }, { why: 'order_differs' });
  }

  /** What stood in the way is gone. */
  private async linkEnded(
    manager: EntityManager,
    { period }: Asked,
    { id, state }: SessionRow,
  ): Promise<void> {
    if (period.state !== 'blocked' || period.blockedBy !== id || state === 'pending') return;
    await manager.update(PeriodRow, period.id, { nextTryAt: this.clock.worker() });
  }

  private async becameUnknown(manager: EntityManager, { schedule, period }: Asked): Promise<void> {
    await manager.update(PeriodRow, period.id, { state: 'unknown', why: 'unknown' });
    if (period.state !== 'unknown') await this.record(manager, 'period.unknown', { schedule, period });
    await this.brake.judge(manager, schedule.gatewayAccountId);
  }

  private async refused(manager: EntityManager, asked: Asked, session: SessionRow): Promise<void> {
    const collect = await manager.findOneByOrFail(CollectRow, { id: session.id });
    const { schedule } = asked;
    const reason = collect.reason ?? session.reason ?? '';
    const day = localDay(collect.sentAt, schedule.zone);
    const found = { day, class: reasonClass(reason), reason };
    await this.failed(manager, asked, found, collect);
    if (found.class === 'technical' || found.class === 'unlisted')
      await this.brake.judge(manager, schedule.gatewayAccountId);
  }

  private async failed(
    manager: EntityManager,
    asked: Asked,
    found: FailedTry,
    collect: CollectRow | null = null,
  ): Promise<void> {
    const { schedule, period } = asked;
    // What a person tried besides changes nothing of what the policy had planned.
    const besides = collect?.askedBy != null && period.failed.length > 0;
    const tries = besides ? period.failed : [...period.failed, found].slice(-MOST_TRIES_KEPT);
    const rules = (await this.store.policy(manager, schedule))?.rules ?? DEFAULT_POLICY;
    const step = nextStep(rules, tries satisfies Failed[]);
    const over = step.kind === 'over' || schedule.state === 'cancelled' || schedule.state === 'paused';
    const nextTryAt = over ? null : this.whenToTry(schedule, rules.hour, step.day, collect);
    // Whom nobody judged is left to a person; whoever was refused is unpaid.
    const judged = found.class !== 'technical' && found.class !== 'unlisted';
    const change = {
      state: over ? (judged ? ('unpaid' as const) : ('waiting' as const)) : ('retrying' as const),
      ...{ why: found.reason === '' || collect ? found.class : found.reason, reason: found.reason },
      ...{ until: null, blockedBy: null, failed: tries },
      nextTryAt: nextTryAt && this.clock.due(nextTryAt),
    };
    await manager.update(PeriodRow, period.id, change);
    await this.planning.refreshPastDue(manager, schedule);
    await this.record(manager, over ? 'period.unpaid' : 'period.retrying', asked, {
      ...{ reason: found.reason, class: found.class },
      nextTryOn: over ? null : step.day,
    });
    if (over && !besides) await this.lastAction(manager, asked, step);
    const tells = judged && rules.by[found.class as RetriedClass].mail;
    if (tells && !besides && (over || tries.length === 1))
      await this.tellPayer(manager, asked, found, nextTryAt);
  }

  /** The planned day's hour, and no sooner than a day after the last one was sent. */
  private whenToTry(
    schedule: ScheduleRow,
    hour: number | null,
    day: string,
    collect: CollectRow | null,
  ): Date {
    const planned = instantOf(day, hour ?? schedule.chargeHour, schedule.zone);
    const soonest = (collect?.sentAt ?? this.clock.now()).getTime() + BETWEEN_TRIES_MS;
    return new Date(Math.max(planned.getTime(), soonest));
  }

  /** What the policy does to the schedule when all tries were in vain. */
  private async lastAction(
    manager: EntityManager,
    { schedule, period, order }: Asked,
    step: Step,
  ): Promise<void> {
    const { state } = schedule;
    if (step.kind !== 'over' || step.last === 'keep' || (state !== 'active' && state !== 'paused')) return;
    const planned = await this.store.planned(manager, schedule.id);
    await this.planning.endTries(manager, schedule, step.last === 'cancel' ? 'cancelled' : 'paused');
    const data = { number: period.number + 1, why: 'unpaid' };
    if (step.last === 'cancel') {
      if (planned) await manager.update(PeriodRow, planned.id, { state: 'cancelled', nextTryAt: null });
      await this.planning.end(manager, schedule, { state: 'cancelled', endedWhy: 'unpaid' });
      await this.planning.record(manager, 'schedule.cancelled', SYSTEM, schedule, data, {
        orderId: order.id,
      });
      return;
    }
    if (planned) await manager.update(PeriodRow, planned.id, { nextTryAt: null });
    const paused = { state: 'paused' as const, nextAt: null };
    await manager.update(ScheduleRow, schedule.id, paused);
    Object.assign(schedule, paused);
    await this.mrr.stopped(manager, schedule, 'unpaid');
    await this.planning.record(manager, 'schedule.paused', SYSTEM, schedule, data, { orderId: order.id });
  }

  /** By e-mail, where one is known: why, when it is tried again, and where to pay by hand. */
  private async tellPayer(
    manager: EntityManager,
    { schedule, period, order }: Asked,
    found: FailedTry,
    nextTryAt: Date | null,
  ): Promise<void> {
    const payer = schedule.payerId === null ? null : await this.payers.find(schedule.payerId, manager);
    if (!payer?.email) return;
    const site = await manager.findOneByOrFail(SiteRow, { id: schedule.siteId });
    await this.mail.queue(manager, {
      template: 'charge_failed',
      dedupe: `period:${period.id}:${period.tries}:${nextTryAt === null ? 'over' : 'again'}`,
      recipient: payer.email,
      language: order.locale.startsWith('en') ? 'en' : 'es',
      ...{ siteId: schedule.siteId, orderId: order.id },
      data: {
        ...{ siteName: site.name, planName: schedule.plan, reference: order.reference },
        ...{ amountMinor: period.amountMinor, currency: period.currency, reasonClass: found.class },
        nextTryOn: nextTryAt && localDay(nextTryAt, schedule.zone),
        ...{ payUrl: this.creation.linkUrl(order.id), zone: schedule.zone },
      },
    });
  }

  private today({ zone }: ScheduleRow): string {
    return localDay(this.clock.now(), zone);
  }

  private async record(
    manager: EntityManager,
    kind: string,
    { schedule, period }: Pick<Asked, 'schedule' | 'period'>,
    data: Record<string, string | null> = {},
  ): Promise<void> {
    const { id: periodId, number, day, amountMinor, currency, orderId } = period;
    const facts = { periodId, number: number + 1, day, amountMinor, currency };
    const of = orderId === null ? {} : { orderId };
    await this.planning.record(manager, kind, SYSTEM, schedule, { ...facts, ...data }, of);
  }
}
