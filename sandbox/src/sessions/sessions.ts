/** The use cases of sessions: open, query, look at the page, pay, give up, and let time pass. */
import { createHmac, randomInt, timingSafeEqual } from 'node:crypto';
import { brandOf, issuerOf } from '../network/cards.js';
import { askNetwork } from '../network/network.js';
import { queueNotification } from '../notifications/notification.store.js';
import type { Moment } from '../platform/clock.js';
import { inTransaction } from '../platform/database.js';
import type { Pool, Queryable } from '../platform/database.js';
import { findSite } from '../sites/sites.js';
import type { Site } from '../sites/sites.js';
import type { Json } from '../wire/reading.js';
import { readSessionRequest } from '../wire/session-request.js';
import { readPayForm } from './pay-form.js';
import type { FormData, FormErrors, ReadForm } from './pay-form.js';
import { addAttempt, advance, giveUp, isFinal, isPayable } from './session.states.js';
import {
  findDueSessions,
  insertSession,
  loadSession,
  nextInternalReference,
  saveSession,
} from './session.store.js';
import type { Attempt, Locking, Session } from './session.store.js';

/** A session and the merchant it belongs to. */
export interface SessionOfSite {
  session: Session;
  site: Site;
}

export class Sessions {
  constructor(
    private readonly pool: Pool,
    private readonly cardHashKey: string,
    /** Called after a commit that may have queued a notification. */
    private readonly onCommit: () => void,
  ) {}

  /** Opens a session. Throws Refusal. */
  async open(
    site: Site,
    body: Json,
    publicUrl: string,
    moment: Moment,
  ): Promise<{ requestId: number; processUrl: string; locale: string }> {
    const { request, amountMinor, expiresAt } = readSessionRequest(body, { ...site, now: moment.now });
    const opened = await insertSession(this.pool, {
      site: site.site,
      publicUrl,
      locale: request.locale,
      reference: request.payment.reference,
      currency: request.payment.amount.currency,
      amountMinor,
      request,
      expiresAt,
      createdAt: moment.now,
      wakeAt: moment.due(expiresAt),
    });
    return { ...opened, locale: request.locale };
  }

  /** The session as it stands now, with everything applied that was due; null when this site has no such session. */
  async query(site: Site, requestId: number, moment: Moment): Promise<Session | null> {
    const session = await loadSession(this.pool, requestId, 'none');
    if (!session || session.site !== site.site) return null;
    if (advance(session, moment.now) === session) return session;
    return (await this.change(requestId, moment, 'wait', ({ session: current }) => current))?.session ?? null;
  }

  /** The session behind a page's address; null when the address is not one of ours. */
  async page(requestId: number, hash: string, moment: Moment): Promise<SessionOfSite | null> {
    const found = await loadSession(this.pool, requestId, 'none');
    if (!found || !sameHash(found.hash, hash)) return null;
    const site = (await findSite(this.pool, found.site)) as Site;
    return { session: (await this.query(site, requestId, moment)) ?? found, site };
  }

  /**
   * One attempt to pay. Under the session's row lock, so that of two browsers one sees what the other did. A form that is
   * wrong changes nothing and answers its errors; one for a session that cannot be paid (any more) answers it unchanged.
   * `form.attempt`, the number of attempts that its page had seen, makes a form sent twice count once.
   */
  async pay(
    requestId: number,
    hash: string,
    form: FormData,
    moment: Moment,
  ): Promise<(SessionOfSite & { errors: FormErrors | null }) | null> {
    let errors: FormErrors | null = null;
    const changed = await this.change(requestId, moment, 'wait', async ({ session, site }, client) => {
      if (!sameHash(session.hash, hash)) return null;
      const isRepeat = form.attempt !== undefined && Number(form.attempt) !== session.attempts.length;
      if (!isPayable(session) || isRepeat) return session;
      const outcome = readPayForm(form, session.request, site.country);
      if ('errors' in outcome) {
        errors = outcome.errors;
        return session;
      }
      const attempt = await this.attempt(client, session, site, outcome.read, moment.now);
      return { ...session, ...addAttempt(session, attempt), payer: outcome.read.payer };
    });
    return changed && { ...changed, errors };
  }

  /** The payer does not want to go on. Does nothing while money may still move, or after the end. */
  async giveUp(requestId: number, hash: string, moment: Moment): Promise<SessionOfSite | null> {
    return this.change(requestId, moment, 'wait', ({ session }) => {
      if (!sameHash(session.hash, hash)) return null;
      return isPayable(session) ? { ...session, ...giveUp(session, moment.now) } : session;
    });
  }

  /** Applies what is due in at most `limit` sessions; answers how many it found. A failing one does not stop the rest. */
  async sweep(moment: Moment, limit: number, onError: (error: unknown) => void): Promise<number> {
    const due = await findDueSessions(this.pool, moment.now, limit);
    for (const requestId of due) {
      await this.change(requestId, moment, 'skip', ({ session }) => session).catch(onError);
    }
    return due.length;
  }

  /**
   * Locks a session, applies what is due, lets `step` change it, and writes the difference in one commit. Null when there
   * is no such session, when somebody else holds it (`skip`), or when `step` answers null.
   */
  private async change(
    requestId: number,
    moment: Moment,
    locking: Locking,
    step: (found: SessionOfSite, client: Queryable) => Promise<Session | null> | Session | null,
  ): Promise<SessionOfSite | null> {
    const changed = await inTransaction(this.pool, async (client) => {
      const before = await loadSession(client, requestId, locking);
      if (!before) return null;
      const site = (await findSite(client, before.site)) as Site;
      const current = { ...before, ...advance(before, moment.now) };
      const after = await step({ session: current, site }, client);
      if (!after) return null;
      const session = await saveSession(client, before, after, moment.due);
      if (!isFinal(before) && isFinal(session)) await queueNotification(client, session, site, moment);
      return { session, site };
    });
    this.onCommit();
    return changed;
  }

  private async attempt(
    client: Queryable,
    session: Session,
    site: Site,
    form: ReadForm,
    now: Date,
  ): Promise<Attempt> {
    const { currency, amountMinor } = session;
    const verdict = askNetwork({ ...form, currency, amountMinor }, site.networkDelaySeconds, now);
    const resolution =
      'then' in verdict ? { ...verdict.then, at: new Date(now.getTime() + verdict.seconds * 1000) } : null;
    return {
      internalReference: await nextInternalReference(client),
      status: verdict.status,
      reason: verdict.reason,
      at: now,
      createdAt: now,
      resolution,
      currency,
      amountMinor,
      brand: brandOf(form.number),
      issuer: issuerOf(form.number),
      bin: form.number.slice(0, 6),
      lastDigits: form.number.slice(-4),
      cardHash: createHmac('sha256', this.cardHashKey).update(form.number).digest('hex'),
      installments: form.installments,
      authorization: '000000',
      receipt: receiptNumber(now),
      refunded: false,
    };
  }
}

/** Twelve digits, as terminals print them: year, day of the year, and a number. */
function receiptNumber(now: Date): string {
  const day = Math.floor((now.getTime() - Date.UTC(now.getUTCFullYear(), 0, 1)) / 86_400_000) + 1;
  const year = String(now.getUTCFullYear() % 100).padStart(2, '0');
  return `${year}${String(day).padStart(3, '0')}${String(randomInt(10_000_000)).padStart(7, '0')}`;
}

function sameHash(wanted: string, given: string): boolean {
  const [a, b] = [Buffer.from(wanted), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
