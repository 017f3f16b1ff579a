import { describe, expect, it } from '@jest/globals';
import { accessOf, whyNotAsked, whyNotCharged } from './standing.rules.js';

const NOW = new Date('2026-11-10T15:00:00Z');
const card = { state: 'active', type: 'token', validUntil: '2026-12-31' } as const;

describe('a means of payment', () => {
  it.each([
    ['that serves', card, null],
    ['without a last day', { ...card, validUntil: null }, null],
    ['that is suspended', { ...card, state: 'suspended' }, 'instrument_suspended'],
    ['that is revoked', { ...card, state: 'revoked' }, 'instrument_revoked'],
    ['that has expired', { ...card, validUntil: '2026-10-31' }, 'instrument_expired'],
    ['that ends before the charge', { ...card, validUntil: '2026-11-30' }, 'instrument_expires'],
    ['that ends on the very day', { ...card, validUntil: '2026-12-01' }, null],
  ] as const)('%s is told apart', (_case, instrument, why) => {
    expect(whyNotCharged(instrument, '2026-12-01', NOW)).toBe(why);
  });
});

describe('a planned period', () => {
  it.each([
    ['of a schedule that goes on', 'active', null, null],
    ['of one that stands still', 'paused', null, 'paused'],
    ['of one that ends on that day', 'active', '2026-12-01', 'cancelled'],
    ['of one that ends later', 'active', '2026-12-02', null],
    ['of one that has ended', 'cancelled', '2026-11-09', 'cancelled'],
  ] as const)('%s', (_case, state, endsOn, why) => {
    expect(whyNotAsked({ state, endsOn }, '2026-12-01')).toBe(why);
  });
});

describe('what a payer has of a subscription', () => {
  const start = { startOn: '2026-11-01', trialDays: 0 };
  const trial = { startOn: '2026-11-01', trialDays: 30 };
  it.each([
    ['nothing before it begins', { ...trial, startOn: '2026-11-11' }, null, 'none'],
    ['nothing before its first charge', start, null, 'none'],
    ['a trial', trial, null, 'trial'],
    ['what is paid', start, { number: 3, state: 'paid' }, 'given'],
    ['what was skipped', start, { number: 3, state: 'skipped' }, 'given'],
    ['what is not paid yet', start, { number: 3, state: 'retrying' }, 'owed'],
    ['what nobody pays', start, { number: 3, state: 'unpaid' }, 'owed'],
    ['nothing after a pause', start, { number: 2, state: 'paid' }, 'none'],
  ] as const)('%s', (_case, plan, last, access) => {
    expect(accessOf(plan, { planned: 4, last }, '2026-11-10')).toBe(access);
  });
});
