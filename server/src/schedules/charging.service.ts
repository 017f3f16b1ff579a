import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { addDays, localDay, termsOf, type PeriodState } from '@recaudo/shared';
import { DataSource, type EntityManager } from 'typeorm';
import { SYSTEM } from '../audit/audit.service.js';
import { InstrumentsService } from '../instruments/instruments.service.js';
import { Clock } from '../platform/clock.js';
import { ProblemError } from '../platform/problem.js';
import { CancellationService } from '../sessions/cancellation.service.js';
import { chargedAlready, type Shield } from '../sessions/collect.rules.js';
import { CollectingService, type Intent } from '../sessions/collecting.service.js';
import { FindingOutService } from '../sessions/finding-out.service.js';
import { OrdersService } from '../sessions/orders.service.js';
import { OrderRow, SessionRow } from '../sessions/session.entity.js';
import { SitesService } from '../sites/sites.service.js';
import { remainderMinor } from '../transactions/obligation.rules.js';
import { ObligationsService } from '../transactions/obligations.service.js';
import type { ObligationRow } from '../transactions/transaction.entity.js';
import { AsideService, DONE, type ByHand, type Done, type Taking } from './aside.service.js';
import { instantOf } from './calendar.rules.js';
import { PeriodOrdersService, referenceOf } from './period-orders.service.js';
import { PlanningService } from './planning.service.js';
import { PeriodRow, ScheduleRow } from './schedule.entity.js';
import { CLAIM_LEASE_MS, ScheduleStore } from './schedule.store.js';
import { isSettled, SettlingService } from './settling.service.js';
import { ASKABLE } from './standing.rules.js';

/** What is taken up by itself; the rest only when a person asks for it. */
const CHARGED_ALONE: readonly PeriodState[] = ['planned', 'retrying', 'blocked'];
const MINUTE = 60_000;
/** Somebody has taken it out of use for a while, and may give it back. */
const SUSPENDED_LOOK_MS = 6 * 60 * MINUTE;

