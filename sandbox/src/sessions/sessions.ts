/** The use cases of a payer's session: open, query, look at the page, pay, give up, cancel, and let time pass. */
import { timingSafeEqual } from 'node:crypto';
import type { Card } from '../network/instruments.js';
import { answerToTokenization } from '../network/network.js';
import type { Vault } from '../network/vault.js';
import type { Moment } from '../platform/clock.js';
import type { Queryable } from '../platform/database.js';
import { findSite } from '../sites/sites.js';
import type { Site } from '../sites/sites.js';
import type { Json } from '../wire/reading.js';
import { CallFailure } from '../wire/refusal.js';
import { readSessionRequest } from '../wire/session-request.js';
import { meansOf, newAttempt } from './attempt.js';
import type { Means } from './attempt.js';
import { readPayForm } from './pay-form.js';
import type { FormData, FormErrors, ReadForm } from './pay-form.js';
import { plannedAnswer } from './planned-answers.js';
import {
  addAttempt,
  addTokenization,
  advance,
  cancelByMerchant,
  giveUp,
  isCancellable,
  isPayable,
  remainingMinor,
  triesOf,
} from './session.states.js';
import { findDueSessions, insertSession, loadSession } from './session.store.js';
import type { Session } from './session.store.js';
import type { SessionOfSite, SessionWork } from './session.work.js';
import { insertToken } from './token.store.js';
import type { Token } from './token.store.js';

export class Sessions {
  constructor(
    private readonly work: SessionWork,
    private readonly vault: Vault,
  ) {}

  /** Opens a session. Throws Refusal. */
  async open(
    site: Site,
    body: Json,
    publicUrl: string,
    moment: Moment,
  ): Promise<{ requestId: number; processUrl: string; locale: string }> {
    const { request, expiresAt, ...read } = readSessionRequest(body, { ...site, now: moment.now });
    const opened = await insertSession(this.work.pool, {
      ...read,
      site: site.site,
      publicUrl,
      origin: 'session',
      locale: request.locale,
      request,
      payer: null,
      expiresAt,
      createdAt: moment.now,
      wakeAt: moment.due(expiresAt),
    });
    return { ...opened, locale: request.locale };
  }

  /** The session as it stands now, with everything applied that was due; null when this site has no such session. */
  async query(site: Site, requestId: number, moment: Moment): Promise<Session | null> {
    const session = await loadSession(this.work.pool, requestId, 'none');
    if (!session || session.site !== site.site) return null;
    if (advance(session, moment.now) === session) return session;
    return (
      (await this.work.change(requestId, moment, 'wait', ({ session: current }) => current))?.session ?? null
    );
  }

  /** The session behind a page's address; null when the address is not one of ours. */
  async page(requestId: number, hash: string, moment: Moment): Promise<SessionOfSite | null> {
    const found = await loadSession(this.work.pool, requestId, 'none');
    if (!found || !sameHash(found.hash, hash)) return null;
    const site = (await findSite(this.work.pool, found.site)) as Site;
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
    const changed = await this.work.change(requestId, moment, 'wait', async (found, client) => {
      const { session, site } = found;
      if (!sameHash(session.hash, hash)) return null;
      const isRepeat = form.attempt !== undefined && Number(form.attempt) !== triesOf(session);
      if (!isPayable(session) || isRepeat) return session;
      const outcome = readPayForm(
        form,
        { ...session, remainingMinor: remainingMinor(session) },
        site.country,
      );
      if ('errors' in outcome) {
        errors = outcome.errors;
        return session;
      }
      const after = await this.tryForm(client, found, outcome.read, moment.now);
      return { ...after, payer: outcome.read.payer };
    });
    return changed && { ...changed, errors };
  }

  private async tryForm(
    client: Queryable,
    found: SessionOfSite,
    { instrument, amountMinor, payer, subscribe }: ReadForm,
    now: Date,
  ): Promise<Session> {
    const { session } = found;
    const means = meansOf(instrument, this.vault);
    const owner = `${payer.name ?? ''} ${payer.surname ?? ''}`.trim();
    if (session.kind === 'subscription') {
      const card = instrument as Card;
      const answer = (await plannedAnswer(client, session.site)) ?? answerToTokenization(card, now);
      const isStored = answer.status === 'APPROVED';
      const token = isStored ? await this.store(client, session, means, owner, null, now) : null;
      return { ...session, ...addTokenization(session, isStored, now), token };
    }
    const attempt = await newAttempt(client, found, means, amountMinor, now);
    const after: Session = { ...session, ...addAttempt(session, attempt) };
    const isHopeless = attempt.status === 'REJECTED' || attempt.status === 'FAILED';
    if (!subscribe || isHopeless || instrument.method !== 'card') return after;
    // It shows once the payment is approved.
    const token = await this.store(client, session, means, owner, attempt.internalReference, now);
    return { ...after, token };
  }

  private store(
    client: Queryable,
    session: Session,
    { names, instrument }: Means,
    owner: string,
    internalReference: number | null,
    now: Date,
  ): Promise<Token> {
    const { site, requestId } = session;
    const validUntil = (instrument as Card).expiry;
    return insertToken(client, {
      ...names,
      site,
      requestId,
      internalReference,
      validUntil,
      owner,
      createdAt: now,
    });
  }

  /** The payer does not want to go on. Does nothing while money may still move, or after the end. */
  async giveUp(
    requestId: number,
    hash: string,
    moment: Moment,
  ): Promise<(SessionOfSite & { gaveUp: boolean }) | null> {
    let gaveUp = false;
    const changed = await this.work.change(requestId, moment, 'wait', ({ session }) => {
      if (!sameHash(session.hash, hash)) return null;
      gaveUp = isPayable(session);
      return gaveUp ? { ...session, ...giveUp(session, moment.now) } : session;
    });
    return changed && { ...changed, gaveUp };
  }

  /** The merchant cancels (protocol 3.3). Throws CallFailure; null when this site has no such session. */
  async cancel(site: Site, requestId: number, moment: Moment): Promise<Session | null> {
    let isTooLate = false;
    const changed = await this.work.change(requestId, moment, 'wait', ({ session }) => {
      if (session.site !== site.site) return null;
      isTooLate = !isCancellable(session);
      return isTooLate ? session : { ...session, ...cancelByMerchant(session, moment.now) };
    });
    // Thrown after the commit, which may have written what had become due.
    if (changed && isTooLate) throw new CallFailure(400, 'action_not_allowed', 'cancelOnlyPending');
    return changed?.session ?? null;
  }

  /** Applies what is due in at most `limit` sessions; answers how many it found. A failing one does not stop the rest. */
  async sweep(moment: Moment, limit: number, onError: (error: unknown) => void): Promise<number> {
    const due = await findDueSessions(this.work.pool, moment.now, limit);
    for (const requestId of due) {
      await this.work.change(requestId, moment, 'skip', ({ session }) => session).catch(onError);
    }
    return due.length;
  }
}

function sameHash(wanted: string, given: string): boolean {
  const [a, b] = [Buffer.from(wanted), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
