import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { Actor } from '../audit/audit.service.js';
import { InstrumentsService } from '../instruments/instruments.service.js';
import { Clock } from '../platform/clock.js';
import { dueRows } from '../platform/due-rows.js';
import { ProblemError } from '../platform/problem.js';
import { remainderMinor } from '../transactions/obligation.rules.js';
import type { ObligationRow } from '../transactions/transaction.entity.js';
import { CollectRow } from './collect.entity.js';
import { mayResend, nextLook, nextQuestion } from './collect.rules.js';
import { CollectingService, type Intent } from './collecting.service.js';
import { CreationService } from './creation.service.js';
import { SessionRow } from './session.entity.js';
import { SessionStore } from './session.store.js';
import { SessionsService } from './sessions.service.js';

const LOOK_LEASE_MS = 60_000;

/** Looks once more, under the obligation's lock, whether a charge may still be sent; answers why not, or null. */
export type LastLook = (manager: EntityManager, session: SessionRow) => Promise<string | null>;

/** What became of a charge whose answer is missing: by the means that money rules 5 allow, and then by people. */
@Injectable()
export class FindingOutService {
  private readonly lastLooks: LastLook[] = [];

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly store: SessionStore,
    private readonly sessions: SessionsService,
    private readonly collecting: CollectingService,
    private readonly creation: CreationService,
    private readonly instruments: InstrumentsService,
    private readonly clock: Clock,
  ) {}

  /** Higher slices say what else must still hold before an unknown charge is sent again. */
  onLastLook(look: LastLook): void {
    this.lastLooks.push(look);
  }

  /** Charges whose answer is overdue, and those that nobody knows the outcome of. */
  due(): ReturnType<typeof dueRows> {
    return dueRows(this.database, { table: 'collects', column: 'next_look_at', leaseMs: LOOK_LEASE_MS });
  }

  async resolve(id: string): Promise<void> {
    const session = await this.store.find(id);
    if (!session) return;
    // The lease is over and no outcome was written: it counts as sent.
    if (session.state === 'opening')
      await this.collecting.leaveOpen(session, { why: 'the answer was lost', discrepancy: false });
    else if (session.state !== 'unknown') return this.lookAt(id, null);
    if (session.gatewayNumber !== null) return this.ask(session);
    const again = await this.resend(id);
    if (again) await this.collecting.send(again);
  }

  /** Its number is known: nothing is sent, it is asked about; after a week a person finds out. */
  private async ask(session: SessionRow): Promise<void> {
    const { id } = session;
    if ((await this.sessions.ask(id, 'probe')) === 'answered') return this.lookAt(id, null);
    const { firstSentAt } = await this.database.manager.findOneByOrFail(CollectRow, { id });
    const later = nextQuestion(firstSentAt, this.clock.worker());
    await this.database.transaction(async (manager) => {
      await manager.update(CollectRow, id, { nextLookAt: later });
      if (later === null) await this.collecting.tell(manager, session, 'operation_unknown', 'no_answer');
    });
  }

  /**
   * Nobody could find out, and people say that nothing was charged: the order is free again. In the caller's transaction.
   * Errors: charge_not_unknown.
   */
  async stateUncharged(manager: EntityManager, id: string, evidence: string, actor: Actor): Promise<void> {
    const owed = await this.store.lockOrder(manager, id);
    const held = await this.requireUnknown(manager, id);
    const why = { reason: 'settled_by_hand', message: evidence, actor };
    await this.creation.end(manager, { ...owed, held }, why);
  }

  /** One that only a person can find out about, locked. Errors: charge_not_unknown. */
  async requireUnknown(manager: EntityManager, id: string): Promise<SessionRow> {
    const session = await this.store.lock(manager, id);
    const collect = await manager.findOneBy(CollectRow, { id });
    if (session.state !== 'unknown' || !collect || collect.nextLookAt !== null)
      throw new ProblemError('charge_not_unknown', { subject: { type: 'session', id } });
    return session;
  }

  /** The identical request once more, after a last look under the lock; null: it is not sent, and a person is told. */
  private async resend(id: string): Promise<Intent | null> {
    return this.database.transaction(async (manager) => {
      const { obligation } = await this.store.lockOrder(manager, id);
      const session = await this.store.lock(manager, id);
      const collect = await manager.findOneByOrFail(CollectRow, { id });
      const now = this.clock.worker();
      if (session.state !== 'unknown' || session.gatewayNumber !== null) return null;
      const why = mayResend(collect, now)
        ? await this.whyNot(manager, session, collect, obligation)
        : 'spent';
      if (why !== null) {
        const later = why === 'spent' ? nextLook(collect, now) : null;
        await manager.update(CollectRow, id, { nextLookAt: later });
        if (later === null) await this.collecting.tell(manager, session, 'operation_unknown', why);
        return null;
      }
      return this.collecting.again(manager, session, collect);
    });
  }

  private async whyNot(
    manager: EntityManager,
    session: SessionRow,
    { instrumentId }: CollectRow,
    obligation: ObligationRow,
  ): Promise<string | null> {
    if (remainderMinor(obligation) < session.amountMinor) return 'nothing_due';
    const live = await this.store.liveOf(manager, session.orderId);
    if (live.some(({ id }) => id !== session.id)) return 'session_live';
    for (const look of this.lastLooks) {
      const why = await look(manager, session);
      if (why !== null) return why;
    }
    // Last: whoever replaces it holds the schedules first.
    return (await this.instruments.isUsable(manager, instrumentId)) ? null : 'instrument_unusable';
  }

  /** When it is looked at again; null: it is known. */
  private async lookAt(id: string, nextLookAt: Date | null): Promise<void> {
    await this.database.manager.update(CollectRow, id, { nextLookAt });
  }
}
