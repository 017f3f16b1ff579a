import { describe, expect, it } from '@jest/globals';
import { readSettings } from './config.js';

const KEY = `k1:${Buffer.alloc(32).toString('base64')}`;
const good = { DATABASE_URL: 'postgres://u@h/d', RECAUDO_KEYS: KEY };
const complaint = (environment: NodeJS.ProcessEnv): string => {
  try {
    readSettings(environment);
    return 'none';
  } catch (error) {
    return (error as Error).message;
  }
};

describe('settings of the server', () => {
  it('need only a database and keys in practice', () => {
    expect(readSettings(good)).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      publicUrl: 'http://localhost:3000',
    });
  });

  it.each([
    [{ ...good, PORT: 'abc' }, 'PORT'],
    [{ ...good, PORT: '70000' }, 'PORT must be a number from 0 to 65535.'],
    [{ ...good, DATABASE_URL: undefined }, 'DATABASE_URL is missing'],
    [{ ...good, DATABASE_URL: 'mysql://x' }, 'DATABASE_URL must start with'],
    [{ ...good, RECAUDO_KEYS: 'short:AAAA' }, 'RECAUDO_KEYS must be id:key pairs'],
    [{ ...good, RUN: 'all' }, 'RUN must be both, http or worker.'],
    [{ ...good, SMTP_URL: 'https://mail.example' }, 'SMTP_URL must look like smtps://'],
    [{ ...good, SMTP_URL: 'smtp://mail.example' }, 'MAIL_FROM is required with SMTP_URL.'],
    [{ ...good, MAIL_FROM: 'pagos@x.co\nBcc: y@x.co' }, 'MAIL_FROM must be an e-mail address'],
    [{ ...good, NODE_ENV: 'production' }, 'PUBLIC_URL is required in production.'],
    [
      { ...good, NODE_ENV: 'production', PUBLIC_URL: 'https://x.co', SANDBOX_URL: 'http://127.0.0.1:1' },
      'SANDBOX_URL must not',
    ],
    [
      { ...good, NODE_ENV: 'production', PUBLIC_URL: 'https://x.co', DEMO_PASSWORD: 'x' },
      'DEMO_* settings must not',
    ],
  ])('say in one sentence what is wrong: %#', (environment, sentence) => {
    expect(complaint(environment as NodeJS.ProcessEnv)).toContain(sentence);
  });

  it.each([
    [
      'smtps://ana%40x.co:p%3Aw@mail.example',
      'Pagos X <pagos@x.co>',
      { host: 'mail.example', port: 465, secure: true, auth: { user: 'ana@x.co', pass: 'p:w' } },
      { name: 'Pagos X', address: 'pagos@x.co' },
    ],
    [
      'smtp://127.0.0.1',
      'pagos@x.co',
      { host: '127.0.0.1', port: 587, secure: false, auth: null },
      { name: '', address: 'pagos@x.co' },
    ],
  ])('read the mail server %s and the sender %s', (SMTP_URL, MAIL_FROM, server, from) => {
    expect(readSettings({ ...good, SMTP_URL, MAIL_FROM }).smtp).toEqual({ ...server, from });
  });

  it('need no mail server, not even in production', () => {
    const production = { ...good, NODE_ENV: 'production', PUBLIC_URL: 'https://x.co' };
    expect(readSettings(production).smtp).toBeNull();
  });

  it('say every wrong thing at once, a line each', () => {
    expect(complaint({ PORT: '-1', RUN: 'x' }).split('\n')).toHaveLength(4);
  });
});
