/** All SQL about notifications: the intent to send one, and what became of it. */
import type { Moment } from '../platform/clock.js';
import type { Queryable } from '../platform/database.js';
import type { NotificationFaultKind } from '../platform/faults.js';
import { sessionStatus } from '../sessions/session.view.js';
import type { Session } from '../sessions/session.store.js';
import { MAX_RETRIES } from '../sessions/recurring.rules.js';
import type { Transaction } from '../sessions/transaction.store.js';
import type { Site } from '../sites/sites.js';
import { wireStatus } from '../wire/envelope.js';
import { attemptText, languageOf } from '../wire/texts.js';
import { signature } from './signature.js';

export interface Notification {
  id: number;
  requestId: number;
  site: string;
  url: string;
  /** The JSON text exactly as it is sent. */
  body: string;
  practiceClock: string | null;
  fault: NotificationFaultKind | null;
}

/** Writes the one notification of a session that has just become final, in the commit that made it so. */
export async function queueNotification(
  db: Queryable,
  session: Session,
  site: Site,
  moment: Moment,
): Promise<void> {
  const status = sessionStatus(session, site.zone, moment.now);
  const body = {
    status,
    requestId: session.requestId,
    reference: session.reference,
    signature: signature(
      site.algorithm,
      { id: session.requestId, status: status.status, date: status.date },
      site.secretKey,
    ),
  };
  const news = { requestId: session.requestId, internalReference: null, url: site.notificationUrl, body };
  await queue(db, news, site, moment);
}

/** Writes the notification of one charge of a recurrence (protocol 7.4): it knows no requestId. */
export async function queueChargeNotification(
  db: Queryable,
  charge: Transaction,
  recurrence: { state: string; reference: string; notificationUrl: string | null; triesMade: number },
  site: Site,
  moment: Moment,
): Promise<void> {
  const { internalReference, requestId, reason } = charge;
  const text = attemptText(reason, languageOf(site.locale));
  const status = wireStatus(charge.status, reason, text, charge.at, site.zone);
  const parts = { id: internalReference, status: status.status, date: status.date };
  const signed = signature(site.algorithm, parts, site.secretKey);
  const isAlive = recurrence.state === 'active';
  const left = isAlive && reason !== '00' ? 1 + MAX_RETRIES - recurrence.triesMade : 0;
  const body = {
    status,
    internalReference,
    reference: recurrence.reference,
    signature: site.recurringSignature === 'bare' ? signed.replace(/^.*:/, '') : signed,
    recurring: {
      tries: site.recurringTries === 'left' ? left : recurrence.triesMade,
      enabled: isAlive ? 1 : 0,
    },
  };
  await queue(db, { requestId, internalReference, url: recurrence.notificationUrl, body }, site, moment);
}

interface News {
  requestId: number;
  /** Of a charge; null for the news of a session. */
  internalReference: number | null;
  url: string | null;
  body: object;
}

