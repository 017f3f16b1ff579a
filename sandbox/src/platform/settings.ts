import type { Queryable } from './database.js';

/** The two things that the gateway remembers about itself; both are written by the first migration. */
export type Setting = 'clock_offset_ms' | 'card_hash_key';

export async function readSetting(db: Queryable, name: Setting): Promise<string> {
  const { rows } = await db.query<{ value: string }>('SELECT value FROM settings WHERE name = $1', [name]);
  if (!rows[0]) throw new Error(`the setting ${name} is missing from the database`);
  return rows[0].value;
}

export async function writeSetting(db: Queryable, name: Setting, value: string): Promise<void> {
  await db.query('UPDATE settings SET value = $2 WHERE name = $1', [name, value]);
}
