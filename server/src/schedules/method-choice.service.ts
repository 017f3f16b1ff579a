import { Injectable } from '@nestjs/common';
import type { Outlook, ScheduleAct } from '@recaudo/shared';
import type { EntityManager } from 'typeorm';
import { InstrumentsService } from '../instruments/instruments.service.js';
import { PayersService } from '../payers/payers.service.js';
import { Clock } from '../platform/clock.js';
import { fieldProblem, ProblemError } from '../platform/problem.js';
import { outlookOf, type Change, type Standing } from './change.rules.js';
import type { ScheduleRow } from './schedule.entity.js';
import { whyNotCharged } from './standing.rules.js';

type Chosen = Extract<ScheduleAct, { act: 'instrument' }>;

/** Which means of payment a schedule is changed to: one that can be charged, and somebody else's only when that is said. */
@Injectable()
export class MethodChoiceService {
  constructor(
    private readonly instruments: InstrumentsService,
    private readonly payers: PayersService,
    private readonly clock: Clock,
  ) {}

  /** Keeps it as it is until the caller's transaction ends. Errors: validation by field. */
  async require(
    manager: EntityManager,
    { schedule, planned }: Standing,
    { instrumentId }: Chosen,
  ): Promise<void> {
    try {
      await this.instruments.requireUsable(manager, instrumentId, schedule.gatewayAccountId);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      throw fieldProblem('instrumentId', error.details.detail ?? error.code);
    }
    const validUntil = (await this.instruments.find(instrumentId, manager))?.validUntil ?? null;
    if (planned && validUntil !== null && validUntil < planned.day)
      throw fieldProblem('instrumentId', 'expires_before_first_charge');
  }

  /** Whether it is another payer's. A parent may pay for a child; a slip of the mouse may not. Errors: another_payer. */
  async requireSaid(manager: EntityManager, schedule: ScheduleRow, act: Chosen): Promise<boolean> {
    if ((await this.otherOwner(manager, schedule, act)) === null) return false;
    if (act.anotherPayer === true) return true;
    throw new ProblemError('another_payer', { errors: { anotherPayer: ['another_payer'] } });
  }

  /** Whose it is, where that is not the schedule's own payer; null: it is. Of whom nobody knows all fields are null. */
  async otherOwner(
    manager: EntityManager,
    { payerId }: ScheduleRow,
    { instrumentId }: Chosen,
  ): Promise<Outlook['anotherPayer']> {
    const ownerId = (await this.instruments.find(instrumentId, manager))?.payerId ?? null;
    if (ownerId !== null && ownerId === payerId) return null;
    const owner = ownerId === null ? null : await this.payers.find(ownerId, manager);
    return {
      ...{ name: owner?.name ?? null, surname: owner?.surname ?? null, email: owner?.email ?? null },
      ...{ documentType: owner?.documentType ?? null, document: owner?.document ?? null },
    };
  }

  /** What the one that is charged has against the first charge that a change leaves; null: nothing. */
  async whyNotCharged(manager: EntityManager, standing: Standing, change: Change): Promise<string | null> {
    const [next] = outlookOf(standing, change).charges;
    const id = change.schedule.instrumentId ?? standing.schedule.instrumentId;
    const instrument = next && (await this.instruments.find(id, manager));
    return instrument ? whyNotCharged(instrument, next.day, this.clock.now()) : null;
  }
}
