import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Adopt, Adoption } from '@recaudo/shared';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { AuditService, GATEWAY, type Actor } from '../audit/audit.service.js';
import type { SessionSnapshot } from '../gateways/gateway.port.js';
import { GatewaysService } from '../gateways/gateways.service.js';
import { Clock } from '../platform/clock.js';
import { isUniqueViolation } from '../platform/database.js';
import { fieldProblem } from '../platform/problem.js';
import { SitesService, type OpenAccount } from '../sites/sites.service.js';
import { maySee, type Principal } from '../staff/access.js';
import { ObligationsService } from '../transactions/obligations.service.js';
import { ApplyingService } from './applying.service.js';
import { CollectRow } from './collect.entity.js';
import { outcomeTold, triedSince } from './collect.rules.js';
import { OrdersService } from './orders.service.js';
import { SessionRow, type OrderRow } from './session.entity.js';
import { SessionStore } from './session.store.js';
import { keptTerms } from './terms.rules.js';

const AT_ONCE = 8;

/** How we came to know of a session that was opened elsewhere on the same account. */
export type Road = 'notification' | 'number';

/** Takes over sessions that others opened on our account: the gateway is asked, and the record says where it is from. */
@Injectable()
export class AdoptionService {
  private readonly logger = new Logger('adoption');

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly store: SessionStore,
    private readonly orders: OrdersService,
    private readonly applying: ApplyingService,
    private readonly sites: SitesService,
    private readonly gateways: GatewaysService,
    private readonly obligations: ObligationsService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** One result per number, in their order. Errors: validation of the site. Rehearsing writes nothing. */
  async adoptAll(me: Principal, { siteId, numbers, rehearse }: Adopt): Promise<Adoption[]> {
    if (!maySee(me.scope, siteId)) throw fieldProblem('siteId', 'not_found');
    const account = await this.sites.accountOf(siteId);
    const results = new Array<Adoption>(numbers.length);
    const seen = new Set<string>();
    const queue = [...numbers.entries()];
    const worker = async (): Promise<void> => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        const [index, number] = next;
        if (!/^[1-9]\d{0,9}$/.test(number)) results[index] = nothing(number, 'malformed');
        else if (seen.has(number)) results[index] = nothing(number, 'repeated');
        else {
          seen.add(number);
          results[index] = await this.adoptOne(account, number, me, rehearse);
        }
      }
    };
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, numbers.length) }, worker));
    return results;
  }

  /** A verified notification about a number that we do not know, under the reference that it names. */
  async hear(accountId: string, number: string, reference: string): Promise<Adoption> {
    const candidates = await this.store.withoutNumber(accountId, reference);
    // The answer of one of ours is on its way: whose the number is shows when it has come.
    if (candidates.some(({ state }) => state === 'opening')) return nothing(number, 'no_answer');
    const account = await this.sites.openAccount(accountId);
    return this.adopt(account, number, { road: 'notification', actor: GATEWAY, rehearse: false });
  }

  /** What goes wrong with one number costs that one: it can be tried again. */
  private async adoptOne(
    account: OpenAccount,
    number: string,
    actor: Actor,
    rehearse: boolean,
  ): Promise<Adoption> {
    try {
      return await this.adopt(account, number, { road: 'number', actor, rehearse });
    } catch (error) {
      this.logger.error({ number, error: String(error) }, 'not taken over');
      return nothing(number, 'no_answer');
    }
  }

  private async adopt(
    account: OpenAccount,
    number: string,
    how: { road: Road; actor: Actor; rehearse: boolean },
  ): Promise<Adoption> {
    const known = await this.store.byNumber(account.row.id, number);
    if (known) return { ...nothing(number, 'known'), ...told(known) };
    const port = this.gateways.port(account.row.gateway);
    const askedAt = this.clock.now();
    const answer = await port.querySession(account.credentials, number);
    if (answer.kind === 'notFound') return nothing(number, 'not_found');
    if (answer.kind === 'refused' && answer.authentication)
      await this.sites.flag(account.row.id, answer.message);
    if (answer.kind !== 'session') return nothing(number, 'no_answer');
    const { session: snapshot } = answer;
    const lost = await this.lostAnswer(account, snapshot);
    if (lost === 'opening') return nothing(number, 'no_answer');
    if (how.rehearse) return { ...nothing(number, 'would_adopt'), ...said(snapshot) };
    const id = lost ? await this.number(lost, number) : await this.record(account, snapshot, how);
    if (id === null) return { ...nothing(number, 'known'), ...said(snapshot) };
    const source = how.road === 'notification' ? 'notification' : 'adoption';
    await this.applying.apply(id, snapshot, source, how.actor, askedAt);
    return { ...nothing(number, 'adopted'), ...said(snapshot), sessionId: id };
  }

  /**
   * A session of ours whose creation was never answered, found by reference and amount. `opening`: one of them may be
   * about to hear its own number; whose this one is shows when it has.
   */
  private async lostAnswer(
    account: OpenAccount,
    snapshot: SessionSnapshot,
  ): Promise<SessionRow | 'opening' | null> {
    const candidates = await this.store.withoutNumber(account.row.id, snapshot.reference);
    if (candidates.some((candidate) => candidate.state === 'opening')) return 'opening';
    const same = ({ amountMinor, currency }: SessionRow) =>
      amountMinor === snapshot.askedMinor &&
      (snapshot.askedCurrency === null || currency === snapshot.askedCurrency);
    const fitting = candidates.filter(same);
    const opened = fitting.find((each) => !each.collected && endsWith(each, snapshot));
    if (opened) return opened;
    const unknown = fitting.filter(({ state }) => state === 'unknown');
    for (const candidate of [...unknown, ...fitting])
      if (await this.tellsOf(candidate, snapshot)) return candidate;
    return null;
  }

  /**
   * Of what the gateway has under the reference of a charge only what proves its outcome is the charge: one that was sent
   * again may stand there twice, and a page that nobody paid, whose opening was lost, says nothing of it.
   */
  private async tellsOf(session: SessionRow, snapshot: SessionSnapshot): Promise<boolean> {
    if (!session.collected) return true;
    const { manager } = this.database;
    const { sends, sentAt, firstSentAt } = await manager.findOneByOrFail(CollectRow, { id: session.id });
    const { gatewayReference: reference, amountMinor, currency } = session;
    const sent = { reference, amountMinor, currency, sends, sentAt };
    const own = triedSince(snapshot.attempts, firstSentAt);
    return own && outcomeTold(sent, snapshot, 'nobody').kind === 'told';
  }

  private async number(session: SessionRow, gatewayNumber: string): Promise<string> {
    await this.database.manager.update(SessionRow, session.id, { gatewayNumber });
    return session.id;
  }

  /** Null when somebody else took it over at this very moment. */
  private async record(
    account: OpenAccount,
    snapshot: SessionSnapshot,
    { road, actor }: { road: Road; actor: Actor },
  ): Promise<string | null> {
    const now = this.clock.now();
    const id = uuidv7();
    try {
      return await this.database.transaction(async (manager) => {
        const order = await this.orderFor(account, snapshot, async (facts) => {
          const made = await this.orders.make(manager, facts);
          return made.order;
        });
        await this.obligations.lock(manager, order.obligationId);
        const { kind, terms, reference, number, processUrl, locale, expiresAt } = snapshot;
        await manager.insert(SessionRow, {
          id,
          siteId: account.site.id,
          orderId: order.id,
          gatewayAccountId: account.row.id,
          kind,
          terms: keptTerms(terms),
          origin: 'gateway',
          collected: false,
          state: 'pending',
          gatewayNumber: number,
          processUrl,
          gatewayReference: reference,
          amountMinor: snapshot.askedMinor,
          approvedMinor: 0,
          currency: snapshot.askedCurrency ?? account.site.currency,
          locale: locale ?? order.locale,
          attempts: 0,
          cancelSends: 0,
          expiresAt: expiresAt ?? now,
          // Should the process die before the answer is applied, the probe asks at once.
          nextProbeAt: this.clock.worker(),
          probes: 0,
          createdAt: earliest(snapshot, now),
        });
        await this.audit.record(manager, {
          kind: 'session.adopted',
          actor,
          siteId: account.site.id,
          orderId: order.id,
          subject: { type: 'session', id },
          data: { from: road, number },
        });
        return id;
      });
    } catch (error) {
      if (isUniqueViolation(error, 'sessions_number_key') || isUniqueViolation(error, 'orders_reference_key'))
        return null;
      throw error;
    }
  }

  /** The order of that reference if it asks for the same; else one of its own, named after the number too. */
  private async orderFor(
    account: OpenAccount,
    snapshot: SessionSnapshot,
    make: (facts: Parameters<OrdersService['make']>[1]) => Promise<OrderRow>,
  ): Promise<OrderRow> {
    const { manager } = this.database;
    const due = {
      amountMinor: snapshot.askedMinor,
      currency: snapshot.askedCurrency ?? account.site.currency,
    };
    const existing = await this.store.orderByReference(manager, account.site.id, snapshot.reference);
    if (existing && (await this.store.owes(existing, due))) return existing;
    return make({
      siteId: account.site.id,
      // Who pays is remembered when the answer is applied, after the obligation is locked: one order of locks.
      payerId: null,
      reference: existing ? `${snapshot.reference}#${snapshot.number}` : snapshot.reference,
      description: snapshot.description.slice(0, 250) || snapshot.reference,
      locale: snapshot.locale ?? `es_${account.site.country}`,
      returnUrl: snapshot.returnUrl,
      linkExpiresAt: snapshot.expiresAt ?? this.clock.now(),
      due,
    });
  }
}

