import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { CappedCount, MailFilter } from '@recaudo/shared';
import { DataSource, In } from 'typeorm';
import { one } from '../platform/database.js';
import { keysetSql, type Place } from '../platform/keyset.js';
import {
  binding,
  cappedCount,
  likePrefix,
  searchArms,
  siteClauses,
  UUID,
  whereSql,
  type FilterSql,
} from '../platform/list-sql.js';
import type { Principal } from '../staff/access.js';
import { MailRow } from './mail.entity.js';
import { seesPeoplesMail, type ListedMail } from './mail.view.js';

type Reader = Pick<Principal, 'scope' | 'permissions'>;

/** The SQL of the list of letters. Every method takes who reads: their sites, and whether letters to people are theirs. */
@Injectable()
export class MailStore {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  async page(
    me: Reader,
    filter: MailFilter,
    options: { place: Place | null; limit: number },
  ): Promise<ListedMail[]> {
    const { clauses, parameters } = this.where(me, filter);
    const columns = { at: 'm.created_at', id: 'm.id' };
    const keyset = keysetSql(options.place, true, columns, parameters.length + 1);
    const where = [...clauses, ...(keyset.where ? [keyset.where] : [])];
    const ids = await this.database.query<{ id: string }[]>(
      `SELECT m.id FROM mails m ${whereSql(where)} ORDER BY ${keyset.order} LIMIT ${options.limit}`,
      [...parameters, ...keyset.parameters],
    );
    return this.read(ids.map(({ id }) => id));
  }

  async one(me: Reader, id: string): Promise<ListedMail | null> {
    const { clauses, parameters } = this.where(me, {});
    const found = await one<{ id: string }>(
      this.database.manager,
      `SELECT m.id FROM mails m ${whereSql([...clauses, `m.id = $${parameters.length + 1}`])}`,
      [...parameters, id],
    );
    return found && ((await this.read([id]))[0] ?? null);
  }

  async count(me: Reader, filter: MailFilter): Promise<CappedCount> {
    const { clauses, parameters } = this.where(me, filter);
    return cappedCount(this.database.manager, `SELECT 1 FROM mails m ${whereSql(clauses)}`, parameters);
  }

  /** In the order of the ids. */
  private async read(ids: string[]): Promise<ListedMail[]> {
    const rows = await this.database.manager.findBy(MailRow, { id: In(ids) });
    const orders = await this.database.query<{ id: string; reference: string }[]>(
      'SELECT id, reference FROM orders WHERE id = ANY($1)',
      [rows.map(({ orderId }) => orderId).filter((orderId) => orderId !== null)],
    );
    const references = new Map(orders.map(({ id, reference }) => [id, reference]));
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.flatMap((id) => {
      const row = byId.get(id);
      return row ? [{ row, reference: references.get(row.orderId ?? '') ?? null }] : [];
    });
  }

  private where(me: Reader, { state, siteId, q }: MailFilter): FilterSql {
    const parameters: unknown[] = [];
    const bind = binding(parameters);
    const sites = siteClauses(me.scope, siteId, bind).map((clause) => `m.${clause}`);
    const ofSites = [...sites, ...(sites.length === 0 ? ['m.site_id IS NOT NULL'] : [])].join(' AND ');
    const clauses: string[] = [];
    if (siteId || !seesPeoplesMail(me)) clauses.push(ofSites);
    else if (sites.length > 0) clauses.push(`((${ofSites}) OR m.site_id IS NULL)`);
    if (state) clauses.push(`m.state = ${bind(state)}`);
    if (q) clauses.push(`m.id IN (${searchSql(q, bind)})`);
    return { clauses, parameters };
  }
}

function searchSql(text: string, bind: (value: unknown) => string): string {
  const lower = bind(text.toLowerCase());
  const arms = [
    `SELECT f.id FROM mails f WHERE lower(f.recipient) LIKE ${bind(likePrefix(text.toLowerCase()))}`,
    `SELECT f.id FROM orders o JOIN mails f ON f.order_id = o.id WHERE lower(o.reference) = ${lower}`,
    ...(UUID.test(text) ? [`SELECT f.id FROM mails f WHERE f.id = ${bind(text)}::uuid`] : []),
  ];
  return searchArms(arms);
}
