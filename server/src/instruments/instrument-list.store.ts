import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import {
  EXPIRING_DAYS,
  INSTRUMENT_PILES,
  type CappedCount,
  type InstrumentCounts,
  type InstrumentFilter,
  type InstrumentListQuery,
} from '@recaudo/shared';
import { DataSource } from 'typeorm';
import { Clock } from '../platform/clock.js';
import { one } from '../platform/database.js';
import { keysetSql, type Place } from '../platform/keyset.js';
import {
  binding,
  cappedCount,
  countsByState,
  searchArms,
  siteClauses,
  UUID,
  whereSql,
  type Bind,
  type FilterSql,
} from '../platform/list-sql.js';
import type { SiteScope } from '../staff/access.js';
import { lastDayOver, lastDayWithin } from './instrument.rules.js';

const COLUMNS = `i.id, i.site_id, i.payer_id, i.session_id, i.type, i.brand, i.brand_name, i.issuer, i.last_four,
  i.valid_until::text AS valid_until, i.created_at, i.state, i.suspended_at, i.suspended_by_name, i.suspend_reason,
  i.revoke_asked_at, i.revoke_asked_by_name, i.revoke_reason, i.replaces_id, i.replaced_by_id,
  w.mode, p.name, p.surname, p.email, p.document_type, p.document`;

const FROM = `instruments i
  JOIN sites w ON w.id = i.site_id
  LEFT JOIN payers p ON p.id = i.payer_id`;

/** The most of one payer's that a page shows. */
const MOST_OTHERS = 50;

/** As the list's SQL tells it; snake_case, days as text. */
export type ListedInstrument = Record<string, string | Date | null> & { id: string; created_at: Date };

/** The SQL of the list of stored means of payment. Every method takes the sites that the reader may see. */
@Injectable()
export class InstrumentListStore {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly clock: Clock,
  ) {}

  async page(
    scope: SiteScope,
    filter: InstrumentFilter & Pick<InstrumentListQuery, 'sort'>,
    { place, limit }: { place: Place | null; limit: number },
  ): Promise<ListedInstrument[]> {
    const { clauses, parameters } = this.where(scope, filter);
    const byDay = isByDay(filter);
    const newestFirst = byDay ? filter.state === 'expired' : filter.sort === 'newest';
    const columns = { at: byDay ? 'i.valid_until' : 'i.created_at', id: 'i.id' };
    const keyset = keysetSql(place, newestFirst, columns, parameters.length + 1);
    // A day is sent as text: as an instant the driver would write it in the server's own zone.
    const [at, ...rest] = keyset.parameters;
    const bounds = byDay && at instanceof Date ? [at.toISOString().slice(0, 10), ...rest] : keyset.parameters;
    const where = [...clauses, ...(keyset.where ? [keyset.where] : [])];
    return this.database.query<ListedInstrument[]>(
      `SELECT ${COLUMNS} FROM ${FROM} ${whereSql(where)} ORDER BY ${keyset.order} LIMIT ${limit}`,
      [...parameters, ...bounds],
    );
  }

  async one(scope: SiteScope, id: string): Promise<ListedInstrument | null> {
    return one<ListedInstrument>(
      this.database.manager,
      `SELECT ${COLUMNS} FROM ${FROM} WHERE i.id = $1 AND ($2::uuid[] IS NULL OR i.site_id = ANY($2))`,
      [id, scope],
    );
  }

  /** What else the payer of this one has stored at the same site, newest first. */
  async othersOf({ id, site_id, payer_id }: ListedInstrument): Promise<ListedInstrument[]> {
    if (payer_id === null) return [];
    return this.database.query<ListedInstrument[]>(
      `SELECT ${COLUMNS} FROM ${FROM} WHERE i.payer_id = $1 AND i.site_id = $2 AND i.id <> $3
       ORDER BY i.created_at DESC, i.id DESC LIMIT ${MOST_OTHERS}`,
      [payer_id, site_id, id],
    );
  }

  async count(scope: SiteScope, filter: InstrumentFilter): Promise<CappedCount> {
    const { clauses, parameters } = this.where(scope, filter);
    return cappedCount(this.database.manager, `SELECT 1 FROM instruments i ${whereSql(clauses)}`, parameters);
  }

  counts(scope: SiteScope, filter: InstrumentFilter): Promise<InstrumentCounts> {
    return countsByState(INSTRUMENT_PILES, (state) => this.count(scope, { ...filter, state }));
  }

  private where(scope: SiteScope, filter: InstrumentFilter): FilterSql {
    const parameters: unknown[] = [];
    const bind = binding(parameters);
    const clauses = [
      ...this.pile(filter, bind),
      ...siteClauses(scope, filter.siteId, bind).map((site) => `i.${site}`),
    ];
    const { payerId, brand, q } = filter;
    if (payerId) clauses.push(`i.payer_id = ${bind(payerId)}`);
    if (brand) clauses.push(`lower(i.brand) = lower(${bind(brand)})`);
    if (q) clauses.push(`i.id IN (${searchSql(q, bind)})`);
    return { clauses, parameters };
  }

  private pile({ state, expiringWithin }: InstrumentFilter, bind: Bind): string[] {
    const now = this.clock.now();
    const over = () => `${bind(lastDayOver(now))}::date`;
    const clauses: string[] = [];
    if (state === 'expired') clauses.push(`i.state = 'active' AND i.valid_until <= ${over()}`);
    else if (state === 'active')
      clauses.push(`i.state = 'active' AND (i.valid_until IS NULL OR i.valid_until > ${over()})`);
    else if (state !== undefined && state !== 'expiring') clauses.push(`i.state = ${bind(state)}`);
    const days = expiringWithin ?? (state === 'expiring' ? EXPIRING_DAYS : undefined);
    if (days !== undefined) {
      const until = `${bind(lastDayWithin(days, now))}::date`;
      clauses.push(`i.state = 'active' AND i.valid_until > ${over()} AND i.valid_until <= ${until}`);
    }
    return clauses;
  }
}

/** Whether the list is read by the last day, and not by the day of storing. */
export function isByDay({ state }: Pick<InstrumentFilter, 'state'>): boolean {
  return state === 'expiring' || state === 'expired';
}

/** Four digits, alone or after what masks the others on a screen: `Visa ···· 1111`, `**** 1111`. */
const MASKED = /^(?:[\p{L} ]*[·•*.xX ]+)?(\d{4})$/u;

function searchSql(text: string, bind: Bind): string {
  const place = bind(text);
  const ofPayer = (condition: string): string =>
    `SELECT i.id FROM payers p JOIN instruments i ON i.payer_id = p.id WHERE ${condition}`;
  const own = (condition: string): string => `SELECT i.id FROM instruments i WHERE ${condition}`;
  const lastFour = MASKED.exec(text)?.[1];
  return searchArms([
    ofPayer(`p.email = lower(${place})`),
    ofPayer(`p.document = ${place}`),
    ...(lastFour ? [own(`i.last_four = ${bind(lastFour)}`)] : []),
    ...(UUID.test(text) ? [own(`i.id = ${place}::text::uuid`)] : []),
  ]);
}
