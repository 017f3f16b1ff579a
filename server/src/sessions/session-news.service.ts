import { Injectable } from '@nestjs/common';
import type { SessionState } from '@recaudo/shared';
import type { EntityManager } from 'typeorm';
import type { ObligationRow } from '../transactions/transaction.entity.js';
import type { OrderRow, SessionRow } from './session.entity.js';

/** A session as it stands now, its state before, and its order under the lock that the caller holds. */
export interface News {
  session: SessionRow;
  before: SessionState;
  order: OrderRow;
  obligation: ObligationRow;
}

/** Pure changes of state and due times, in the commit in which the session moved: a listener never calls anybody. */
export type NewsListener = (manager: EntityManager, news: News) => Promise<void>;

/** Tells higher slices that a session has come to another state. */
@Injectable()
export class SessionNews {
  private readonly listeners: NewsListener[] = [];

  onMoved(listener: NewsListener): void {
    this.listeners.push(listener);
  }

  async tell(manager: EntityManager, news: News): Promise<void> {
    for (const listener of this.listeners) await listener(manager, news);
  }
}
