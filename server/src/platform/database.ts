import { Client } from 'pg';
import {
  DataSource,
  DefaultNamingStrategy,
  type DataSourceOptions,
  type EntityManager,
  type ValueTransformer,
} from 'typeorm';
import { PreparingClient } from './prepared.js';

/** Columns are snake_case in the database, camelCase in code; foreign keys and indexes are named by hand. */
class SnakeNaming extends DefaultNamingStrategy {
  override columnName(property: string, custom: string | undefined, prefixes: string[]): string {
    return [...prefixes, custom ?? property]
      .join('_')
      .replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  }
}

/** bigint minor units arrive as text; our ceiling of 10^13 is exact in a double. */
export const minorUnits: ValueTransformer = {
  from: (text: string | null) => (text === null ? null : Number(text)),
  to: (value: number | null) => value,
};

/** Any numbers, constant for ever: whoever holds one is at that work. */
const LOCKS = { migration: 7_205_114, practice: 7_205_115 };

export function databaseOptions(
  url: string,
  entities: DataSourceOptions['entities'],
  migrations: DataSourceOptions['migrations'],
): DataSourceOptions {
  return {
    type: 'postgres',
    url,
    entities,
    migrations,
    namingStrategy: new SnakeNaming(),
    migrationsTableName: 'migrations',
    synchronize: false,
    logging: false,
    extra: {
      Client: PreparingClient,
      max: 20,
      connectionTimeoutMillis: 10_000,
      idleTimeoutMillis: 60_000,
      statement_timeout: 30_000,
      idle_in_transaction_session_timeout: 30_000,
      application_name: 'recaudo',
    },
  };
}

/** Brings the schema up to date; replicas that start together wait for the first one. */
export async function migrate(options: DataSourceOptions & { url?: string }): Promise<string[]> {
  return alone(options.url, 'migration', async () => {
    const source = await new DataSource(options).initialize();
    try {
      return (await source.runMigrations({ transaction: 'each' })).map((migration) => migration.name);
    } finally {
      await source.destroy();
    }
  });
}

/** Does `work` while no other process that shares the database is at it; the others wait for their turn. */
export async function alone<T>(
  url: string | undefined,
  lock: keyof typeof LOCKS,
  work: () => Promise<T>,
): Promise<T> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  // A connection that breaks gives the lock back; the work goes on, or fails by its own connections.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [LOCKS[lock]]);
    return await work();
  } finally {
    await client.end();
  }
}

export function isUniqueViolation(error: unknown, constraint: string): boolean {
  const { code, constraint: broken } = ((error as { driverError?: unknown }).driverError ?? error) as {
    code?: string;
    constraint?: string;
  };
  return code === '23505' && broken === constraint;
}

/** One row or null, for statements that the query builder would only obscure. */
export async function one<T>(manager: EntityManager, sql: string, parameters: unknown[]): Promise<T | null> {
  const rows = await manager.query<T[]>(sql, parameters);
  return rows[0] ?? null;
}
