import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { termsOf, type CreateSession, type PayerInput, type Remainder, type Terms } from '@recaudo/shared';
import { DataSource, type EntityManager } from 'typeorm';
import type { Actor } from '../audit/audit.service.js';
import { GatewaysService } from '../gateways/gateways.service.js';
import { PayersService } from '../payers/payers.service.js';
import { Clock } from '../platform/clock.js';
import { isUniqueViolation } from '../platform/database.js';
import { bindKey, claimKey, findKey } from '../platform/idempotency.js';
import { ProblemError, fieldProblem } from '../platform/problem.js';
import { SitesService, type OpenAccount } from '../sites/sites.service.js';
import { maySee, type Principal } from '../staff/access.js';
import { remainderMinor } from '../transactions/obligation.rules.js';
import { CreationService, type PayerDevice } from './creation.service.js';
import { expirationOf, requireAccountRules } from './opening.rules.js';
import { OrdersService, sessionLive, subject } from './orders.service.js';
import { OrderRow, SessionRow } from './session.entity.js';
import { SessionStore } from './session.store.js';
import { SessionsService } from './sessions.service.js';
import { termsOfRemainder, termsOfRow } from './terms.rules.js';

interface Begun {
  session: SessionRow;
  order: OrderRow;
  repeated?: undefined;
}

/** This very request opened that session before. */
interface Repeated {
  repeated: string;
}

/** A link at which the payer stores another means of payment in the place of that one. */
export interface Replacing {
  instrumentId: string;
  payerId: string | null;
  /** What the caller's key stands for. */
  asked: object;
}

