import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { ReviewKind } from '@recaudo/shared';
import { DataSource, In } from 'typeorm';
import { Clock } from '../platform/clock.js';
import { SitesService } from '../sites/sites.service.js';
import { holdEndsAt } from './hold.rules.js';
import { LedgerService } from './ledger.service.js';
import {
  ATTENTION_AFTER_MS,
  mayResend,
  nextAsk,
  RESOLUTION,
  type Circumstances,
  type OperationKind,
} from './operation.rules.js';
import { OperationsService } from './operations.service.js';
import { ObligationRow, TransactionRow } from './transaction.entity.js';
import { isLiveOperation, LIVE_OPERATION_STATES } from './transaction.states.js';

/** Asks the gateway about a session and applies what it says; whoever owns sessions provides it. */
export type AskSession = (
  sessionId: string,
  source: 'probe' | 'operation',
) => Promise<'answered' | 'no_answer'>;

/** Finds out what became of operations whose outcome is open, by the means that money rules 5 allow, and no others. */
@Injectable()
export class ResolvingService {
  private ask: AskSession = () => Promise.resolve('no_answer');
  private wake: (operation: TransactionRow) => Promise<void> = () => Promise.resolve();

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly operations: OperationsService,
    private readonly ledger: LedgerService,
    private readonly sites: SitesService,
    private readonly clock: Clock,
  ) {}

  askBy(ask: AskSession): void {
    this.ask = ask;
  }

  /** What is done with a refund whose hour has come. */
  wakeBy(wake: (operation: TransactionRow) => Promise<void>): void {
    this.wake = wake;
  }

  /** Asks the gateway about a payment's session now; false when it does not say. */
  async look(payment: TransactionRow): Promise<boolean> {
    return payment.sessionId !== null && (await this.ask(payment.sessionId, 'operation')) === 'answered';
  }

  async resolve(operationId: string): Promise<void> {
    const known = await this.operations.find(operationId);
    if (!known?.parentId || !LIVE_OPERATION_STATES.includes(known.state)) return;
    if (known.state === 'waiting') return this.wake(known);
    const operation = await this.operations.lose(known);
    const asked = operation.sessionId ? await this.ask(operation.sessionId, 'probe') : 'no_answer';
    const now = await this.operations.find(operation.id);
    if (!now || now.nextAskAt === null) return;
    const again = asked === 'answered' && mayResend(sentBy(now), await this.circumstances(now));
    const last = again ? await this.operations.resend(now) : now;
    if (!LIVE_OPERATION_STATES.includes(last.state)) return this.followUp(last);
    await this.postpone(last);
  }

  /** A confirmation that got through: its session tells the rest. */
  private async followUp(operation: TransactionRow): Promise<void> {
    const { inPlace } = RESOLUTION[operation.kind as OperationKind];
    if (inPlace && operation.sessionId) await this.ask(operation.sessionId, 'operation');
  }

  private async circumstances(operation: TransactionRow): Promise<Circumstances> {
    const { manager } = this.database;
    const target = await manager.findOneByOrFail(TransactionRow, { id: operation.parentId ?? '' });
    const siblings = await manager.findBy(TransactionRow, { parentId: target.id });
    const others = siblings.filter(({ id }) => id !== operation.id);
    const account = target.kind === 'checkin' && (await this.sites.openAccount(target.gatewayAccountId));
    return {
      now: this.clock.worker(),
      waits: target.state === 'to_confirm',
      firstWhole:
        operation.whole && !others.some(({ kind, state }) => kind === 'reverse' && state !== 'rejected'),
      holdEndsAt: account ? holdEndsAt(target.happenedAt, account.row.holdDays) : null,
      releaseSent: others.some(({ kind }) => kind === 'release'),
    };
  }

  /** Nothing new is known: look again later, and tell a person in time. */
  private async postpone(operation: TransactionRow): Promise<void> {
    const now = this.clock.worker();
    const letter = operation.route === 'letter';
    const nextAskAt = !isLiveOperation(operation)
      ? null
      : letter && operation.plannedAt && operation.plannedAt > now
        ? operation.plannedAt
        : nextAsk(operation.happenedAt, now);
    await this.database.transaction(async (manager) => {
      const live = { id: operation.id, state: In([...LIVE_OPERATION_STATES]) };
      await manager.update(TransactionRow, live, { nextAskAt });
      const kind = this.attention(operation, now);
      if (!kind) return;
      const obligation = operation.obligationId
        ? await manager.findOneBy(ObligationRow, { id: operation.obligationId })
        : null;
      await this.ledger.review(manager, operation, obligation, kind, `transaction:${operation.id}`, {
        sends: operation.sends,
      });
    });
  }

  /** Null while it may still be found out without a person. */
  private attention(operation: TransactionRow, now: Date): ReviewKind | null {
    if (operation.route === 'letter')
      return operation.plannedAt && operation.plannedAt <= now ? 'letter_follow_up' : null;
    const spent = operation.sends >= RESOLUTION[operation.kind as OperationKind].maxSends;
    const long = now.getTime() - operation.happenedAt.getTime() >= ATTENTION_AFTER_MS;
    // A reauthorization of unknown outcome makes the hold a range, and needs nobody.
    return isLiveOperation(operation) && (spent || long) ? 'operation_unknown' : null;
  }
}

function sentBy({ kind, state, sends, happenedAt }: TransactionRow) {
  return { kind: kind as OperationKind, state, sends, sentAt: happenedAt };
}
