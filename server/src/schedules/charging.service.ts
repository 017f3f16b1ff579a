import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { addDays, localDay, termsOf } from '@recaudo/shared';
import { DataSource, type EntityManager } from 'typeorm';
import { SYSTEM, type Actor } from '../audit/audit.service.js';
import { InstrumentsService } from '../instruments/instruments.service.js';
import { Clock } from '../platform/clock.js';
import { ProblemError } from '../platform/problem.js';
import { CancellationService } from '../sessions/cancellation.service.js';
import { CollectingService, type Intent } from '../sessions/collecting.service.js';
import { FindingOutService } from '../sessions/finding-out.service.js';
import { OrdersService } from '../sessions/orders.service.js';
import { OrderRow, type SessionRow } from '../sessions/session.entity.js';
import { SitesService } from '../sites/sites.service.js';
import { remainderMinor } from '../transactions/obligation.rules.js';
import { ObligationsService } from '../transactions/obligations.service.js';
import type { ObligationRow } from '../transactions/transaction.entity.js';
import { instantOf } from './calendar.rules.js';
import { PlanningService } from './planning.service.js';
import { PeriodRow, ScheduleRow } from './schedule.entity.js';
import { CLAIM_LEASE_MS, ScheduleStore } from './schedule.store.js';
import { isSettled, SettlingService } from './settling.service.js';

const MINUTE = 60_000;
/** House rule: what is later than this is not charged before a person has looked. */
const LATE_DAYS = 3;
/** How long the payer may still pay a period by hand. */
const LINK_LIFE_MS = 90 * 24 * 60 * MINUTE;
/** Another look at what stands in the way. */
const LOOK_AGAIN_MS = 10 * MINUTE;
/** The gateway's day is over when its clock says so, not ours. */
const SHIELD_MARGIN_MS = 10 * MINUTE;
const SUSPENDED_LOOK_MS = 6 * 60 * MINUTE;

/** A charge that a person asked for: what a schedule would put off is an error to them. */
export interface ByHand {
  actor: Actor;
  askedBy: string | null;
  /** In the commit of the intent. */
  begun: (manager: EntityManager, sessionId: string) => Promise<void>;
}

interface Taking {
  manager: EntityManager;
  schedule: ScheduleRow;
  period: PeriodRow;
  order: OrderRow | null;
  obligation: ObligationRow | null;
  byHand: ByHand | null;
}

type Step = { kind: 'done' } | { kind: 'send'; intent: Intent } | { kind: 'cancel'; session: SessionRow };

const DONE: Step = { kind: 'done' };

/**
 * Takes up a period that is due: everything is looked at under the lock of what it owes, then the intent to charge is
 * committed, then the gateway is asked. A link that somebody may still pay is cancelled first, and proven cancelled.
 */
