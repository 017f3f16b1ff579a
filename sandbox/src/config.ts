/** The settings of the process. Every one has a default except the database. */
export interface Config {
  port: number;
  host: string;
  databaseUrl: string;
  /** Address that payers' browsers see, without a trailing slash; null means "where the server listens". */
  publicUrl: string | null;
  logLevel: string;
}

/** A setting that the process cannot start with; the message is a whole sentence for the person who starts it. */
export class SettingError extends Error {}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

/** Reads the settings from an environment. Throws SettingError. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  if (env.NODE_ENV === 'production') {
    throw new SettingError(
      'The practice gateway has an open control API and must not run with NODE_ENV=production.',
    );
  }
  const port = Number(env.PORT ?? 3001);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new SettingError(`PORT must be a number from 0 to 65535, not "${env.PORT}".`);
  }
  if (!env.DATABASE_URL) {
    throw new SettingError('DATABASE_URL must name the practice gateway’s own PostgreSQL database.');
  }
  const logLevel = env.LOG_LEVEL ?? 'warn';
  if (!LOG_LEVELS.includes(logLevel)) {
    throw new SettingError(`LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}, not "${logLevel}".`);
  }
  return {
    port,
    host: env.HOST ?? '127.0.0.1',
    databaseUrl: env.DATABASE_URL,
    publicUrl: env.PUBLIC_URL ? readPublicUrl(env.PUBLIC_URL) : null,
    logLevel,
  };
}

function readPublicUrl(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw new SettingError(`PUBLIC_URL must be an http or https address, not "${text}".`);
  }
  return text.replace(/\/+$/, '');
}
