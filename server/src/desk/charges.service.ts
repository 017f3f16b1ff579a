import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { termsOf, type CollectPreview, type CreateCollect } from '@recaudo/shared';
import { DataSource, type EntityManager } from 'typeorm';
import type { ApprovalRow } from '../approvals/approval.entity.js';
import { ApprovalsService } from '../approvals/approvals.service.js';
import type { Asked } from '../approvals/approval.rules.js';
import type { InstrumentRow } from '../instruments/instrument.entity.js';
import { InstrumentsService } from '../instruments/instruments.service.js';
import { Clock } from '../platform/clock.js';
import { isUniqueViolation } from '../platform/database.js';
import { bindKey, claimKey, findKey } from '../platform/idempotency.js';
import { ProblemError, fieldProblem } from '../platform/problem.js';
import { chargedAlready, shieldView } from '../sessions/collect.rules.js';
import { CollectingService } from '../sessions/collecting.service.js';
import { OrdersService, sessionLive, subject } from '../sessions/orders.service.js';
import { SessionRow } from '../sessions/session.entity.js';
import { SitesService, type OpenAccount } from '../sites/sites.service.js';
import { maySee, type Principal } from '../staff/access.js';
import { startOfDay } from './business-days.rules.js';
import { limitExceeded } from './limit.rules.js';

/** How long the payer's link of a charged order lives: whoever was not charged may pay by hand. */
const LINK_LIFE_MS = 30 * 24 * 3_600_000;

export type Charged = { session: SessionRow; approval: null } | { session: null; approval: ApprovalRow };

interface Subject {
  instrument: InstrumentRow;
  account: OpenAccount;
}

/** A second person has approved exactly this; null: nobody needed to. */
type Approved = string | null;

