// The one place where settings are read. Each has a name, what stands in when it is not set, what it means, and a
// check that answers the end of a sentence ("PORT must be …") or nothing.
import { resolve } from 'node:path';
import { Sentence } from './sentence.js';

const wholeNumber = (from, to) => (text) =>
  /^\d{1,9}$/.test(text) && Number(text) >= from && Number(text) <= to
    ? undefined
    : `must be a whole number from ${from} to ${to}`;

const port = wholeNumber(1, 65_535);

const oneOf =
  (...words) =>
  (text) =>
    words.includes(text) ? undefined : `must be one of ${words.join(', ')}`;

function parsed(text, protocols) {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url && protocols.includes(url.protocol) ? url : null;
}

const publicAddress = (text) => {
  const url = parsed(text, ['http:', 'https:']);
  return url && url.pathname === '/' && !url.search && !url.hash
    ? undefined
    : 'must be an http or https address without a path, such as https://pay.example.com';
};

const postgresAddress = (text) => {
  const url = parsed(text, ['postgres:', 'postgresql:']);
  return url && url.hostname && url.pathname.length > 1
    ? undefined
    : 'must look like postgres://user:password@host:5432/database';
};

const keyRing = (text) => {
  const keys = text.split(',').map((pair) => /^([\w-]{1,20}):([A-Za-z0-9+/]{43}=)$/.exec(pair.trim()));
  if (keys.some((key) => !key))
    return 'must be id:key pairs with commas between, each key 32 bytes in base64';
  return new Set(keys.map((key) => key[1])).size === keys.length ? undefined : 'must not name one id twice';
};

const smtpAddress = (text) => {
  const url = parsed(text, ['smtp:', 'smtps:']);
  return url?.hostname ? undefined : 'must look like smtps://user:password@host:465 or smtp://host:587';
};

