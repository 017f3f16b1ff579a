import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { SYSTEM, type Actor } from '../audit/audit.service.js';
import type { SessionSnapshot } from '../gateways/gateway.port.js';
import { GatewaysService } from '../gateways/gateways.service.js';
import { Clock } from '../platform/clock.js';
import { SitesService, type OpenAccount } from '../sites/sites.service.js';
import type { Source } from '../transactions/transaction.states.js';
import { TransactionsService } from '../transactions/transactions.service.js';
import { SessionRow } from './session.entity.js';
import { ApplyingService } from './applying.service.js';
import { SessionStore } from './session.store.js';
import { saysNothingNew } from './snapshot.rules.js';

/** How asking went: the gateway told us about the session, or it did not and we know no more than before. */
export type Asked = 'answered' | 'no_answer';

/** Asks the gateway about sessions, whoever wants to know. What it says is applied by one door. */
@Injectable()
export class SessionsService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly store: SessionStore,
    private readonly applying: ApplyingService,
    private readonly sites: SitesService,
    private readonly gateways: GatewaysService,
    private readonly transactions: TransactionsService,
    private readonly clock: Clock,
  ) {}

  /** Asks the gateway about a session and applies what it says. Sessions without a number cannot be asked about. */
  async ask(sessionId: string, source: Source, actor: Actor = SYSTEM): Promise<Asked> {
    const session = await this.store.find(sessionId);
    if (!session?.gatewayNumber) return 'no_answer';
    const account = await this.sites.openAccount(session.gatewayAccountId);
    const asked = await this.query(session, account, source, actor);
    if (!asked) return 'no_answer';
    // Before money moves the payment is always asked about, and a gateway tells of what its own answer told us before:
    // what is known already is not worth a commit.
    const maybeKnown = source === 'operation' || source === 'notification';
    const known = maybeKnown && (await this.isKnown(session, account, asked.snapshot));
    if (!known) await this.applying.apply(session.id, asked.snapshot, source, actor, asked.at);
    return 'answered';
  }

  private async isKnown(
    { id, state, evidence }: SessionRow,
    { row: { gateway } }: OpenAccount,
    said: SessionSnapshot,
  ): Promise<boolean> {
    const stored = this.gateways.port(gateway).readStored(evidence);
    const rows = await this.transactions.ofSession(this.database.manager, id);
    // An operation that waits for its outcome is judged by what is seen, though nothing of it is new.
    const open = rows.some(({ sends, nextAskAt }) => sends > 0 && nextAskAt !== null);
    return !open && saysNothingNew(said, { state, stored, rows });
  }

  /** What the gateway says of the session, and when it was asked; null when it does not say, which is noted. */
  async query(
    session: SessionRow,
    account: OpenAccount,
    source: Source,
    actor: Actor,
  ): Promise<{ snapshot: SessionSnapshot; at: Date } | null> {
    const at = this.clock.now();
    const answer = await this.gateways
      .port(account.row.gateway)
      .querySession(account.credentials, session.gatewayNumber ?? '');
    if (answer.kind === 'refused' && answer.authentication)
      await this.sites.flag(account.row.id, answer.message);
    if (answer.kind === 'session') {
      await this.sites.clearFlag(account.row);
      if (answer.session.reference === session.gatewayReference) return { snapshot: answer.session, at };
    }
    await this.applying.noteNoAnswer(session, answer, source, actor);
    return null;
  }
}