/** "Charge this card now": once, by the rules of the order it is for, and never again within the gateway's shield. */
@Injectable()
export class ChargesService implements OnModuleInit {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly collecting: CollectingService,
    private readonly orders: OrdersService,
    private readonly instruments: InstrumentsService,
    private readonly sites: SitesService,
    private readonly approvals: ApprovalsService,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.approvals.carryOut('collect', (approval, maker) => this.carryOutApproved(approval, maker));
  }

  /** What asking for it would do now; nothing is written. Errors: not_found. */
  async preview(
    me: Principal,
    wanted: Pick<CreateCollect, 'instrumentId' | 'reference' | 'amountMinor' | 'currency'>,
  ): Promise<CollectPreview> {
    const { manager } = this.database;
    const { instrument, account } = await this.require(me, wanted.instrumentId);
    const gatewayAccountId = account.row.id;
    const shield = await this.collecting.shieldOf(manager, { ...wanted, gatewayAccountId });
    const why =
      wanted.currency === account.site.currency ? this.instruments.whyUnusable(instrument) : 'other_currency';
    return {
      shield: shield && shieldView(shield, me.type !== 'key'),
      needsApproval: await this.exceeded(manager, me, account, wanted),
      why,
    };
  }

  /**
   * Errors: not_found, validation by field, instrument_unusable, charged_already naming the earlier one and until when,
   * those of the order's state, session_live, order_differs, above_limit, idempotency_key_reused, request_in_progress.
   */
  async charge(me: Principal, body: CreateCollect, key: string): Promise<Charged> {
    const { instrument, account } = await this.require(me, body.instrumentId);
    const before = await this.before(me, body, key);
    if (before) return before;
    if (body.currency !== account.site.currency) throw fieldProblem('currency', 'other_currency');
    await this.requireNotSent(this.database.manager, account, body);
    const exceeded = await this.exceeded(this.database.manager, me, account, body);
    if (exceeded === null) return this.carryOut(me, body, key, { instrument, account }, null);
    const approval = await this.ask(me, body, key, { instrument, account });
    return { session: null, approval };
  }

  private async carryOutApproved(approval: ApprovalRow, maker: Principal): Promise<void> {
    const { data, targetId: instrumentId, amountMinor, currency, reason } = approval;
    const subject = await this.require(maker, instrumentId);
    const body: CreateCollect = {
      ...{ instrumentId, amountMinor: amountMinor ?? 0, currency: currency ?? subject.account.site.currency },
      ...{ reference: data.reference as string, description: data.description as string },
      ...{
        taxes: data.taxes as CreateCollect['taxes'],
        hold: data.hold === true,
        ...(reason ? { reason } : {}),
      },
    };
    await this.carryOut(maker, body, `approval:${approval.id}`, subject, approval.id);
  }

  private async carryOut(
    me: Principal,
    body: CreateCollect,
    key: string,
    { instrument, account }: Subject,
    approvalId: Approved,
  ): Promise<Charged> {
    const begun = await this.begin(async (manager) => {
      const known = await claimKey(manager, me.id, key, body, this.clock.worker());
      if (known !== null) return { repeated: known };
      if (approvalId === null) await this.requireWithin(manager, me, account, body);
      const { order, obligation } = await this.orderFor(manager, me, body, instrument, account);
      // Under the order's lock: whoever was quicker has sent it by now.
      await this.requireNotSent(manager, account, body);
      const intent = await this.collecting.intend(manager, order, obligation, {
        ...{ actor: me, account, instrumentId: instrument.id },
        terms: termsOf({ preauthorization: body.hold, taxes: body.taxes }),
        ...{ askedBy: me.makerId, motive: body.reason ?? null, approvalId },
      });
      await bindKey(manager, me.id, key, intent.session.id);
      if (approvalId !== null)
        await this.approvals.spend(manager, approvalId, askedOf(body, account), null, {
          sessionId: intent.session.id,
        });
      return { intent };
    });
    if (begun.intent) await this.collecting.send(begun.intent);
    const session = await this.chargeOf(begun.intent ? begun.intent.session.id : begun.repeated);
    return { session, approval: null };
  }

  private orderFor(
    manager: EntityManager,
    me: Principal,
    { reference, description, amountMinor, currency }: CreateCollect,
    { payerId }: InstrumentRow,
    account: OpenAccount,
  ): ReturnType<OrdersService['forInput']> {
    const expiresAt = new Date(this.clock.now().getTime() + LINK_LIFE_MS);
    const input = { siteId: account.site.id, reference, description, amountMinor, currency };
    return this.orders.forInput(manager, me, input, account, expiresAt, { payerId });
  }

  /** Judged first as if it were carried out: nobody approves the impossible. */
  private async ask(me: Principal, body: CreateCollect, key: string, subject: Subject): Promise<ApprovalRow> {
    const { instrument, account } = subject;
    return this.database.transaction(async (manager) => {
      await claimKey(manager, me.id, key, body, this.clock.worker());
      await this.instruments.requireUsable(manager, instrument.id, account.row.id);
      await this.orders.requireFor(manager, { siteId: account.site.id, ...body });
      const approval = await this.approvals.request(manager, me, askedOf(body, account));
      await bindKey(manager, me.id, key, approval.id);
      return approval;
    });
  }

  private async requireNotSent(
    manager: EntityManager,
    account: OpenAccount,
    body: CreateCollect,
  ): Promise<void> {
    const shield = await this.collecting.shieldOf(manager, { ...body, gatewayAccountId: account.row.id });
    if (shield) throw chargedAlready(shield);
  }

  /** One charge of a person at a time: two at once cannot both be the last within the limit. */
  private async requireWithin(
    manager: EntityManager,
    me: Principal,
    account: OpenAccount,
    body: CreateCollect,
  ): Promise<void> {
    await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 11))', [me.makerId]);
    const exceeded = await this.exceeded(manager, me, account, body);
    if (exceeded) throw new ProblemError('above_limit', { detail: exceeded });
  }

  private async exceeded(
    manager: EntityManager,
    { makerId }: Principal,
    { site }: OpenAccount,
    { amountMinor, currency }: Pick<CreateCollect, 'amountMinor' | 'currency'>,
  ): Promise<string | null> {
    const since = startOfDay(this.clock.now(), site.zone);
    const asked = { by: makerId, siteId: site.id, currency, since };
    const dayMinor = await this.collecting.askedSince(manager, asked);
    const limits = site.collectLimits && {
      ...site.collectLimits,
      // A charge has no parent whose charges would add up.
      paymentMinor: site.collectLimits.operationMinor,
    };
    return limitExceeded(limits, site.currency, { amountMinor, currency, paymentMinor: 0, dayMinor });
  }

  private async require(me: Principal, instrumentId: string): Promise<Subject> {
    const instrument = await this.instruments.find(instrumentId);
    if (!instrument || !maySee(me.scope, instrument.siteId)) throw new ProblemError('not_found');
    return { instrument, account: await this.sites.openAccount(instrument.gatewayAccountId) };
  }

  /** What the same key came to before: a charge, or the second person that was asked. */
  private async before(me: Principal, body: CreateCollect, key: string): Promise<Charged | null> {
    const known = await findKey(this.database.manager, me.id, key, body);
    if (known === null) return null;
    const approval = await this.approvals.find(known);
    if (approval) return { session: null, approval };
    return { session: await this.chargeOf(known), approval: null };
  }

  private async chargeOf(sessionId: string): Promise<SessionRow> {
    const session = await this.database.manager.findOneByOrFail(SessionRow, { id: sessionId });
    if (session.state === 'opening')
      throw new ProblemError('request_in_progress', { subject: subject(session) });
    return session;
  }

  /** The unique indexes have the last word when two charge at once. */
  private async begin<T>(act: (manager: EntityManager) => Promise<T>): Promise<T> {
    try {
      return await this.database.transaction(act);
    } catch (error) {
      const lost = ['sessions_live_key', 'orders_reference_key'].some((index) =>
        isUniqueViolation(error, index),
      );
      throw lost ? sessionLive(undefined) : error;
    }
  }
}

function askedOf(
  { instrumentId, reference, description, amountMinor, currency, taxes, hold, reason }: CreateCollect,
  { row, site }: OpenAccount,
): Asked {
  return {
    ...{ kind: 'collect', siteId: site.id, gatewayAccountId: row.id, orderId: null },
    ...{ targetType: 'instrument', targetId: instrumentId, reference, amountMinor, currency },
    data: { reference, description, hold, taxes },
    reason: reason ?? '',
  };
}
