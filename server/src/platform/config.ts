import { z } from 'zod';

const flag = (message: string) => ({ message });

/** `Name <address>` or the address alone; nothing that could end a line of a letter's head. */
const SENDER = /^(?:([^<>"\r\n]{1,100}?)\s*<)?([^\s<>@,;]{1,64}@[^\s<>@,;]{1,189}\.[^\s<>@,;.]{2,})>?$/;

const environmentSchema = z.object({
  NODE_ENV: z.string().default('development'),
  PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535, flag('PORT must be a number from 0 to 65535.'))
    .default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, message: 'PUBLIC_URL must be a full http(s) address.' })
    .optional(),
  DATABASE_URL: z
    .string('DATABASE_URL is missing: it names the PostgreSQL database to use.')
    .regex(/^postgres(ql)?:\/\//, flag('DATABASE_URL must start with postgres:// or postgresql://.')),
  RECAUDO_KEYS: z.string(
    'RECAUDO_KEYS is missing: it holds the key ring that seals secrets, as id:base64 pairs.',
  ),
  SANDBOX_URL: z.url(flag('SANDBOX_URL must be a full http address.')).optional(),
  DEMO_PASSWORD: z.string().optional(),
  DEMO_SHOP_KEY: z.string().optional(),
  DEMO_HISTORY: z.coerce
    .number()
    .int()
    .min(0)
    .max(100_000, flag('DEMO_HISTORY must be a number from 0 to 100000.'))
    .default(0),
  SMTP_URL: z
    .url({
      protocol: /^smtps?$/,
      hostname: /./,
      message: 'SMTP_URL must look like smtps://user:password@host:465 or smtp://host:587.',
    })
    .optional(),
  MAIL_FROM: z
    .string()
    .regex(SENDER, flag('MAIL_FROM must be an e-mail address, or a name and <address>.'))
    .optional(),
  RUN: z.enum(['both', 'http', 'worker'], flag('RUN must be both, http or worker.')).default('both'),
  LOG_LEVEL: z
    .enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'silent'],
      flag('LOG_LEVEL must be fatal, error, warn, info, debug or silent.'),
    )
    .default('info'),
});

export interface SealKey {
  id: string;
  bytes: Buffer;
}

/** Where e-mail is handed over, and in whose name. */
export interface SmtpSettings {
  host: string;
  port: number;
  /** TLS from the first byte; else it is begun when the server offers it. */
  secure: boolean;
  /** With a password nothing is said before TLS stands. */
  auth: { user: string; pass: string } | null;
  from: { name: string; address: string };
}

/** What the server was started with; checked once, read everywhere. */
export interface Settings {
  production: boolean;
  port: number;
  host: string;
  /** Without a trailing slash; what people, payers and gateways use to reach this installation. */
  publicUrl: string;
  databaseUrl: string;
  /** The first one seals; all of them open. */
  keys: SealKey[];
  /** The practice gateway; never set in production. */
  sandboxUrl: string | null;
  /** Null: practice shows e-mail in place of sending it, production keeps it waiting. */
  smtp: SmtpSettings | null;
  demo: { password: string; shopKey: string; history: number } | null;
  runHttp: boolean;
  runWorker: boolean;
  logLevel: string;
}

export const SETTINGS = Symbol('settings');

/** Reads the environment; throws one Error whose message has one plain sentence per bad setting. */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const result = environmentSchema.safeParse(present);
  if (!result.success) {
    throw new Error(result.error.issues.map((issue) => sentence(issue)).join('\n'));
  }
  const env = result.data;
  const production = env.NODE_ENV === 'production';
  const problems: string[] = [];
  if (production && !env.PUBLIC_URL) problems.push('PUBLIC_URL is required in production.');
  if (production && env.SANDBOX_URL) problems.push('SANDBOX_URL must not be set in production.');
  if (production && (env.DEMO_PASSWORD || env.DEMO_SHOP_KEY || env.DEMO_HISTORY)) {
    problems.push('DEMO_* settings must not be set in production.');
  }
  if (env.SMTP_URL && !env.MAIL_FROM) problems.push('MAIL_FROM is required with SMTP_URL.');
  const keys = readKeys(env.RECAUDO_KEYS);
  if (keys === null)
    problems.push('RECAUDO_KEYS must be id:key pairs parted by commas, each key 32 bytes in base64.');
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return {
    production,
    port: env.PORT,
    host: env.HOST,
    publicUrl: (env.PUBLIC_URL ?? `http://localhost:${env.PORT}`).replace(/\/+$/, ''),
    databaseUrl: env.DATABASE_URL,
    keys: keys ?? [],
    sandboxUrl: env.SANDBOX_URL?.replace(/\/+$/, '') ?? null,
    smtp: env.SMTP_URL && env.MAIL_FROM ? readSmtp(env.SMTP_URL, env.MAIL_FROM) : null,
    demo:
      env.DEMO_PASSWORD && env.DEMO_SHOP_KEY
        ? { password: env.DEMO_PASSWORD, shopKey: env.DEMO_SHOP_KEY, history: env.DEMO_HISTORY }
        : null,
    runHttp: env.RUN !== 'worker',
    runWorker: env.RUN !== 'http',
    logLevel: env.LOG_LEVEL,
  };
}

function sentence(issue: z.core.$ZodIssue): string {
  const name = issue.path.join('.');
  return issue.message.startsWith(name) ? issue.message : `${name}: ${issue.message}.`;
}

function readSmtp(address: string, sender: string): SmtpSettings {
  const url = new URL(address);
  const [, name = '', from = ''] = SENDER.exec(sender) ?? [];
  const secure = url.protocol === 'smtps:';
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || (secure ? 465 : 587)),
    secure,
    auth: url.username
      ? { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) }
      : null,
    from: { name: name.trim(), address: from },
  };
}

function readKeys(text: string): SealKey[] | null {
  const keys = text.split(',').map((pair) => {
    const [id = '', encoded = ''] = pair.trim().split(':');
    return { id, bytes: Buffer.from(encoded, 'base64') };
  });
  const unique = new Set(keys.map((key) => key.id)).size === keys.length;
  return unique && keys.every((key) => /^[\w-]{1,20}$/.test(key.id) && key.bytes.length === 32) ? keys : null;
}