async function queue(db: Queryable, news: News, site: Site, moment: Moment): Promise<void> {
  await db.query(
    `INSERT INTO notifications (request_id, internal_reference, site, url, body, practice_clock, status, send_at,
                                created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      news.requestId,
      news.internalReference,
      site.site,
      news.url,
      JSON.stringify(news.body),
      moment.header,
      news.url ? 'queued' : 'no_address',
      new Date(),
      moment.now,
    ],
  );
}

/** Takes the next notification to send and marks it `sending`, so that no crash can make it go out a second time. */
export async function claimNotification(db: Queryable, realNow: Date): Promise<Notification | null> {
  const { rows } = await db.query<Notification>(
    `UPDATE notifications SET status = 'sending', send_at = $1
     WHERE id = (SELECT id FROM notifications WHERE status = 'queued' AND send_at <= $1
                 ORDER BY send_at LIMIT 1 FOR UPDATE SKIP LOCKED)
     RETURNING id::int, request_id AS "requestId", site, url, body, practice_clock AS "practiceClock", fault`,
    [realNow],
  );
  return rows[0] ?? null;
}

export async function markFault(db: Queryable, id: number, fault: NotificationFaultKind): Promise<void> {
  await db.query('UPDATE notifications SET fault = $2 WHERE id = $1', [id, fault]);
}

export async function postpone(db: Queryable, id: number, until: Date): Promise<void> {
  await db.query(`UPDATE notifications SET status = 'queued', send_at = $2 WHERE id = $1`, [id, until]);
}

/** True when an earlier one of the site waits to come after the next. */
export async function isSomeoneHeld(db: Queryable, site: string): Promise<boolean> {
  const { rows } = await db.query(
    `SELECT 1 FROM notifications WHERE status = 'queued' AND fault = 'reorder' AND site = $1 LIMIT 1`,
    [site],
  );
  return rows.length > 0;
}

/** Lets the one that was held back go, now that the next of its site has gone out. */
export async function letHeldGo(db: Queryable, site: string, realNow: Date): Promise<void> {
  await db.query(
    `UPDATE notifications SET send_at = $2
     WHERE status = 'queued' AND fault = 'reorder' AND site = $1 AND send_at > $2`,
    [site, realNow],
  );
}

export interface Delivery {
  url: string;
  body: string;
  outcome: 'delivered' | 'failed' | 'lost';
  httpStatus: number | null;
  error: string | null;
  tookMs: number;
  at: Date;
}

/** Writes down one exchange and what it makes of the notification. */
export async function recordDelivery(db: Queryable, id: number, delivery: Delivery): Promise<void> {
  await db.query(
    `WITH log AS (
       INSERT INTO deliveries (notification_id, url, body, outcome, http_status, error, took_ms, at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8))
     UPDATE notifications SET status = $4 WHERE id = $1`,
    [
      id,
      delivery.url,
      delivery.body,
      delivery.outcome,
      delivery.httpStatus,
      delivery.error,
      delivery.tookMs,
      delivery.at,
    ],
  );
}

/** An attempt whose end nobody wrote down is lost, as at the real gateway: it is never made again. */
export async function giveUpInterrupted(db: Queryable, startedBefore: Date): Promise<void> {
  await db.query(`UPDATE notifications SET status = 'lost' WHERE status = 'sending' AND send_at < $1`, [
    startedBefore,
  ]);
}

/** A notification with its deliveries, as `GET /control/deliveries` writes it. */
export interface LoggedNotification {
  id: number;
  requestId: number;
  internalReference: number | null;
  site: string;
  url: string | null;
  body: object;
  status: 'queued' | 'sending' | 'delivered' | 'failed' | 'lost' | 'no_address';
  fault: NotificationFaultKind | null;
  createdAt: Date;
  deliveries: (Omit<Delivery, 'at'> & { at: string })[];
}

/** Newest first; `before`: older ones than this id. */
export async function listNotifications(
  db: Queryable,
  filter: { site: string | null; requestId: number | null; before?: number | null; limit: number },
): Promise<LoggedNotification[]> {
  const { rows } = await db.query<LoggedNotification>(
    `SELECT n.id::int, n.request_id AS "requestId",
            n.internal_reference AS "internalReference", n.site, n.url, n.body::json AS body, n.status, n.fault,
            n.created_at AS "createdAt",
            coalesce((SELECT json_agg(json_build_object('url', d.url, 'body', d.body, 'outcome', d.outcome,
                        'httpStatus', d.http_status, 'error', d.error, 'tookMs', d.took_ms, 'at', d.at) ORDER BY d.id)
                      FROM deliveries d WHERE d.notification_id = n.id), '[]') AS deliveries
     FROM notifications n
     WHERE ($1::text IS NULL OR n.site = $1) AND ($2::int IS NULL OR n.request_id = $2)
       AND ($3::bigint IS NULL OR n.id < $3)
     ORDER BY n.id DESC LIMIT $4`,
    [filter.site, filter.requestId, filter.before ?? null, filter.limit],
  );
  return rows;
}
