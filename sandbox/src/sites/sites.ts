import type { Queryable } from '../platform/database.js';
import type { SiteKeys } from '../wire/auth.js';
import { DEFAULT_SWITCHES, SWITCH_NAMES } from './switches.js';
import type { SiteSwitches } from './switches.js';

/** A practice merchant. */
export interface Site extends SiteKeys, SiteSwitches {
  site: string;
  name: string;
  country: string;
  currency: string;
  locale: string;
  login: string;
  algorithm: 'sha256' | 'sha1';
  notificationUrl: string | null;
  /** Attempts without approval after which a session is rejected. */
  attempts: number;
  networkDelaySeconds: number;
}

const COLUMNS = `site, name, country, currency, zone, locale, login, secret_key AS "secretKey", algorithm,
  notification_url AS "notificationUrl", state, attempts, network_delay_seconds AS "networkDelaySeconds", switches`;

type SiteRow = Omit<Site, keyof SiteSwitches> & { switches: Partial<SiteSwitches> };

/** Switches that were added after a site are at their defaults. */
function toSite({ switches, ...row }: SiteRow): Site {
  return { ...row, ...DEFAULT_SWITCHES, ...switches };
}

/** More practice sites than this are not listed. */
const MAX_SITES = 500;

export async function listSites(db: Queryable): Promise<Site[]> {
  const { rows } = await db.query<SiteRow>(`SELECT ${COLUMNS} FROM sites ORDER BY site LIMIT ${MAX_SITES}`);
  return rows.map(toSite);
}

export async function findSite(db: Queryable, site: string): Promise<Site | null> {
  const { rows } = await db.query<SiteRow>(`SELECT ${COLUMNS} FROM sites WHERE site = $1`, [site]);
  return rows[0] ? toSite(rows[0]) : null;
}

export async function findSiteByLogin(db: Queryable, login: string): Promise<Site | null> {
  const { rows } = await db.query<SiteRow>(`SELECT ${COLUMNS} FROM sites WHERE login = $1`, [login]);
  return rows[0] ? toSite(rows[0]) : null;
}

/** Adds a site; null when its code or login is taken. */
export async function addSite(db: Queryable, site: Site): Promise<Site | null> {
  const { rows } = await db.query<SiteRow>(
    `INSERT INTO sites (site, name, country, currency, zone, locale, login, secret_key, algorithm, notification_url,
                        state, attempts, network_delay_seconds, switches)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
     ON CONFLICT DO NOTHING RETURNING ${COLUMNS}`,
    values(site),
  );
  return rows[0] ? toSite(rows[0]) : null;
}

/** Writes every switch of a site; its code and login stay. */
export async function saveSite(db: Queryable, site: Site): Promise<void> {
  await db.query(
    `UPDATE sites SET name = $2, country = $3, currency = $4, zone = $5, locale = $6, login = $7, secret_key = $8,
       algorithm = $9, notification_url = $10, state = $11, attempts = $12, network_delay_seconds = $13, switches = $14
     WHERE site = $1`,
    values(site),
  );
}

function values(site: Site): unknown[] {
  return [
    site.site,
    site.name,
    site.country,
    site.currency,
    site.zone,
    site.locale,
    site.login,
    site.secretKey,
    site.algorithm,
    site.notificationUrl,
    site.state,
    site.attempts,
    site.networkDelaySeconds,
    JSON.stringify(Object.fromEntries(SWITCH_NAMES.map((name) => [name, site[name]]))),
  ];
}
