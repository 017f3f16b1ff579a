/** All SQL about recurrences. One is changed only under its own row lock. */
import type { Moment } from '../platform/clock.js';
import { dayOf, hourOfDay } from '../platform/days.js';
import type { Queryable } from '../platform/database.js';
import type { Site } from '../sites/sites.js';
import type { Periodicity, Recurring } from '../wire/recurring.js';
import { firstDay, hasMore } from './recurring.rules.js';
import type { Session } from './session.store.js';
import type { Attempt } from './transaction.store.js';

export type RecurrenceState = 'active' | 'finished' | 'cancelled' | 'failed';

export interface Recurrence {
  id: number;
  requestId: number;
  site: string;
  /** The first payment, whose instrument is charged. */
  internalReference: number;
  reference: string;
  currency: string;
  amountMinor: number;
  periodicity: Periodicity;
  every: number;
  maxPeriods: number;
  dueDate: string | null;
  notificationUrl: string | null;
  state: RecurrenceState;
  anchor: string;
  step: number;
  planned: string;
  periodsDone: number;
  triesMade: number;
  technical: boolean;
  /** The reasons that its next charges are answered with. */
  nextOutcomes: string[];
  /** When it is charged next, and the same on the clock without header; null once it has ended. */
  nextAt: Date | null;
  wakeAt: Date | null;
}

const COLUMNS = `id, request_id AS "requestId", site, internal_reference AS "internalReference", reference, currency,
  amount_minor::float8 AS "amountMinor", periodicity, every, max_periods AS "maxPeriods", due_date AS "dueDate",
  notification_url AS "notificationUrl", state, anchor, step, planned, periods_done AS "periodsDone",
  tries_made AS "triesMade", technical, next_outcomes AS "nextOutcomes", next_at AS "nextAt", wake_at AS "wakeAt"`;

/** The local hour at which recurrences are charged (house rule). */
export const CHARGE_HOUR = 3;

