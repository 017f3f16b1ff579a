import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { PeriodChargePreview } from '@recaudo/shared';
import { DataSource } from 'typeorm';
import { InstrumentsService } from '../instruments/instruments.service.js';
import { Clock } from '../platform/clock.js';
import { bindKey, claimKey, findKey } from '../platform/idempotency.js';
import { ProblemError } from '../platform/problem.js';
import { shieldView } from '../sessions/collect.rules.js';
import { OrdersService } from '../sessions/orders.service.js';
import { OrderRow, SessionRow } from '../sessions/session.entity.js';
import type { Principal } from '../staff/access.js';
import { ObligationsService } from '../transactions/obligations.service.js';
import { ChargingService } from './charging.service.js';
import { PlanningService } from './planning.service.js';
import { ScheduleStore } from './schedule.store.js';
import { ASKABLE, whyNotByHand } from './standing.rules.js';

/** What people decide about a period that was not paid. Whoever calls has asked whether the reader may see it. */
@Injectable()
export class PeriodsService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly store: ScheduleStore,
    private readonly planning: PlanningService,
    private readonly charging: ChargingService,
    private readonly instruments: InstrumentsService,
    private readonly orders: OrdersService,
    private readonly obligations: ObligationsService,
    private readonly clock: Clock,
  ) {}

  /** What charging it now would meet; nothing is written. Errors: not_found. */
  async preview(me: Principal, id: string): Promise<PeriodChargePreview> {
    const { manager } = this.database;
    const period = await this.store.findPeriod(id);
    const schedule = period && (await this.store.find(period.scheduleId));
    if (!period || !schedule) throw new ProblemError('not_found');
    const shield = await this.charging.shieldOf(manager, schedule, period);
    const instrument = await this.instruments.find(schedule.instrumentId);
    return {
      shield: shield && shieldView(shield, me.type !== 'key'),
      why:
        whyNotByHand(period, schedule.state) ??
        (instrument ? this.instruments.whyUnusable(instrument) : 'instrument_revoked'),
    };
  }

  /** Charges it now. The same key answers with the same charge. Errors as of `ChargingService.takeByHand`. */
  async charge(me: Principal, id: string, key: string): Promise<SessionRow> {
    const { manager } = this.database;
    const request = { charge: id };
    const known = await findKey(manager, me.id, key, request);
    if (known !== null) return manager.findOneByOrFail(SessionRow, { id: known });
    return this.charging.takeByHand(id, {
      ...{ actor: me, askedBy: me.makerId },
      begun: async (inner, sessionId) => {
        await claimKey(inner, me.id, key, request, this.clock.worker());
        await bindKey(inner, me.id, key, sessionId);
      },
    });
  }

  /**
   * It is not charged any more, and its payer is not asked for it either. Errors: period_over, session_live while
   * somebody may be paying it.
   */
  async waive(me: Principal, id: string, reason: string): Promise<void> {
    await this.database.transaction(async (manager) => {
      const known = await this.store.findPeriod(id, manager);
      if (!known) throw new ProblemError('not_found');
      const order = known.orderId ? await manager.findOneByOrFail(OrderRow, { id: known.orderId }) : null;
      if (order) await this.obligations.lock(manager, order.obligationId);
      const schedule = await this.store.lock(manager, known.scheduleId);
      const period = await this.store.lockPeriod(manager, id);
      if (period.orderId !== known.orderId || !ASKABLE.includes(period.state))
        throw new ProblemError('period_over', { detail: period.state });
      const [live] = order ? await this.orders.live(manager, order.id) : [];
      if (live) throw new ProblemError('session_live', { subject: { type: 'session', id: live.id } });
      await this.planning.rest(manager, period, 'skipped', 'waived');
      if (order) await this.orders.close(manager, order);
      await this.planning.refreshPastDue(manager, schedule);
      const { number, day, amountMinor, currency } = period;
      const facts = { periodId: id, number: number + 1, day, amountMinor, currency };
      const of = order ? { orderId: order.id, reason } : { reason };
      await this.planning.record(manager, 'period.waived', me, schedule, facts, of);
    });
  }
}