/** Nobody says when it was opened: the first thing known to have happened to it. */
function earliest({ attempts, at }: SessionSnapshot, now: Date): Date {
  const times = [at, now, ...attempts.map((attempt) => attempt.at)].map((time) => time.getTime());
  return new Date(Math.min(...times));
}

function nothing(number: string, result: Adoption['result']): Adoption {
  const facts = {
    sessionId: null,
    reference: null,
    kind: null,
    state: null,
    amountMinor: null,
    currency: null,
  };
  return { number, result, ...facts };
}

function told(row: SessionRow): Partial<Adoption> {
  const { id: sessionId, gatewayReference: reference, kind, state, amountMinor, currency } = row;
  return { sessionId, reference, kind, state, amountMinor, currency };
}

function said(snapshot: SessionSnapshot): Partial<Adoption> {
  const { reference, kind, state, askedMinor: amountMinor, askedCurrency: currency } = snapshot;
  return { reference, kind, state, amountMinor, currency };
}

/** What we opened ends when we said, to the second; of a charge the gateway says when. */
function endsWith({ expiresAt }: SessionRow, snapshot: SessionSnapshot): boolean {
  const ends = snapshot.expiresAt?.getTime() ?? 0;
  return Math.abs(ends - expiresAt.getTime()) < 1_000;
}
