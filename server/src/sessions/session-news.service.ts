import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { SessionRow } from './session.entity.js';

/** Pure changes of state and due times, in the commit in which the session moved: a listener never calls anybody. */
export type NewsListener = (manager: EntityManager, session: SessionRow) => Promise<void>;

/** Tells higher slices that a session has come to another state. */
@Injectable()
export class SessionNews {
  private readonly listeners: NewsListener[] = [];

  onMoved(listener: NewsListener): void {
    this.listeners.push(listener);
  }

  /** `session` as it stands now; the caller holds its order's lock. */
  async tell(manager: EntityManager, session: SessionRow): Promise<void> {
    for (const listener of this.listeners) await listener(manager, session);
  }
}
