/** The console's pages, each read from the database and made anew; the acts show the same ones again when refused. */
import type { Gateway } from '../app.js';
import { listNotifications } from '../notifications/notification.store.js';
import { bookPage } from '../pages/console/book.page.js';
import { clockPage } from '../pages/console/clock.page.js';
import { deliveriesPage } from '../pages/console/deliveries.page.js';
import { faultsPage } from '../pages/console/faults.page.js';
import { PAGE_SIZE } from '../pages/console/frame.js';
import type { Refused } from '../pages/console/frame.js';
import { holdsPage } from '../pages/console/holds.page.js';
import { recurrencePage, recurrencesPage } from '../pages/console/recurrences.page.js';
import { sessionPage, sessionsPage } from '../pages/console/sessions.page.js';
import { sitePage, sitesPage } from '../pages/console/sites.page.js';
import { startPage } from '../pages/console/start.page.js';
import type { Counts } from '../pages/console/start.page.js';
import { transactionPage } from '../pages/console/transaction.page.js';
import type { Page } from '../pages/html.js';
import type { Moment } from '../platform/clock.js';
import { listFaults } from '../platform/faults.js';
import { readBookBackwards } from '../sessions/book.store.js';
import { findHold, listHolds } from '../sessions/hold.store.js';
import { findRecurrence, listRecurrences } from '../sessions/recurrence.store.js';
import { listSessions } from '../sessions/session.list.js';
import { loadSession } from '../sessions/session.store.js';
import { findTransaction, listTransactions } from '../sessions/transaction.store.js';
import { findSite, listSites } from '../sites/sites.js';
import type { Site } from '../sites/sites.js';
import { readRequestId } from './api.calls.js';
import { ControlError } from './control.fields.js';

/** What a list is narrowed by, as it stands in the address. */
export type Query = Record<string, string | undefined>;

/** What a page says beside its content. */
export interface Said {
  notice?: string | undefined;
  refused?: Refused | null;
}

const chosen = (text: string | undefined): string | null => text?.trim() || null;

/** Throws ControlError, 404. */
export function numberOf(text: string | undefined): number {
  const number = readRequestId(text);
  if (number === null) throw missing();
  return number;
}

export const missing = (): ControlError => new ControlError('no such page', 404);

export class StaffPages {
  constructor(private readonly gateway: Gateway) {}

  async start(): Promise<Page> {
    const { pool, clock } = this.gateway;
    const { rows } = await pool.query<Counts>(
      `SELECT (SELECT count(*) FROM sites)::int AS sites,
              (SELECT count(*) FROM sessions WHERE final_at IS NULL)::int AS sessions,
              (SELECT count(*) FROM book)::int AS book,
              (SELECT count(*) FROM recurrences WHERE state = 'active')::int AS recurrences,
              (SELECT count(*) FROM holds WHERE state = 'active')::int AS holds,
              (SELECT count(*) FROM notifications WHERE status IN ('failed', 'lost'))::int AS deliveries,
              (SELECT count(*) FROM faults WHERE remaining > 0 OR probability IS NOT NULL)::int AS faults`,
    );
    return startPage(rows[0] as Counts, { now: clock.base(), offsetMs: clock.offsetMs });
  }

  async sites(): Promise<Page> {
    return sitesPage(await this.everySite());
  }

  async site(code: string, said: Said): Promise<Page> {
    return sitePage(await this.oneSite(code), said);
  }

  /** Throws ControlError, 404. */
  async oneSite(code: string): Promise<Site> {
    const site = await findSite(this.gateway.pool, code);
    if (!site) throw missing();
    return site;
  }

