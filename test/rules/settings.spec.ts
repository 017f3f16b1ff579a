import { describe, expect, it } from '@jest/globals';
import { problemsOf } from '../../scripts/lib/settings.js';

const key = `one:${Buffer.alloc(32, 7).toString('base64')}`;
const production = { NODE_ENV: 'production', RECAUDO_KEYS: key, PUBLIC_URL: 'https://pay.example.com' };

describe('the settings', () => {
  it('need nothing in practice', () => {
    expect(problemsOf({})).toEqual([]);
  });

  it('count an empty value as not set', () => {
    expect(problemsOf({ PORT: '', RECAUDO_KEYS: '' })).toEqual([]);
  });

  it.each([
    [{ PORT: '99999' }, 'PORT must be a whole number from 1 to 65535, not "99999".'],
    [{ PORT: 'http' }, 'PORT must be a whole number from 1 to 65535, not "http".'],
    [{ PUBLIC_URL: 'pay.example.com' }, /^PUBLIC_URL must be an http or https address without a path/],
    [
      { PUBLIC_URL: 'https://example.com/pay' },
      /^PUBLIC_URL must be an http or https address without a path/,
    ],
    [{ DATABASE_URL: 'mysql://a/b' }, /^DATABASE_URL must look like postgres:/],
    [{ DATABASE_URL: 'postgres://host' }, /^DATABASE_URL must look like postgres:/],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be one of fatal, error, warn, info, debug, silent, not "loud".'],
    [{ DEMO_HISTORY: '-1' }, 'DEMO_HISTORY must be a whole number from 0 to 100000, not "-1".'],
    [{ RUN: 'web' }, 'RUN must be one of both, http, worker, not "web".'],
    [{ NODE_ENV: 'prod' }, 'NODE_ENV must be one of production, development, test, not "prod".'],
    [{ SMTP_URL: 'mail.example.com' }, /^SMTP_URL must look like smtps:/],
    [{ SMTP_URL: 'smtp://mail.example.com' }, /^MAIL_FROM is required with SMTP_URL/],
    [{ MAIL_FROM: 'Pagos' }, /^MAIL_FROM must be an e-mail address/],
    [{ PORT: '3001' }, 'PORT and SANDBOX_PORT must not be the same (3001).'],
  ])('say in one sentence what is wrong with %j', (env, sentence) => {
    const problems = problemsOf(env);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(sentence);
  });

  it('never repeat a secret that is wrong', () => {
    const [sentence] = problemsOf({ RECAUDO_KEYS: 'one:c2VjcmV0' });
    expect(sentence).toBe(
      'RECAUDO_KEYS must be id:key pairs with commas between, each key 32 bytes in base64.',
    );
  });

  it.each(['DATABASE_URL', 'SANDBOX_DATABASE_URL'])('never repeat the password of a wrong %s', (name) => {
    expect(problemsOf({ [name]: 'postgres://u:hidden@host' })).toEqual([
      `${name} must look like postgres://user:password@host:5432/database.`,
    ]);
  });

  it('ask for the key ring and the public address in production', () => {
    const problems = problemsOf({ NODE_ENV: 'production' });
    expect(problems.map((sentence) => sentence.split(' ')[0])).toEqual(['RECAUDO_KEYS', 'PUBLIC_URL']);
  });

  it('take a production that has both', () => {
    expect(problemsOf(production)).toEqual([]);
  });

  it('say every problem at once', () => {
    expect(problemsOf({ PORT: 'x', LOG_LEVEL: 'y' })).toHaveLength(2);
  });
});
