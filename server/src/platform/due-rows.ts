import { COUNT_CAP } from '@recaudo/shared';
import type { DataSource } from 'typeorm';
import { one } from './database.js';
import type { Job } from './jobs.js';

/** Rows of a table that become due at an instant. The words are the code's own, never a caller's. */
export interface DueRows {
  table: string;
  column: string;
  /** A further condition; without one every row with a due time counts. */
  where?: string;
  /** How long a claimed row is left to whoever claimed it. */
  leaseMs: number;
}

/** The due row is the queue: a claim takes the longest due and pushes their time forward, which is their lease. */
export function dueRows(database: DataSource, rows: DueRows): Pick<Job<string>, 'claim' | 'countDue'> {
  const { table, column, where, leaseMs } = rows;
  const due = `${where ? `${where} AND ` : ''}${column} <= $1`;
  return {
    async claim(now, limit) {
      const [claimed] = await database.query<[{ id: string }[], number]>(
        `UPDATE ${table} SET ${column} = $2 WHERE id IN (
           SELECT id FROM ${table} WHERE ${due} ORDER BY ${column} LIMIT $3 FOR UPDATE SKIP LOCKED
         ) RETURNING id`,
        [now, new Date(now.getTime() + leaseMs), limit],
      );
      return claimed.map(({ id }) => id);
    },
    async countDue(now) {
      const row = await one<{ count: number }>(
        database.manager,
        `SELECT count(*)::int AS count FROM (SELECT 1 FROM ${table} WHERE ${due} LIMIT ${COUNT_CAP}) due`,
        [now],
      );
      return row?.count ?? 0;
    },
  };
}