/** Opens checkouts: for a shop or a person, for the payer who comes back, for what is left of an order. */
@Injectable()
export class OpeningService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly store: SessionStore,
    private readonly orders: OrdersService,
    private readonly creation: CreationService,
    private readonly sessions: SessionsService,
    private readonly sites: SitesService,
    private readonly gateways: GatewaysService,
    private readonly payers: PayersService,
    private readonly clock: Clock,
  ) {}

  /**
   * Opens a session for a new order, or for one that ended unpaid. The same key and body answer with the same
   * session, unless that one failed: then another is opened. Errors: validation by field, those of the order's state,
   * session_live, order_differs, idempotency_key_reused, request_in_progress, gateway_refused, gateway_unreachable.
   */
  async open(
    me: Principal,
    input: CreateSession,
    key: string,
    device: PayerDevice,
    replacing?: Replacing,
  ): Promise<{ id: string; repeated: boolean }> {
    if (!maySee(me.scope, input.siteId)) throw fieldProblem('siteId', 'not_found');
    const asked = replacing?.asked ?? input;
    const before = await this.before(me, key, asked);
    if (before !== null) return { id: before, repeated: true };
    const account = await this.sites.accountOf(input.siteId);
    const expiresAt = expirationOf(input.expiresAt, this.clock.now());
    const { capabilities } = this.gateways.port(account.row.gateway);
    requireAccountRules(input, account, capabilities, this.clock.now());
    if (input.payer && Object.values(input.payer).some((text) => text === ''))
      throw fieldProblem('payer', 'empty');
    const existing = await this.store.orderByReference(this.database.manager, input.siteId, input.reference);
    if (existing) await this.askIfOver(existing.id);
    const begun = await this.begin<Begun | Repeated>(input, async (manager) => {
      const repeated = await this.repeatOf(manager, me, key, asked);
      if (repeated !== null) return { repeated };
      const { order, obligation } = await this.orders.forInput(
        manager,
        me,
        input,
        account,
        expiresAt,
        replacing && { payerId: replacing.payerId, replacesInstrumentId: replacing.instrumentId },
      );
      const wanted = { account, terms: termsOf(input), expiresAt };
      const session = await this.creation.intend(manager, me, order, obligation, wanted);
      await bindKey(manager, me.id, key, session.id);
      return { session, order };
    });
    if (begun.repeated !== undefined) return { id: begun.repeated, repeated: true };
    return this.finish(begun, account, { actor: me, payer: input.payer ?? null, device });
  }

  /** Opens the next session of an order whose last one ended unpaid, for the payer who stands at its link. */
  async openAgain(actor: Actor, orderId: string, device: PayerDevice): Promise<string> {
    const known = await this.store.order(orderId);
    if (!known) throw new ProblemError('not_found');
    if (known.closedAt) throw new ProblemError('session_over');
    const account = await this.sites.accountOf(known.siteId);
    await this.askIfOver(orderId);
    const begun = await this.begin(known, async (manager) => {
      const order = await manager.findOneByOrFail(OrderRow, { id: orderId });
      const obligation = await this.orders.requireOpenable(manager, order);
      const [latest] = await this.store.ofOrder(orderId, manager);
      const terms = latest ? termsOfRow(latest) : termsOf({});
      const asked = { account, terms, expiresAt: order.linkExpiresAt };
      return { order, session: await this.creation.intend(manager, actor, order, obligation, asked) };
    });
    const payer = await this.payers.inputOf(begun.order.payerId);
    return (await this.finish(begun, account, { actor, payer, device })).id;
  }

  /**
   * A new link for what is left of an order that is paid in part. Errors: not_found, session_live, attempt_pending,
   * no_remainder, validation by field, and those of asking the gateway.
   */
  async openRemainder(
    me: Principal,
    sessionId: string,
    input: Remainder,
    key: string,
    device: PayerDevice,
  ): Promise<{ id: string; repeated: boolean }> {
    const session = await this.store.find(sessionId);
    const known = session && (await this.store.order(session.orderId));
    if (!session || !known || !maySee(me.scope, session.siteId)) throw new ProblemError('not_found');
    const asked = { sessionId, ...input };
    const before = await this.before(me, key, asked);
    if (before !== null) return { id: before, repeated: true };
    const account = await this.sites.accountOf(known.siteId);
    const expiresAt = expirationOf(input.expiresAt, this.clock.now());
    const begun = await this.begin<Begun | Repeated>(known, async (manager) => {
      const repeated = await this.repeatOf(manager, me, key, asked);
      if (repeated !== null) return { repeated };
      const obligation = await this.orders.requireRemainder(manager, known);
      const terms = await this.remainderTerms(manager, session, remainderMinor(obligation));
      await manager.update(OrderRow, known.id, { linkExpiresAt: expiresAt });
      const order = { ...known, linkExpiresAt: expiresAt };
      const opened = await this.creation.intend(manager, me, order, obligation, {
        account,
        terms,
        expiresAt,
      });
      await bindKey(manager, me.id, key, opened.id);
      return { session: opened, order };
    });
    if (begun.repeated !== undefined) return { id: begun.repeated, repeated: true };
    const payer = await this.payers.inputOf(begun.order.payerId);
    return this.finish(begun, account, { actor: me, payer, device });
  }

  private async remainderTerms(
    manager: EntityManager,
    session: SessionRow,
    leftMinor: number,
  ): Promise<Terms> {
    const approved = await this.store.approvedParts(manager, session.orderId);
    const siblings = await this.store.ofOrder(session.orderId, manager);
    const origin = siblings.filter((each) => each.approvedMinor > 0).at(-1) ?? session;
    const terms = termsOfRemainder(termsOfRow(origin), approved, leftMinor);
    if (!terms) throw new ProblemError('no_remainder');
    return terms;
  }

  private async finish(
    { session, order }: Begun,
    account: OpenAccount,
    by: { actor: Actor; payer: PayerInput | null; device: PayerDevice },
  ): Promise<{ id: string; repeated: boolean }> {
    await this.creation.ask(session, order, account, by);
    return { id: session.id, repeated: false };
  }

  /** A session past its time may have ended without us hearing of it: only the gateway knows. */
  private async askIfOver(orderId: string): Promise<void> {
    const [latest] = await this.store.ofOrder(orderId);
    const open = latest?.state === 'pending' || latest?.state === 'partial';
    if (latest && open && latest.expiresAt <= this.clock.now()) await this.sessions.ask(latest.id, 'visit');
  }

  /** The unique indexes have the last word when two open at once; the loser is told who won. */
  private async begin<T>(
    wanted: { siteId: string; reference: string },
    act: (manager: EntityManager) => Promise<T>,
  ): Promise<T> {
    try {
      return await this.database.transaction(act);
    } catch (error) {
      const lost = ['sessions_live_key', 'orders_reference_key'].some((index) =>
        isUniqueViolation(error, index),
      );
      if (!lost) throw error;
      const order = await this.store.orderByReference(this.database.manager, wanted.siteId, wanted.reference);
      const [winner] = order ? await this.store.ofOrder(order.id) : [];
      throw sessionLive(winner);
    }
  }

  /** Before anything is judged: what was right when it was first asked for may be too late by now. */
  private async before(me: Principal, key: string, asked: object): Promise<string | null> {
    const { manager } = this.database;
    return this.opened(manager, await findKey(manager, me.id, key, asked));
  }

  private async repeatOf(
    manager: EntityManager,
    me: Principal,
    key: string,
    asked: object,
  ): Promise<string | null> {
    return this.opened(manager, await claimKey(manager, me.id, key, asked, this.clock.worker()));
  }

  /** The session that this very request opened before; one that failed does not count. */
  private async opened(manager: EntityManager, id: string | null): Promise<string | null> {
    const session = id && (await manager.findOneBy(SessionRow, { id }));
    if (!session || session.state === 'failed') return null;
    if (session.state === 'opening')
      throw new ProblemError('request_in_progress', { subject: subject(session) });
    return session.id;
  }
}
