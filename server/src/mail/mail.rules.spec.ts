import { describe, expect, it } from '@jest/globals';
import { isAddress, nextTry, notToBeSent, readRefusal } from './mail.rules.js';

const NOW = new Date('2026-03-02T15:00:00Z');
const MINUTE_MS = 60_000;

describe('a letter that was not accepted', () => {
  const later = { reason: 'put_off', answer: null, final: false } as const;

  it('is tried again after 1, 5 and 30 minutes, 2 and 12 hours, and then no more', () => {
    const waits = [1, 2, 3, 4, 5, 6].map((sends) => {
      const at = nextTry(later, sends, NOW);
      return at && (at.getTime() - NOW.getTime()) / MINUTE_MS;
    });
    expect(waits).toEqual([1, 5, 30, 120, 720, null]);
  });

  it('is not tried again where the refusal is for good', () => {
    expect(nextTry({ ...later, final: true }, 1, NOW)).toBeNull();
  });
});

describe('a letter is not handed over', () => {
  const hoursAgo = (hours: number) => new Date(NOW.getTime() - hours * 60 * MINUTE_MS);

  it.each([
    ['when it waited more than three days', hoursAgo(72.1), 1, 'too_old'],
    ['when each of its sendings ended its process', hoursAgo(1), 7, 'interrupted'],
  ])('%s', (_, queuedAt, sends, reason) => {
    expect(notToBeSent(queuedAt, sends, NOW)?.reason).toBe(reason);
  });

  it('and otherwise it is', () => {
    expect(notToBeSent(hoursAgo(71.9), 6, NOW)).toBeNull();
  });
});

describe('what the mail server said', () => {
  it.each([
    ['no such mailbox', { command: 'RCPT TO', responseCode: 550 }, 'recipient_refused', true],
    ['a full mailbox', { command: 'RCPT TO', responseCode: 452 }, 'put_off', false],
    ['a letter taken for junk', { command: 'DATA', responseCode: 554 }, 'content_refused', true],
    ['greylisting', { command: 'DATA', responseCode: 451 }, 'put_off', false],
    ['a sender that is not ours', { command: 'MAIL FROM', responseCode: 553 }, 'sender_refused', false],
    ['a wrong password', { code: 'EAUTH', command: 'AUTH', responseCode: 535 }, 'login_refused', false],
    ['no TLS where there must be', { code: 'ETLS', responseCode: 502 }, 'no_tls', false],
    ['a busy server', { command: 'CONN', responseCode: 554 }, 'put_off', false],
    ['a session out of order', { command: 'RCPT TO', responseCode: 503 }, 'put_off', false],
    ['nothing, for nobody listens', { code: 'ESOCKET', command: 'CONN' }, 'unreachable', false],
    ['nothing before the deadline', { code: 'EABORT' }, 'interrupted', false],
  ])('is told apart: %s', (_, error, reason, final) => {
    expect(readRefusal(error)).toEqual({ reason, answer: null, final });
  });

  it('is kept on one line of 300 signs', () => {
    const { answer } = readRefusal({ responseCode: 451, response: `451 later\r\n${'x'.repeat(500)}` });
    expect([answer?.length, answer?.slice(0, 11)]).toEqual([300, '451 later x']);
  });
});

describe('an address', () => {
  it.each([
    ['ana@example.com', true],
    ['ana.ruiz+pagos@mail.example.co', true],
    ['ana', false],
    ['ana@', false],
    ['ana@example.com, otro@example.com', false],
    ['ana@example.com\r\nBcc: otro@example.com', false],
    [`${'a'.repeat(250)}@example.com`, false],
  ])('%j counts as one: %s', (text, is) => {
    expect(isAddress(text)).toBe(is);
  });
});