  async sessions(query: Query): Promise<Page> {
    const filter = { site: chosen(query.site), find: chosen(query.find) };
    const { pool } = this.gateway;
    const number = readRequestId(filter.find ?? undefined);
    const found = { site: filter.site, reference: filter.find, before: beforeOf(query), limit: PAGE_SIZE };
    const byReference = await listSessions(pool, found);
    // A number may be somebody's reference as well: then both are shown.
    const byNumber =
      number === null
        ? []
        : await listSessions(pool, { site: filter.site, reference: null, before: number + 1, limit: 1 });
    const exact = byNumber.filter(({ requestId }) => requestId === number);
    return sessionsPage([...exact, ...byReference], await this.everySite(), filter);
  }

  async session(requestId: number, moment: Moment): Promise<Page> {
    const { pool, sessions } = this.gateway;
    const found = await loadSession(pool, requestId, 'none');
    const site = found && (await findSite(pool, found.site));
    // By way of a question, so that what is due has happened.
    const session = site && (await sessions.query(site, requestId, moment));
    if (!session) throw missing();
    const transactions = await listTransactions(pool, requestId);
    const [recurrence] = await listRecurrences(pool, { id: null, site: null, requestId, limit: 1 });
    return sessionPage(session, site, transactions, recurrence?.id ?? null);
  }

  async book(query: Query): Promise<Page> {
    const filter = {
      site: chosen(query.site),
      kind: chosen(query.kind),
      reference: chosen(query.reference),
    };
    const page = { ...filter, before: beforeOf(query), limit: PAGE_SIZE };
    return bookPage(await readBookBackwards(this.gateway.pool, page), await this.everySite(), filter);
  }

  async recurrences(query: Query): Promise<Page> {
    const site = chosen(query.site);
    const filter = { id: null, site, requestId: null, limit: MAX_LISTED };
    return recurrencesPage(await listRecurrences(this.gateway.pool, filter), await this.everySite(), site);
  }

  async recurrence(id: number, said: Said): Promise<Page> {
    const { pool } = this.gateway;
    const recurrence = await findRecurrence(pool, id);
    const [listed] = await listRecurrences(pool, { id, site: null, requestId: null, limit: 1 });
    if (!recurrence || !listed) throw missing();
    return recurrencePage(recurrence, listed.charges, await this.oneSite(recurrence.site), said);
  }

  async holds(query: Query, notice?: string): Promise<Page> {
    const site = chosen(query.site);
    const holds = await listHolds(this.gateway.pool, { site, limit: MAX_LISTED });
    return holdsPage(holds, await this.everySite(), site, { now: this.gateway.clock.base(), notice });
  }

  async transaction(internalReference: number, said: Said): Promise<Page> {
    const { pool } = this.gateway;
    const transaction = await findTransaction(pool, internalReference);
    const session = transaction && (await loadSession(pool, transaction.requestId, 'none'));
    if (!session) throw missing();
    const all = await listTransactions(pool, transaction.requestId);
    const found = {
      transaction,
      site: session.site,
      later: all.filter(({ parent }) => parent === internalReference),
      hold: await findHold(pool, transaction.requestId),
    };
    return transactionPage(found, said);
  }

  async deliveries(query: Query): Promise<Page> {
    const filter = { site: chosen(query.site), requestId: chosen(query.requestId) };
    // What cannot be a number is nobody's.
    const requestId = filter.requestId === null ? null : (readRequestId(filter.requestId) ?? 0);
    const page = { site: filter.site, requestId, before: beforeOf(query), limit: PAGE_SIZE };
    return deliveriesPage(await listNotifications(this.gateway.pool, page), await this.everySite(), filter);
  }

  async faults(said: Said): Promise<Page> {
    return faultsPage(await listFaults(this.gateway.pool), await this.everySite(), said);
  }

  clock(said: Said): Page {
    const { clock } = this.gateway;
    return clockPage({ now: clock.base(), offsetMs: clock.offsetMs }, said);
  }

  private everySite(): Promise<Site[]> {
    return listSites(this.gateway.pool);
  }
}

/** Recurrences and holds are listed whole up to here. */
const MAX_LISTED = 500;

const beforeOf = ({ before }: Query): number | null => readRequestId(before);
