import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { AuditService, GATEWAY, type Actor } from '../audit/audit.service.js';
import type { QueryAnswer } from '../gateways/gateway.port.js';
import { GatewaysService } from '../gateways/gateways.service.js';
import { Clock } from '../platform/clock.js';
import { ProblemError } from '../platform/problem.js';
import { SitesService } from '../sites/sites.service.js';
import { ApplyingService } from './applying.service.js';
import { subject } from './orders.service.js';
import { SessionRow } from './session.entity.js';
import { SessionStore } from './session.store.js';
import { SessionsService } from './sessions.service.js';

/** An unanswered cancel is sent again by the probe, while the gateway calls the session pending; so often at most. */
const MAX_SENDS = 3;
const LOOK_AGAIN_MS = 5_000;

/** Ends a payment that nobody has paid. Until the gateway has said so, the order stays locked. */
@Injectable()
export class CancellationService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly store: SessionStore,
    private readonly sessions: SessionsService,
    private readonly applying: ApplyingService,
    private readonly sites: SitesService,
    private readonly gateways: GatewaysService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /**
   * Errors: session_over, session_partly_paid; session_being_paid when a payer was quicker (what is true now has been
   * asked); gateway_unreachable when nobody knows yet (it goes on being found out).
   */
  async cancel(me: Actor, sessionId: string): Promise<void> {
    const session = await this.intend(me, sessionId);
    const answer = await this.send(session, me);
    const now = await this.store.find(sessionId);
    if (!now || now.state === 'cancelled') return;
    const about = { subject: subject(session) };
    if (now.approvedMinor > 0 && now.state !== 'approved')
      throw new ProblemError('session_partly_paid', about);
    const nobodyKnows = answer === 'unknown' || answer === 'unsent' || now.cancelAskedAt !== null;
    const open = now.state === 'pending' && nobodyKnows;
    throw new ProblemError(open ? 'gateway_unreachable' : 'session_being_paid', about);
  }

  /** The probe has seen that it is pending still: the cancel that went unanswered is sent again, or given up. */
  async resume(sessionId: string): Promise<void> {
    const session = await this.store.find(sessionId);
    if (!session?.cancelAskedAt || session.state !== 'pending') return;
    if (session.cancelSends >= MAX_SENDS) return this.giveUp(session, 'unknown', 'no answer');
    await this.database.manager.update(SessionRow, sessionId, { cancelSends: session.cancelSends + 1 });
    await this.send(session, GATEWAY);
  }

  private async intend(me: Actor, sessionId: string): Promise<SessionRow> {
    return this.database.transaction(async (manager) => {
      const held = await this.store.lock(manager, sessionId);
      if (held.state === 'partial' || held.approvedMinor > 0)
        throw new ProblemError('session_partly_paid', { subject: subject(held) });
      if (held.state !== 'pending' || !held.gatewayNumber)
        throw new ProblemError('session_over', { subject: subject(held) });
      const change = { cancelAskedAt: held.cancelAskedAt ?? this.clock.now(), cancelSends: 1 };
      await manager.update(SessionRow, sessionId, change);
      const { siteId, orderId } = held;
      await this.audit.record(manager, {
        kind: 'session.cancel_asked',
        actor: me,
        siteId,
        orderId,
        subject: { type: 'session', id: sessionId },
      });
      return { ...held, ...change };
    });
  }

  /** How the gateway took it; a refusal of our credentials proves nothing about the payer. */
  private async send(session: SessionRow, actor: Actor): Promise<'done' | 'refused' | 'unsent' | 'unknown'> {
    const account = await this.sites.openAccount(session.gatewayAccountId);
    const port = this.gateways.port(account.row.gateway);
    const askedAt = this.clock.now();
    const answer = await port.cancelSession(account.credentials, session.gatewayNumber ?? '');
    if (answer.kind === 'session') {
      await this.applying.apply(session.id, answer.session, 'operation', actor, askedAt);
      return 'done';
    }
    const distrusted = answer.kind === 'refused' && answer.authentication;
    if (distrusted) await this.sites.flag(account.row.id, answer.message);
    await this.sessions.ask(session.id, 'operation', actor);
    if (answer.kind === 'unknown') await this.lookAgain(session);
    else await this.giveUp(session, ...why(answer));
    if (answer.kind === 'unknown') return 'unknown';
    return answer.kind === 'unsent' || distrusted ? 'unsent' : 'refused';
  }

  private async lookAgain(session: SessionRow): Promise<void> {
    const nextProbeAt = new Date(this.clock.worker().getTime() + LOOK_AGAIN_MS);
    await this.database.manager.update(SessionRow, { id: session.id, state: 'pending' }, { nextProbeAt });
  }

  private async giveUp(session: SessionRow, reason: string, message: string): Promise<void> {
    await this.database.transaction(async (manager) => {
      const held = await this.store.lock(manager, session.id);
      if (!held.cancelAskedAt) return;
      await manager.update(SessionRow, held.id, { cancelAskedAt: null });
      await this.audit.record(manager, {
        kind: 'session.cancel_refused',
        actor: GATEWAY,
        siteId: held.siteId,
        orderId: held.orderId,
        subject: { type: 'session', id: held.id },
        data: { reason, message: message.slice(0, 500) },
      });
    });
  }
}

function why(answer: Exclude<QueryAnswer, { kind: 'session' | 'unknown' }>): [string, string] {
  if (answer.kind === 'refused') return [answer.reason, answer.message];
  return answer.kind === 'unsent' ? ['unsent', answer.why] : ['not_found', ''];
}