@Injectable()
export class ChargingService implements OnModuleInit {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly store: ScheduleStore,
    private readonly planning: PlanningService,
    private readonly settling: SettlingService,
    private readonly collecting: CollectingService,
    private readonly findingOut: FindingOutService,
    private readonly cancellation: CancellationService,
    private readonly orders: OrdersService,
    private readonly obligations: ObligationsService,
    private readonly instruments: InstrumentsService,
    private readonly sites: SitesService,
    private readonly clock: Clock,
  ) {}

  /** An unknown charge is not sent again for a schedule that has ended or stands still. */
  onModuleInit(): void {
    this.findingOut.onLastLook(async (manager, { orderId }) => {
      const period = await this.store.periodOfOrder(manager, orderId);
      if (!period) return null;
      const { state } = await this.store.lock(manager, period.scheduleId);
      return state === 'cancelled' || state === 'paused' ? 'schedule_over' : null;
    });
  }

  /** Charges it, or leaves behind why not and when it is looked at again. */
  async take(periodId: string): Promise<void> {
    await this.carryOut(periodId, null);
  }

  /**
   * A person charges a period that is not paid. Errors: not_found, period_over, session_live, charged_already,
   * instrument_unusable, order_paid.
   */
  async takeByHand(periodId: string, byHand: ByHand): Promise<SessionRow> {
    const session = await this.carryOut(periodId, byHand);
    if (!session) throw new ProblemError('period_over');
    return session;
  }

  private async carryOut(periodId: string, byHand: ByHand | null): Promise<SessionRow | null> {
    let step = await this.decide(periodId, byHand);
    if (step.kind === 'cancel') {
      await this.cancelLink(step.session);
      step = await this.decide(periodId, byHand);
    }
    if (step.kind === 'send') return this.collecting.send(step.intent);
    if (step.kind === 'cancel') await this.block(periodId, step.session, byHand);
    return null;
  }

  private decide(periodId: string, byHand: ByHand | null): Promise<Step> {
    return this.database.transaction(async (manager) => {
      const known = await this.store.findPeriod(periodId, manager);
      if (!known) throw new ProblemError('not_found');
      const order = known.orderId ? await manager.findOneByOrFail(OrderRow, { id: known.orderId }) : null;
      const obligation = order && (await this.obligations.lock(manager, order.obligationId));
      const schedule = await this.store.lock(manager, known.scheduleId);
      const period = await this.store.lockPeriod(manager, periodId);
      // Somebody else took it up meanwhile.
      if (period.orderId !== known.orderId) return DONE;
      const taking = { manager, schedule, period, order, obligation, byHand };
      // The claim is an old one: what became of the period since has given it another hour, or none.
      const latest = this.clock.worker().getTime() + CLAIM_LEASE_MS;
      if (!byHand && (period.nextTryAt === null || period.nextTryAt.getTime() > latest)) return DONE;
      return (await this.notDue(taking)) ?? (await this.inTheWay(taking)) ?? this.begin(taking);
    });
  }

  /** What keeps it from being due at all; null: it is due. */
  private async notDue(taking: Taking): Promise<Step | null> {
    const { manager, schedule, period, order, obligation, byHand } = taking;
    const states = byHand ? ['retrying', 'blocked', 'waiting', 'unpaid'] : ['planned', 'retrying', 'blocked'];
    if (!states.includes(period.state)) return this.leave(taking);
    if (order && obligation && isSettled(order, obligation)) {
      if (byHand) throw new ProblemError('order_paid');
      await this.settling.settled(manager, { schedule, period, order, obligation }, 'link');
      return DONE;
    }
    if (order?.agreedAt) return this.giveAway(taking);
    if (schedule.state === 'cancelled' || schedule.state === 'paused') {
      if (byHand) throw new ProblemError('period_over', { detail: schedule.state });
      if (period.state === 'planned') return this.leave(taking);
      await this.planning.rest(manager, period, 'unpaid', schedule.state);
      await this.planning.refreshPastDue(manager, schedule);
      return DONE;
    }
    return byHand || period.state !== 'planned' ? null : this.notDueYet(taking);
  }

  /** People gave up what was left of its order: nothing of it is asked for again. */
  private async giveAway({ manager, schedule, period, byHand }: Taking): Promise<Step> {
    if (byHand) throw new ProblemError('order_agreed');
    await this.planning.rest(manager, period, 'skipped', 'waived');
    await this.planning.refreshPastDue(manager, schedule);
    return DONE;
  }

  /** What only a person can judge: it comes too late, or its order asks for something else, is held, or is another's. */
  private async leaveToPerson(taking: Taking, why: string): Promise<Step> {
    const { manager, schedule, period, byHand } = taking;
    if (byHand) throw new ProblemError('order_differs', { detail: why });
    await this.planNext(taking);
    await this.planning.rest(manager, period, 'waiting', why);
    await this.planning.refreshPastDue(manager, schedule);
    await this.planning.record(manager, 'period.waiting', SYSTEM, schedule, facts(period, { why }));
    return DONE;
  }

  /** The first time: whether its schedule still wants it, and whether it comes too late. */
  private async notDueYet(taking: Taking): Promise<Step | null> {
    const { manager, schedule, period } = taking;
    const { zone, chargeHour, endsOn, lastTakenOn } = schedule;
    if (endsOn !== null && period.day >= endsOn) {
      await manager.update(PeriodRow, period.id, { state: 'cancelled', nextTryAt: null });
      await this.planning.end(manager, schedule, { state: 'cancelled', endedWhy: 'chosen' });
      await this.planning.endTries(manager, schedule, 'cancelled');
      await this.planning.record(manager, 'schedule.cancelled', SYSTEM, schedule, { endsOn });
      return DONE;
    }
    const now = this.clock.now();
    const today = localDay(now, zone);
    if (addDays(period.day, LATE_DAYS) < today) return this.leaveToPerson(taking, 'late');
    // After a pause of ours at most one overdue period a day.
    if (period.day < today && lastTakenOn !== null && lastTakenOn >= today) {
      const tomorrow = instantOf(addDays(today, 1), chargeHour, zone);
      await manager.update(PeriodRow, period.id, { nextTryAt: this.clock.due(tomorrow) });
      return DONE;
    }
    return null;
  }

  /** What stands in the way of charging it; null: nothing. */
  private async inTheWay(taking: Taking): Promise<Step | null> {
    const { manager, schedule, period, order, byHand } = taking;
    if (!order && (await this.orders.exists(manager, schedule.siteId, referenceOf(schedule, period))))
      return this.leaveToPerson(taking, 'reference_taken');
    const live = order ? await this.orders.live(manager, order.id) : [];
    const [first] = live;
    if (first && (first.collected || first.state !== 'pending'))
      return this.wait(taking, { why: first.collected ? 'unknown_alive' : 'session_live', session: first });
    const { obligation } = taking;
    if (obligation && !first && remainderMinor(obligation) !== period.amountMinor)
      return this.leaveToPerson(taking, 'order_differs');
    const { gatewayAccountId, amountMinor, currency } = period;
    const reference = referenceOf(schedule, period);
    const shield = await this.collecting.shieldOf(manager, {
      gatewayAccountId,
      reference,
      amountMinor,
      currency,
    });
    if (shield) {
      if (byHand)
        throw new ProblemError('charged_already', {
          detail: shield.until.toISOString(),
          subject: { type: 'session', id: shield.session.id },
        });
      return this.wait(taking, { why: 'shield', session: shield.session, until: shield.until });
    }
    const instrument = await this.instruments.find(schedule.instrumentId, manager);
    const why = instrument ? this.instruments.whyUnusable(instrument) : 'instrument_revoked';
    // Everything else allows it: only now is the payer's link taken away.
    if (why === null) return first ? { kind: 'cancel', session: first } : null;
    if (byHand) throw new ProblemError('instrument_unusable', { detail: why });
    if (why === 'instrument_suspended') return this.putOff(taking, why);
    // Its payer stands at the link: nothing better can happen.
    if (first) return this.wait(taking, { why: 'session_live', session: first, until: first.expiresAt });
    const { site } = await this.sites.openAccount(schedule.gatewayAccountId, manager);
    const made = await this.orderOf(taking, site.country);
    await this.planNext(taking);
    await manager.update(PeriodRow, period.id, { orderId: made.order.id });
    await this.settling.unusable(manager, { schedule, period, ...made }, why);
    return DONE;
  }

  /** Somebody has taken it out of use for a while, and may give it back. */
  private async putOff(taking: Taking, why: string): Promise<Step> {
    const { manager, schedule, period } = taking;
    await this.planNext(taking);
    const nextTryAt = new Date(this.clock.worker().getTime() + SUSPENDED_LOOK_MS);
    const change = { state: 'blocked' as const, why, until: null, blockedBy: null, nextTryAt };
    await manager.update(PeriodRow, period.id, change);
    if (period.why !== why)
      await this.planning.record(manager, 'period.blocked', SYSTEM, schedule, facts(period, { why }));
    return DONE;
  }

  private async begin(taking: Taking): Promise<Step> {
    const { manager, schedule, period, byHand } = taking;
    const account = await this.sites.openAccount(schedule.gatewayAccountId, manager);
    const { order, obligation } = await this.orderOf(taking, account.site.country);
    // Our own cancel closed it to its payer; from now on it may be asked for again.
    if (order.closedAt) await manager.update(OrderRow, order.id, { closedAt: null });
    await this.planNext(taking);
    const intent = await this.collecting.intend(manager, order, obligation, {
      ...{ actor: byHand?.actor ?? SYSTEM, account, instrumentId: schedule.instrumentId },
      ...{ terms: termsOf({ taxes: period.taxes }), askedBy: byHand?.askedBy ?? null },
      ...{ motive: null, approvalId: null },
    });
    const { session } = intent;
    await manager.update(PeriodRow, period.id, {
      ...{ state: 'charging', why: null, until: null, blockedBy: null, orderId: order.id },
      ...{ sessionId: session.id, tries: period.tries + 1, nextTryAt: null },
    });
    await byHand?.begun(manager, session.id);
    const lastTakenOn = localDay(this.clock.now(), schedule.zone);
    if (schedule.lastTakenOn !== lastTakenOn) await manager.update(ScheduleRow, schedule.id, { lastTakenOn });
    return { kind: 'send', intent };
  }

  /** Each period is an order with its own reference, made when it is first asked for. */
  private async orderOf(
    { manager, schedule, period, order, obligation }: Taking,
    country: string,
  ): Promise<{ order: OrderRow; obligation: ObligationRow }> {
    if (order && obligation) return { order, obligation };
    const { siteId, payerId, plan } = schedule;
    return this.orders.make(manager, {
      ...{ siteId, payerId, reference: referenceOf(schedule, period) },
      ...{ description: `${plan} ${period.number + 1}`, locale: `es_${country}`, returnUrl: null },
      linkExpiresAt: new Date(this.clock.now().getTime() + LINK_LIFE_MS),
      due: { amountMinor: period.amountMinor, currency: period.currency },
    });
  }

  /** The first time that a period is taken up, the one after it is planned. */
  private async planNext({ manager, schedule, period }: Taking): Promise<void> {
    if (period.state === 'planned') await this.planning.plan(manager, schedule, period.number + 1);
  }

  /** Proven or not: whether it is gone is seen under the lock. */
  private async cancelLink(session: SessionRow): Promise<void> {
    try {
      await this.cancellation.cancel(SYSTEM, session.id);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
    }
  }

  /** Its payer is paying, or nobody knows whether the cancel was heard. */
  private async block(periodId: string, session: SessionRow, byHand: ByHand | null): Promise<void> {
    await this.database.transaction(async (manager) => {
      const known = await this.store.findPeriod(periodId, manager);
      if (!known) return;
      const schedule = await this.store.lock(manager, known.scheduleId);
      const period = await this.store.lockPeriod(manager, periodId);
      if (!['planned', 'retrying', 'blocked', 'waiting', 'unpaid'].includes(period.state)) return;
      const taking = { manager, schedule, period, order: null, obligation: null, byHand };
      await this.wait(taking, { why: 'session_live', session, until: session.expiresAt });
    });
  }

  private async wait(
    taking: Taking,
    { why, session, until }: { why: string; session: SessionRow; until?: Date },
  ): Promise<Step> {
    const { manager, schedule, period, byHand } = taking;
    if (byHand) throw new ProblemError('session_live', { subject: { type: 'session', id: session.id } });
    await this.planNext(taking);
    const again =
      why === 'shield' && until
        ? this.clock.due(new Date(until.getTime() + SHIELD_MARGIN_MS))
        : new Date(this.clock.worker().getTime() + LOOK_AGAIN_MS);
    const change = { state: 'blocked' as const, why, until: until ?? null, blockedBy: session.id };
    await manager.update(PeriodRow, period.id, { ...change, nextTryAt: again });
    if (period.why !== why)
      await this.planning.record(manager, 'period.blocked', SYSTEM, schedule, facts(period, { why }));
    return DONE;
  }

  /** It is not to be taken up any more; a person is told so. */
  private async leave({ manager, period, byHand }: Taking): Promise<Step> {
    if (byHand) throw new ProblemError('period_over', { detail: period.state });
    await manager.update(PeriodRow, period.id, { nextTryAt: null });
    return DONE;
  }
}

export function referenceOf({ reference }: ScheduleRow, { number }: PeriodRow): string {
  return `${reference}-${number + 1}`;
}

function facts(
  { id, number, day, amountMinor, currency }: PeriodRow,
  more: Record<string, string> = {},
): Record<string, string | number> {
  return { periodId: id, number: number + 1, day, amountMinor, currency, ...more };
}
