import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { CreateSession, Currency, OrderState, ProblemCode } from '@recaudo/shared';
import { In, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { AuditService, type Actor } from '../audit/audit.service.js';
import { PayersService } from '../payers/payers.service.js';
import { Clock } from '../platform/clock.js';
import { ProblemError } from '../platform/problem.js';
import type { OpenAccount } from '../sites/sites.service.js';
import { orderState } from '../transactions/obligation.rules.js';
import { LedgerService } from '../transactions/ledger.service.js';
import { ObligationsService } from '../transactions/obligations.service.js';
import type { ObligationRow } from '../transactions/transaction.entity.js';
import { OrderRow, type SessionRow } from './session.entity.js';
import { LIVE_SESSION_STATES } from './session.states.js';
import { SessionStore } from './session.store.js';

/** Why an order takes no further session, by what it owes. */
const CLOSED: Partial<Record<OrderState, ProblemCode>> = {
  part_paid: 'order_part_paid',
  held: 'order_held',
  paid: 'order_paid',
  returned: 'order_paid',
  part_returned: 'order_paid',
  overpaid: 'order_paid',
  agreed: 'order_agreed',
};

/** What is owed once, by one payer to one site: found or made for a session, under its obligation's lock. */
@Injectable()
export class OrdersService implements OnModuleInit {
  constructor(
    private readonly store: SessionStore,
    private readonly obligations: ObligationsService,
    private readonly payers: PayersService,
    private readonly audit: AuditService,
    private readonly ledger: LedgerService,
    private readonly clock: Clock,
  ) {}

  /** What was paid in part and is given back needs nobody's remainder; a hold that was gone leaves its link closed. */
  onModuleInit(): void {
    this.ledger.onEntered(async (manager, { row, obligation }) => {
      if (row.state !== 'approved' || !row.orderId || !obligation) return;
      if (row.kind !== 'reverse' && row.kind !== 'release') return;
      const order = await manager.findOneByOrFail(OrderRow, { id: row.orderId });
      if (row.kind === 'reverse') await this.queueRemainder(manager, order, obligation);
      // The gateway only said that the hold is gone: its order is not paid anew before somebody has looked.
      else if (row.authorizationCode === null) await this.close(manager, order);
    });
  }

  /** The order that the input speaks of, with its obligation locked. `known`: of a new one. Errors as of `reopen`. */
  async forInput(
    manager: EntityManager,
    me: Actor,
    input: CreateSession,
    account: OpenAccount,
    expiresAt: Date,
    known: { payerId?: string | null; replacesInstrumentId?: string | null } = {},
  ): Promise<{ order: OrderRow; obligation: ObligationRow }> {
    const due = { amountMinor: input.amountMinor ?? 0, currency: input.currency ?? account.site.currency };
    const existing = await this.store.orderByReference(manager, input.siteId, input.reference);
    if (existing) return this.reopen(manager, me, existing, { input, due, expiresAt });
    const payerId = known.payerId ?? (await this.payers.remember(manager, input.siteId, input.payer));
    return this.make(manager, {
      siteId: input.siteId,
      payerId,
      reference: input.reference,
      description: input.description,
      locale: input.locale ?? `es_${account.site.country}`,
      returnUrl: input.returnUrl ?? account.site.returnUrl,
      linkExpiresAt: expiresAt,
      replacesInstrumentId: known.replacesInstrumentId ?? null,
      due,
    });
  }

  /** Whether it could be asked for now, without writing anything. Errors as of `reopen`. */
  async requireFor(
    manager: EntityManager,
    asked: { siteId: string; reference: string; amountMinor: number; currency: Currency },
  ): Promise<void> {
    const order = await this.store.orderByReference(manager, asked.siteId, asked.reference);
    if (!order) return;
    const { dueMinor, currency } = await this.requireOpenable(manager, order);
    if (dueMinor !== asked.amountMinor || currency !== asked.currency)
      throw new ProblemError('order_differs', { errors: { amountMinor: ['order_differs'] } });
  }

  async make(
    manager: EntityManager,
    facts: Pick<
      OrderRow,
      'siteId' | 'payerId' | 'reference' | 'description' | 'locale' | 'returnUrl' | 'linkExpiresAt'
    > & { replacesInstrumentId?: string | null; due: { amountMinor: number; currency: Currency } },
  ): Promise<{ order: OrderRow; obligation: ObligationRow }> {
    const { due, replacesInstrumentId = null, ...told } = facts;
    const obligation = await this.obligations.open(manager, facts.siteId, due);
    const order: OrderRow = {
      ...told,
      id: uuidv7(),
      obligationId: obligation.id,
      agreedAt: null,
      agreedBy: null,
      agreedByName: null,
      agreedReason: null,
      closedAt: null,
      replacesInstrumentId,
      createdAt: this.clock.now(),
    };
    await manager.insert(OrderRow, order);
    return { order, obligation };
  }

  /**
   * The order once more, as it is described now. Its amount is settled once the gateway has heard of it; before that
   * it may still be corrected. Errors: order_paid, order_part_paid, order_held, order_agreed, session_live, order_differs.
   */
  private async reopen(
    manager: EntityManager,
    me: Actor,
    order: OrderRow,
    asked: {
      input: CreateSession;
      due: { amountMinor: number; currency: Currency };
      expiresAt: Date;
    },
  ): Promise<{ order: OrderRow; obligation: ObligationRow }> {
    const { input, due, expiresAt } = asked;
    const obligation = await this.requireOpenable(manager, order);
    const same = obligation.dueMinor === due.amountMinor && obligation.currency === due.currency;
    if (!same && (await this.store.isKnownToGateway(manager, order.id))) {
      throw new ProblemError('order_differs', {
        subject: { type: 'order', id: order.id },
        errors: { amountMinor: ['order_differs'] },
      });
    }
    if (!same) await this.obligations.correctDue(manager, obligation, due);
    const told = {
      description: input.description,
      locale: input.locale ?? order.locale,
      returnUrl: input.returnUrl ?? order.returnUrl,
      payerId: (await this.payers.remember(manager, order.siteId, input.payer)) ?? order.payerId,
      linkExpiresAt: expiresAt,
    };
    await manager.update(OrderRow, order.id, told);
    await this.audit.record(manager, {
      kind: 'order.reopened',
      actor: me,
      siteId: order.siteId,
      orderId: order.id,
      subject: { type: 'order', id: order.id },
      data: { ...due, description: input.description, before: order.description },
    });
    return { order: { ...order, ...told }, obligation };
  }

  /** Leaves the obligation locked. Errors name what was found: the order's state, or the session that is live. */
  async requireOpenable(manager: EntityManager, order: OrderRow): Promise<ObligationRow> {
    const obligation = await this.obligations.lock(manager, order.obligationId);
    const sessions = await this.store.ofOrder(order.id, manager);
    const done = sessions.find((session) => session.state === 'approved');
    const state = orderState(obligation, order.agreedAt !== null);
    const closed = state === 'nothing' && done ? 'order_paid' : CLOSED[state];
    if (closed) {
      const about = done ?? sessions[0];
      throw new ProblemError(closed, {
        errors: { reference: [closed] },
        ...(about ? { subject: subject(about) } : {}),
      });
    }
    const live = sessions.find((session) => LIVE_SESSION_STATES.includes(session.state));
    if (live) throw sessionLive(live);
    return obligation;
  }

  /** Leaves the obligation locked. Errors: session_live, attempt_pending, no_remainder. */
  async requireRemainder(manager: EntityManager, order: OrderRow): Promise<ObligationRow> {
    const obligation = await this.obligations.lock(manager, order.obligationId);
    const sessions = await this.store.ofOrder(order.id, manager);
    const live = sessions.find((session) => LIVE_SESSION_STATES.includes(session.state));
    if (live) throw sessionLive(live);
    // Read before the lock it may have been given up meanwhile.
    const { agreedAt } = await manager.findOneByOrFail(OrderRow, { id: order.id });
    if (orderState(obligation, agreedAt !== null) !== 'part_paid') throw new ProblemError('no_remainder');
    if (await this.store.hasOpenAttempt(manager, obligation.id)) throw new ProblemError('attempt_pending');
    return obligation;
  }

  /**
   * A remainder waits for a person while its order is paid in part, not given up, and nothing of it can be paid. To be
   * called wherever one of these may have changed, with the order as it stands under the lock. Orders of which nothing is
   * paid have none.
   */
  async queueRemainder(manager: EntityManager, order: OrderRow, obligation: ObligationRow): Promise<void> {
    if (obligation.settledMinor === 0) return;
    const open = orderState(obligation, order.agreedAt !== null) === 'part_paid';
    const live = open && (await this.store.liveOf(manager, order.id)).length > 0;
    await this.store.placeRemainder(manager, order.id, open && !live);
  }

  async exists(manager: EntityManager, siteId: string, reference: string): Promise<boolean> {
    return (await this.store.orderByReference(manager, siteId, reference)) !== null;
  }

  /** Those of so many references that name an order of the site; 5,000 at most. */
  async existing(manager: EntityManager, siteId: string, references: readonly string[]): Promise<string[]> {
    const rows = await manager.find(OrderRow, {
      select: { reference: true },
      where: { siteId, reference: In(references.slice(0, 5_000)) },
    });
    return rows.map(({ reference }) => reference);
  }

  /** Its sessions through which it may still be paid, oldest first. */
  live(manager: EntityManager, orderId: string): Promise<SessionRow[]> {
    return this.store.liveOf(manager, orderId);
  }

  /** We cancelled it: the payer's link must not open it again by itself. */
  async close(manager: EntityManager, order: OrderRow): Promise<void> {
    if (!order.closedAt) await manager.update(OrderRow, order.id, { closedAt: this.clock.now() });
  }

  /** A person gives up what is left. Errors as of `requireRemainder`. */
  async agree(manager: EntityManager, me: Actor, order: OrderRow, reason: string): Promise<void> {
    const { dueMinor, settledMinor, currency } = await this.requireRemainder(manager, order);
    await manager.update(OrderRow, order.id, {
      agreedAt: this.clock.now(),
      agreedBy: me.id,
      agreedByName: me.name,
      agreedReason: reason,
    });
    await this.store.placeRemainder(manager, order.id, false);
    await this.audit.record(manager, {
      kind: 'order.agreed',
      actor: me,
      siteId: order.siteId,
      orderId: order.id,
      subject: { type: 'order', id: order.id },
      reason,
      data: { dueMinor, settledMinor, leftMinor: dueMinor - settledMinor, currency },
    });
  }
}

export function sessionLive(live: SessionRow | undefined): ProblemError {
  return new ProblemError('session_live', {
    errors: { reference: ['session_live'] },
    ...(live ? { subject: subject(live) } : {}),
  });
}

export function subject(session: SessionRow): { type: string; id: string } {
  return { type: 'session', id: session.id };
}
