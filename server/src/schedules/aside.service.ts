import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { SYSTEM, type Actor } from '../audit/audit.service.js';
import { Clock } from '../platform/clock.js';
import { ProblemError } from '../platform/problem.js';
import type { OrderRow, SessionRow } from '../sessions/session.entity.js';
import type { ObligationRow } from '../transactions/transaction.entity.js';
import { PlanningService } from './planning.service.js';
import { PeriodRow, type ScheduleRow } from './schedule.entity.js';

const MINUTE = 60_000;
/** Another look at what stands in the way: the longer it does, the more seldom. */
const SOONEST_LOOK_MS = 10 * MINUTE;
const LATEST_LOOK_MS = 6 * 60 * MINUTE;
/** The gateway's day is over when its clock says so, not ours. */
const SHIELD_MARGIN_MS = 10 * MINUTE;

/** A charge that a person asked for: what a schedule would put off is an error to them. */
export interface ByHand {
  actor: Actor;
  askedBy: string | null;
  /** In the commit of the intent. */
  begun: (manager: EntityManager, sessionId: string) => Promise<void>;
}

/** A period that is taken up, locked with what it owes and its schedule. */
export interface Taking {
  manager: EntityManager;
  schedule: ScheduleRow;
  period: PeriodRow;
  order: OrderRow | null;
  obligation: ObligationRow | null;
  byHand: ByHand | null;
}

export interface Done {
  kind: 'done';
}

export const DONE: Done = { kind: 'done' };

/** What becomes of a period that is taken up and not charged: it is looked at again later, left to a person, or dropped. */
@Injectable()
export class AsideService {
  constructor(
    private readonly planning: PlanningService,
    private readonly clock: Clock,
  ) {}

  /** People gave up what was left of its order: nothing of it is asked for again. */
  async giveAway({ manager, schedule, period, byHand }: Taking): Promise<Done> {
    if (byHand) throw new ProblemError('order_agreed');
    await this.planning.rest(manager, period, 'skipped', 'waived');
    await this.planning.refreshPastDue(manager, schedule);
    return DONE;
  }

  /** What only a person can judge: it comes too late, or its order asks for something else, is held, or is another's. */
  async leaveToPerson(taking: Taking, why: string): Promise<Done> {
    const { manager, schedule, period, byHand } = taking;
    if (byHand) throw new ProblemError('order_differs', { detail: why });
    await this.planNext(taking);
    await this.planning.rest(manager, period, 'waiting', why);
    await this.planning.leaveToPayer(manager, schedule, period);
    await this.planning.refreshPastDue(manager, schedule);
    await this.planning.record(manager, 'period.waiting', SYSTEM, schedule, facts(period, { why }));
    return DONE;
  }

  /** Nothing of its own order keeps it: it has another turn then, and the one after it is planned. */
  async putOff(taking: Taking, why: string, instant: Date): Promise<Done> {
    return this.block(taking, { why, until: null, blockedBy: null, nextTryAt: this.clock.due(instant) });
  }

  /** The first time that a period is taken up, the one after it is planned. */
  async planNext({ manager, schedule, period }: Taking): Promise<void> {
    if (period.state === 'planned') await this.planning.plan(manager, schedule, period.number + 1);
  }

  async wait(
    taking: Taking,
    { why, session, until }: { why: string; session: SessionRow; until?: Date },
  ): Promise<Done> {
    const { period, byHand } = taking;
    if (byHand) throw new ProblemError('session_live', { subject: { type: 'session', id: session.id } });
    const nextTryAt =
      why === 'shield' && until
        ? this.clock.due(new Date(until.getTime() + SHIELD_MARGIN_MS))
        : this.anotherLook(period);
    return this.block(taking, { why, until: until ?? null, blockedBy: session.id, nextTryAt });
  }

  /** It is not to be taken up any more; a person is told so. */
  async leave({ manager, period, byHand }: Taking): Promise<Done> {
    if (byHand) throw new ProblemError('period_over', { detail: period.state });
    await manager.update(PeriodRow, period.id, { nextTryAt: null });
    return DONE;
  }

  private async block(
    taking: Taking,
    change: Pick<PeriodRow, 'until' | 'blockedBy' | 'nextTryAt'> & { why: string },
  ): Promise<Done> {
    const { manager, schedule, period } = taking;
    const { why } = change;
    await this.planNext(taking);
    await manager.update(PeriodRow, period.id, { state: 'blocked', ...change });
    if (period.why !== why)
      await this.planning.record(manager, 'period.blocked', SYSTEM, schedule, facts(period, { why }));
    return DONE;
  }

  private anotherLook({ dueAt }: PeriodRow): Date {
    const stood = this.clock.now().getTime() - dueAt.getTime();
    const wait = Math.min(Math.max(stood / 4, SOONEST_LOOK_MS), LATEST_LOOK_MS);
    return new Date(this.clock.worker().getTime() + wait);
  }
}

function facts(
  { id, number, day, amountMinor, currency }: PeriodRow,
  more: Record<string, string> = {},
): Record<string, string | number> {
  return { periodId: id, number: number + 1, day, amountMinor, currency, ...more };
}