const sender = (text) =>
  /^(?:[^<>"\r\n]{1,100}?\s*<)?[^\s<>@,;]{1,64}@[^\s<>@,;]{1,189}\.[^\s<>@,;.]{2,}>?$/.test(text)
    ? undefined
    : 'must be an e-mail address, or a name and <address>';

const hostName = (text) =>
  /^[\w.:-]{1,253}$/.test(text)
    ? undefined
    : 'must be an address or a host name of this machine, such as 127.0.0.1';

/** `shown` is what the table says where the default depends on the place or is none; a `secret` is never repeated. */
export const settingsTable = [
  {
    name: 'PORT',
    fallback: '3000',
    check: port,
    meaning: 'Where people, payers and gateways reach Recaudo.',
  },
  { name: 'HOST', fallback: '127.0.0.1', check: hostName, meaning: 'The address it listens on.' },
  {
    name: 'PUBLIC_URL',
    shown: 'http://localhost:PORT',
    check: publicAddress,
    meaning: 'Its address as others see it, used in links and for notifications. Required in production.',
  },
  {
    name: 'SANDBOX_PORT',
    fallback: '3001',
    check: port,
    meaning: 'Where the practice gateway listens, on 127.0.0.1. Not in production.',
  },
  {
    name: 'DATA_DIR',
    fallback: 'data',
    meaning: 'The folder of the database, the logs and the practice secrets.',
  },
  {
    name: 'DATABASE_URL',
    shown: 'embedded',
    check: postgresAddress,
    secret: true,
    meaning: 'A PostgreSQL database to use instead of the embedded one (tested with 18).',
  },
  {
    name: 'SANDBOX_DATABASE_URL',
    shown: '<database>_sandbox',
    check: postgresAddress,
    secret: true,
    meaning: 'The practice gateway’s own database, if DATABASE_URL is set.',
  },
  {
    name: 'RECAUDO_KEYS',
    shown: 'made in practice',
    check: keyRing,
    secret: true,
    meaning:
      'The key ring that seals secrets, id:base64 of 32 bytes, the current first. Required in production.',
  },
  {
    name: 'RUN',
    fallback: 'both',
    check: oneOf('both', 'http', 'worker'),
    meaning: 'http: screens and API only; worker: background work only, without a screen.',
  },
  {
    name: 'SMTP_URL',
    shown: 'none',
    check: smtpAddress,
    secret: true,
    meaning:
      'The mail server. Without it e-mail is only shown (practice) or waits in the outbox (production).',
  },
  {
    name: 'MAIL_FROM',
    shown: 'none',
    check: sender,
    meaning: 'Who e-mail comes from: an address, or Name <address>. Required with SMTP_URL.',
  },
  {
    name: 'LOG_LEVEL',
    fallback: 'info',
    check: oneOf('fatal', 'error', 'warn', 'info', 'debug', 'silent'),
    meaning: 'How much is written to the logs.',
  },
  {
    name: 'DEMO_HISTORY',
    fallback: '1500',
    check: wholeNumber(0, 100_000),
    meaning: 'Payments of the practice history, and a schedule for every 30; 0 for none. Not in production.',
  },
  {
    name: 'NODE_ENV',
    shown: 'practice',
    check: oneOf('production', 'development', 'test'),
    meaning: 'production: no practice gateway, no demo data, no default secret.',
  },
];

/** Sentences about settings that do not fit together; each value is already right by itself. */
function contradictions(values) {
  const production = values.NODE_ENV === 'production';
  const sentences = [];
  if (production && !values.RECAUDO_KEYS) {
    sentences.push(
      'RECAUDO_KEYS is required in production: set it to id:key, the key being 32 random bytes in base64 ' +
        '(for example from: openssl rand -base64 32), and keep a copy in a safe place.',
    );
  }
  if (production && !values.PUBLIC_URL) {
    sentences.push(
      'PUBLIC_URL is required in production: set it to the address that payers and gateways reach.',
    );
  }
  if (values.SMTP_URL && !values.MAIL_FROM) {
    sentences.push('MAIL_FROM is required with SMTP_URL: set it to the address that e-mail comes from.');
  }
  if (!production && values.PORT === values.SANDBOX_PORT) {
    sentences.push(`PORT and SANDBOX_PORT must not be the same (${values.PORT}).`);
  }
  if (values.DATABASE_URL && values.DATABASE_URL === values.SANDBOX_DATABASE_URL) {
    sentences.push('DATABASE_URL and SANDBOX_DATABASE_URL must not name the same database.');
  }
  return sentences;
}

/** One sentence for each thing that is wrong with this environment; none if it is right. An empty value counts as unset. */
export function problemsOf(env) {
  const values = {};
  const sentences = [];
  for (const { name, fallback, check, secret } of settingsTable) {
    values[name] = env[name] || fallback;
    const wrong = env[name] && check?.(env[name]);
    if (wrong) sentences.push(secret ? `${name} ${wrong}.` : `${name} ${wrong}, not "${env[name]}".`);
  }
  return sentences.length > 0 ? sentences : contradictions(values);
}

/** The settings of this environment, with their defaults; throws a Sentence if any is wrong. */
export function readSettings(env, root) {
  const problems = problemsOf(env);
  if (problems.length > 0) throw new Sentence(problems.join('\n'));
  const of = (name) => env[name] || settingsTable.find((setting) => setting.name === name).fallback;
  const production = of('NODE_ENV') === 'production';
  return {
    production,
    port: Number(of('PORT')),
    host: of('HOST'),
    publicUrl: (of('PUBLIC_URL') ?? `http://localhost:${of('PORT')}`).replace(/\/$/, ''),
    sandboxPort: Number(of('SANDBOX_PORT')),
    dataDir: resolve(root, of('DATA_DIR')),
    databaseUrl: of('DATABASE_URL') ?? null,
    sandboxDatabaseUrl: of('SANDBOX_DATABASE_URL') ?? null,
    keys: of('RECAUDO_KEYS') ?? null,
    smtpUrl: of('SMTP_URL') ?? null,
    mailFrom: of('MAIL_FROM') ?? null,
    run: of('RUN'),
    logLevel: of('LOG_LEVEL'),
    demoHistory: production ? 0 : Number(of('DEMO_HISTORY')),
  };
}

/** The table as text, for --help. */
export function describeSettings() {
  const rows = settingsTable.map(({ name, fallback, shown, meaning }) => [name, fallback ?? shown, meaning]);
  const width = (column) => Math.max(...rows.map((row) => row[column].length)) + 2;
  return rows
    .map(([name, value, meaning]) => name.padEnd(width(0)) + value.padEnd(width(1)) + meaning)
    .join('\n');
}