type Step = Done | { kind: 'send'; intent: Intent } | { kind: 'cancel'; session: SessionRow };

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
    private readonly aside: AsideService,
    private readonly collecting: CollectingService,
    private readonly findingOut: FindingOutService,
    private readonly cancellation: CancellationService,
    private readonly periodOrders: PeriodOrdersService,
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
    const sessionId = await this.carryOut(periodId, byHand);
    if (sessionId === null) throw new ProblemError('period_over');
    return this.database.manager.findOneByOrFail(SessionRow, { id: sessionId });
  }

  /** Its charge of the last 24 hours, which the gateway would answer with once more; null: there is none. */
  shieldOf(manager: EntityManager, schedule: ScheduleRow, period: PeriodRow): Promise<Shield | null> {
    const { gatewayAccountId, number, amountMinor, currency } = period;
    const reference = referenceOf(schedule, number);
    return this.collecting.shieldOf(manager, { gatewayAccountId, reference, amountMinor, currency });
  }

  /** The session by which it was charged; null: it was not. */
  private async carryOut(periodId: string, byHand: ByHand | null): Promise<string | null> {
    let step = await this.decide(periodId, byHand);
    if (step.kind === 'cancel') {
      await this.cancelLink(step.session);
      step = await this.decide(periodId, byHand);
    }
    if (step.kind === 'send') {
      await this.collecting.send(step.intent);
      return step.intent.session.id;
    }
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
    const states = byHand ? ASKABLE : CHARGED_ALONE;
    if (!states.includes(period.state)) return this.aside.leave(taking);
    if (order && obligation && isSettled(order, obligation)) {
      if (byHand) throw new ProblemError('order_paid');
      await this.settling.settled(manager, { schedule, period, order, obligation }, 'link');
      return DONE;
    }
    if (order?.agreedAt) return this.aside.giveAway(taking);
    if (schedule.state === 'cancelled' || schedule.state === 'paused') {
      if (byHand) throw new ProblemError('period_over', { detail: schedule.state });
      if (period.state === 'planned') return this.aside.leave(taking);
      await this.planning.rest(manager, period, 'unpaid', schedule.state);
      await this.planning.refreshPastDue(manager, schedule);
      return DONE;
    }
    return byHand || wasAsked(period) ? null : this.notItsTurn(taking);
  }

  /** Never asked for yet: whether its schedule still wants it, whether it comes too late, and whether others come first. */
  private async notItsTurn(taking: Taking): Promise<Step | null> {
    const { manager, schedule, period } = taking;
    const { siteId, zone, chargeHour, endsOn, lastOverdueOn } = schedule;
    if (period.state === 'planned' && endsOn !== null && period.day >= endsOn) {
      await manager.update(PeriodRow, period.id, { state: 'cancelled', nextTryAt: null });
      await this.planning.end(manager, schedule, { state: 'cancelled', endedWhy: 'chosen' });
      await this.planning.endTries(manager, schedule, 'cancelled');
      await this.planning.record(manager, 'schedule.cancelled', SYSTEM, schedule, { endsOn });
      return DONE;
    }
    const now = this.clock.now();
    const today = localDay(now, zone);
    if (period.day >= today) return null;
    const lateDays = await this.sites.lateDays(siteId, manager);
    if (addDays(period.day, lateDays) < today) return this.aside.leaveToPerson(taking, 'late');
    // Of what stood still, for whatever reason, at most one overdue period a day, oldest first.
    const taken = lastOverdueOn !== null && lastOverdueOn >= today;
    if (!taken && !(await this.store.hasOlderWaiting(manager, period))) return null;
    return this.aside.putOff(taking, 'overdue', instantOf(addDays(today, 1), chargeHour, zone));
  }

  /** What stands in the way of charging it; null: nothing. */
  private async inTheWay(taking: Taking): Promise<Step | null> {
    const { manager, schedule, period, order, byHand } = taking;
    if (!order && (await this.periodOrders.isTaken(manager, schedule, period)))
      return this.aside.leaveToPerson(taking, 'reference_taken');
    const live = order ? await this.orders.live(manager, order.id) : [];
    const [first] = live;
    if (first && (first.collected || first.state !== 'pending'))
      return this.aside.wait(taking, {
        why: first.collected ? 'unknown_alive' : 'session_live',
        session: first,
      });
    const { obligation } = taking;
    if (obligation && !first && remainderMinor(obligation) !== period.amountMinor)
      return this.aside.leaveToPerson(taking, 'order_differs');
    // Without an order nothing ever went out under its reference.
    const shield = order && (await this.shieldOf(manager, schedule, period));
    if (shield) {
      if (byHand) throw chargedAlready(shield);
      return this.aside.wait(taking, { why: 'shield', session: shield.session, until: shield.until });
    }
    const instrument = await this.instruments.find(schedule.instrumentId, manager);
    const why = instrument ? this.instruments.whyUnusable(instrument) : 'instrument_revoked';
    // Everything else allows it: only now is the payer's link taken away.
    if (why === null) return first ? { kind: 'cancel', session: first } : null;
    if (byHand) throw new ProblemError('instrument_unusable', { detail: why });
    if (why === 'instrument_suspended')
      return this.aside.putOff(taking, why, new Date(this.clock.now().getTime() + SUSPENDED_LOOK_MS));
    // Its payer stands at the link: nothing better can happen.
    if (first)
      return this.aside.wait(taking, { why: 'session_live', session: first, until: first.expiresAt });
    const { site } = await this.sites.openAccount(schedule.gatewayAccountId, manager);
    const made = await this.orderOf(taking, site.country);
    await this.aside.planNext(taking);
    await manager.update(PeriodRow, period.id, { orderId: made.order.id });
    await this.settling.unusable(manager, { schedule, period, ...made }, why);
    return DONE;
  }

  private async begin(taking: Taking): Promise<Step> {
    const { manager, schedule, period, byHand } = taking;
    const account = await this.sites.openAccount(schedule.gatewayAccountId, manager);
    const { order, obligation } = await this.orderOf(taking, account.site.country);
    // Our own cancel closed it to its payer; from now on it may be asked for again.
    if (order.closedAt) await manager.update(OrderRow, order.id, { closedAt: null });
    await this.aside.planNext(taking);
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
    const today = localDay(this.clock.now(), schedule.zone);
    if (!byHand && !wasAsked(period) && period.day < today)
      await manager.update(ScheduleRow, schedule.id, { lastOverdueOn: today });
    return { kind: 'send', intent };
  }

  private async orderOf(
    { manager, schedule, period, order, obligation }: Taking,
    country: string,
  ): Promise<{ order: OrderRow; obligation: ObligationRow }> {
    if (order && obligation) return { order, obligation };
    return this.periodOrders.make(manager, schedule, period, country);
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
      if (period.state !== 'planned' && !ASKABLE.includes(period.state)) return;
      const taking = { manager, schedule, period, order: null, obligation: null, byHand };
      await this.aside.wait(taking, { why: 'session_live', session, until: session.expiresAt });
    });
  }
}

/** The gateway was asked for it, or could not be: from then on its policy says when it is tried. */
const wasAsked = ({ tries, failed }: PeriodRow): boolean => tries > 0 || failed.length > 0;
