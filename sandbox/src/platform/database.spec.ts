import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type PracticeGateway, startPracticeGateway } from '../testing/practice-gateway.js';
import { inTransaction, openPool, type Pool } from './database.js';

let gateway: PracticeGateway;
let pool: Pool;

beforeAll(async () => {
  gateway = await startPracticeGateway();
  pool = openPool(gateway.databaseUrl);
});
afterAll(async () => {
  await pool.end();
  await gateway.stop();
});

const setting = async (): Promise<string | undefined> =>
  (await pool.query<{ value: string }>("SELECT value FROM settings WHERE name = 'clock_offset_ms'")).rows[0]
    ?.value;

describe('a transaction', () => {
  test('that throws leaves nothing behind', async () => {
    const work = inTransaction(pool, async (client) => {
      await client.query("UPDATE settings SET value = '5' WHERE name = 'clock_offset_ms'");
      throw new Error('no');
    });
    await expect(work).rejects.toThrow('no');
    expect(await setting()).toBe('0');
  });

  test('whose connection dies between two statements fails, and the next one works', async () => {
    const work = inTransaction(pool, async (client) => {
      const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      await gateway.db.query('SELECT pg_terminate_backend($1, 5000)', [rows[0]?.pid]);
      await client.query('SELECT 1');
    });
    await expect(work).rejects.toThrow();
    expect(await setting()).toBe('0');
  });
});