/** Starts the recurrence of a session whose first payment has just been approved, in the commit that approves it. */
export async function startRecurrence(
  db: Queryable,
  session: Session,
  site: Site,
  moment: Moment,
): Promise<void> {
  const rule = session.request.payment?.recurring as Recurring;
  const first = session.attempts.find(({ status }) => status === 'APPROVED') as Attempt;
  const calendar = { periodicity: rule.periodicity, every: rule.interval };
  const { anchor, step, planned } = firstDay(calendar, dayOf(first.at, site.zone), rule.nextPayment);
  const periodsDone = site.firstPaymentCounts ? 1 : 0;
  const dueDate = rule.dueDate ?? null;
  const goesOn = hasMore({ maxPeriods: rule.maxPeriods, dueDate }, periodsDone, planned);
  const nextAt = goesOn ? hourOfDay(planned, CHARGE_HOUR, site.zone) : null;
  await db.query(
    `INSERT INTO recurrences (request_id, site, internal_reference, reference, currency, amount_minor, periodicity, every,
       max_periods, due_date, notification_url, state, anchor, step, planned, periods_done, next_at, wake_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
    [
      session.requestId,
      session.site,
      first.internalReference,
      session.reference,
      session.currency,
      session.amountMinor,
      calendar.periodicity,
      calendar.every,
      rule.maxPeriods,
      dueDate,
      rule.notificationUrl ?? null,
      goesOn ? 'active' : 'finished',
      anchor,
      step,
      planned,
      periodsDone,
      nextAt,
      nextAt && moment.due(nextAt),
    ],
  );
}

export async function findRecurrence(db: Queryable, id: number): Promise<Recurrence | null> {
  const { rows } = await db.query<Recurrence>(`SELECT ${COLUMNS} FROM recurrences WHERE id = $1`, [id]);
  return rows[0] ?? null;
}

/** Locks one; null when there is none, or when somebody else holds it. */
export async function lockRecurrence(db: Queryable, id: number): Promise<Recurrence | null> {
  const { rows } = await db.query<Recurrence>(
    `SELECT ${COLUMNS} FROM recurrences WHERE id = $1 FOR UPDATE SKIP LOCKED`,
    [id],
  );
  return rows[0] ?? null;
}

export async function saveRecurrence(db: Queryable, recurrence: Recurrence): Promise<void> {
  await db.query(
    `UPDATE recurrences SET state = $2, step = $3, planned = $4, periods_done = $5, tries_made = $6, technical = $7,
       next_outcomes = $8, next_at = $9, wake_at = $10 WHERE id = $1`,
    [
      recurrence.id,
      recurrence.state,
      recurrence.step,
      recurrence.planned,
      recurrence.periodsDone,
      recurrence.triesMade,
      recurrence.technical,
      JSON.stringify(recurrence.nextOutcomes),
      recurrence.nextAt,
      recurrence.wakeAt,
    ],
  );
}

export async function findDueRecurrences(db: Queryable, now: Date, limit: number): Promise<number[]> {
  const { rows } = await db.query<{ id: number }>(
    'SELECT id FROM recurrences WHERE wake_at <= $1 ORDER BY wake_at LIMIT $2',
    [now, limit],
  );
  return rows.map((row) => row.id);
}

/** Ends one from the console; false when there is none that is alive. */
export async function cancelRecurrence(db: Queryable, id: number): Promise<boolean> {
  const { rows } = await db.query(
    `UPDATE recurrences SET state = 'cancelled', next_at = NULL, wake_at = NULL WHERE id = $1 AND state = 'active'
     RETURNING id`,
    [id],
  );
  return rows.length > 0;
}

export async function setNextOutcomes(db: Queryable, id: number, outcomes: string[]): Promise<boolean> {
  const { rows } = await db.query('UPDATE recurrences SET next_outcomes = $2 WHERE id = $1 RETURNING id', [
    id,
    JSON.stringify(outcomes),
  ]);
  return rows.length > 0;
}

/** How many charges of each one a list shows, newest first. */
const MAX_CHARGES = 500;

/** A recurrence with its charges, as `GET /control/recurrences` writes it. */
export interface ListedRecurrence extends Pick<
  Recurrence,
  | 'id'
  | 'site'
  | 'requestId'
  | 'reference'
  | 'state'
  | 'currency'
  | 'amountMinor'
  | 'periodicity'
  | 'maxPeriods'
  | 'dueDate'
  | 'nextAt'
  | 'periodsDone'
  | 'triesMade'
  | 'notificationUrl'
> {
  interval: number;
  charges: { internalReference: number; at: string; status: string; reason: string }[];
}

/** Newest first. */
export async function listRecurrences(
  db: Queryable,
  filter: { id: number | null; site: string | null; requestId: number | null; limit: number },
): Promise<ListedRecurrence[]> {
  const { rows } = await db.query<ListedRecurrence>(
    `SELECT r.id, r.site, r.request_id AS "requestId", r.reference, r.state, r.currency,
            r.amount_minor::float8 AS "amountMinor", r.periodicity, r.every AS "interval",
            r.max_periods AS "maxPeriods", r.due_date AS "dueDate", r.next_at AS "nextAt",
            r.periods_done AS "periodsDone", r.tries_made AS "triesMade", r.notification_url AS "notificationUrl",
            coalesce((SELECT json_agg(json_build_object('internalReference', c.internal_reference, 'at', c.status_at,
                        'status', c.status, 'reason', c.reason) ORDER BY c.internal_reference)
                      FROM (SELECT * FROM transactions t
                            WHERE t.parent = r.internal_reference AND t.role = 'recurring'
                            ORDER BY t.internal_reference DESC LIMIT ${MAX_CHARGES}) c), '[]') AS charges
     FROM recurrences r
     WHERE ($1::int IS NULL OR r.id = $1) AND ($2::text IS NULL OR r.site = $2)
       AND ($3::int IS NULL OR r.request_id = $3)
     ORDER BY r.id DESC LIMIT $4`,
    [filter.id, filter.site, filter.requestId, filter.limit],
  );
  return rows;
}
