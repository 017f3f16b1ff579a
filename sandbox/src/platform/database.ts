import pg from 'pg';

export type Pool = pg.Pool;
/** A pool or one connection: whatever runs a statement. */
export interface Queryable {
  query<R extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<pg.QueryResult<R>>;
}

/** Opens the pool. Connecting waits at most 5 s, a statement at most 10 s, a row lock at most 5 s. */
export function openPool(databaseUrl: string): Pool {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: 10,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 10_000,
    lock_timeout: 5_000,
    idle_in_transaction_session_timeout: 10_000,
    application_name: 'practice-gateway',
  });
  // An idle connection dies when the database is restarted; the pool opens another, so this is not the process's end.
  pool.on('error', () => undefined);
  return pool;
}

/** Runs the work in one transaction; whatever it throws rolls everything back. */
export async function inTransaction<T>(pool: Pool, work: (client: Queryable) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  // A connection that dies between two statements says so by an event, which would end the process if nobody listened.
  const onError = (error: Error): void => void (broken = error);
  client.on('error', onError);
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch((failure: Error) => (broken = failure));
    throw error;
  } finally {
    client.off('error', onError);
    client.release(broken);
  }
}

const START_UP_PATIENCE_MS = 30_000;

/** Waits until the database answers, which after a crash may take it some seconds. Throws the last failure after 30 s. */
export async function waitForDatabase(pool: Pool): Promise<void> {
  const deadline = Date.now() + START_UP_PATIENCE_MS;
  for (;;) {
    try {
      await pool.query('SELECT 1');
      return;
    } catch (error) {
      if (Date.now() > deadline || isHopeless(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}

function isHopeless(error: unknown): boolean {
  // Wrong password, wrong role, no such database: waiting does not mend these.
  const code = (error as { code?: string }).code ?? '';
  return ['28P01', '28000', '3D000'].includes(code);
}
