/** Changing a session: under its row lock, with what was due applied first, and everything that follows in one commit. */
import { queueNotification } from '../notifications/notification.store.js';
import type { Moment } from '../platform/clock.js';
import { inTransaction } from '../platform/database.js';
import type { Pool, Queryable } from '../platform/database.js';
import { findSite } from '../sites/sites.js';
import type { Site } from '../sites/sites.js';
import { openHold } from './hold.store.js';
import { startRecurrence } from './recurrence.store.js';
import { advance, isFinal } from './session.states.js';
import { loadSession, saveSession } from './session.store.js';
import type { Locking, Session } from './session.store.js';

/** A session and the merchant it belongs to. */
export interface SessionOfSite {
  session: Session;
  site: Site;
}

type Step = (found: SessionOfSite, client: Queryable) => Promise<Session | null> | Session | null;

export class SessionWork {
  constructor(
    readonly pool: Pool,
    /** Called after a commit that may have queued a notification. */
    private readonly onCommit: () => void,
  ) {}

  /**
   * Locks a session, applies what is due, lets `step` change it, and writes the difference in one commit. Null when there
   * is no such session, when somebody else holds it (`skip`), or when `step` answers null. `silent`: nobody is notified.
   */
  async change(
    requestId: number,
    moment: Moment,
    locking: Locking,
    step: Step,
    silent = false,
  ): Promise<SessionOfSite | null> {
    return this.commit(async (client) => {
      const before = await loadSession(client, requestId, locking);
      if (!before) return null;
      const site = (await findSite(client, before.site)) as Site;
      const current = { ...before, ...advance(before, moment.now) };
      const after = await step({ session: current, site }, client);
      if (!after) return null;
      const session = await this.save(client, before, after, site, moment, silent);
      return { session, site };
    });
  }

  /** Does the work in one commit of its own, after which what it has queued goes out. */
  async commit<T>(work: (client: Queryable) => Promise<T>): Promise<T> {
    const result = await inTransaction(this.pool, work);
    this.onCommit();
    return result;
  }

  /** Writes a locked session, and what its end brings with it: the news, a hold, a recurrence. */
  async save(
    client: Queryable,
    before: Session,
    after: Session,
    site: Site,
    moment: Moment,
    silent = false,
  ): Promise<Session> {
    const session = await saveSession(client, before, after, moment.due);
    if (isFinal(before) || !isFinal(session)) return session;
    if (!silent) await queueNotification(client, session, site, moment);
    if (session.status !== 'APPROVED') return session;
    if (session.kind === 'checkin') await openHold(client, session, site, moment);
    if (session.kind === 'recurring') await startRecurrence(client, session, site, moment);
    return session;
  }
}
