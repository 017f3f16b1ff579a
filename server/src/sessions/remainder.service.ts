import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { ProblemError } from '../platform/problem.js';
import type { Principal } from '../staff/access.js';
import { ClaimsService } from '../transactions/claims.service.js';
import { OrdersService } from './orders.service.js';
import { SessionStore } from './session.store.js';

/** What a person decides about an order that the gateway has nothing more to say about. */
@Injectable()
export class RemainderService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly store: SessionStore,
    private readonly orders: OrdersService,
    private readonly claims: ClaimsService,
  ) {}

  /** Gives up what is left of the session's order. Errors: not_found, session_live, attempt_pending, no_remainder. */
  async agree(me: Principal, sessionId: string, reason: string): Promise<void> {
    const session = await this.store.find(sessionId);
    const order = session && (await this.store.order(session.orderId));
    if (!order) throw new ProblemError('not_found');
    await this.database.transaction((manager) => this.orders.agree(manager, me, order, reason));
  }

  /** A reported charge did happen. Errors: not_found, not_reported. */
  async attest(me: Principal, transactionId: string, sessionId: string, note: string): Promise<void> {
    const session = await this.store.find(sessionId);
    if (!session) throw new ProblemError('not_found');
    await this.claims.attest(me, transactionId, session.orderId, note);
  }
}
