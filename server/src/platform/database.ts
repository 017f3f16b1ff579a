import { Client } from 'pg';
import {
  DataSource,
  DefaultNamingStrategy,
  type DataSourceOptions,
  type EntityManager,
  type ValueTransformer,
} from 'typeorm';

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

/** Any number, constant for ever: whoever holds it is migrating. */
const MIGRATION_LOCK = 7_205_114;

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
  const lock = new Client({ connectionString: options.url, connectionTimeoutMillis: 10_000 });
  await lock.connect();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const source = await new DataSource(options).initialize();
    try {
      return (await source.runMigrations({ transaction: 'each' })).map((migration) => migration.name);
    } finally {
      await source.destroy();
    }
  } finally {
    await lock.end();
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
