import { describe, expect, it } from '@jest/globals';
import type { PeriodState } from '@recaudo/shared';
import { accessOf, whyNotAsked, whyNotCharged, type Reached } from './standing.rules.js';

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
  const monthly = { unit: 'month', interval: 1, anchorDay: null, state: 'active', endsOn: null } as const;
  const start = { ...monthly, startOn: '2026-08-01', trialDays: 0 };
  const trial = { ...monthly, startOn: '2026-11-01', trialDays: 30 };
  const over: Reached = { planned: null, last: { number: 2, state: 'paid' }, skipped: [] };
  const reached = (number: number, state: PeriodState): Reached => ({
    ...{ planned: 4, last: { number, state }, skipped: [] },
  });
  const nothing: Reached = { planned: 0, last: null, skipped: [] };

  // Its third period began on 1 November, the day is the tenth.
  it.each<[string, Parameters<typeof accessOf>[0], Reached, string]>([
    ['nothing before it begins', { ...trial, startOn: '2026-11-11' }, nothing, 'none'],
    ['nothing before its first charge', start, nothing, 'none'],
    ['a trial', trial, nothing, 'trial'],
    ['a trial whose first charge is skipped', trial, { ...nothing, planned: 1, skipped: [0] }, 'trial'],
    ['what is paid', start, reached(3, 'paid'), 'given'],
    ['what was skipped', start, { ...reached(2, 'paid'), skipped: [3] }, 'given'],
    ['what is not paid yet', start, reached(3, 'retrying'), 'owed'],
    ['what nobody pays', start, reached(3, 'unpaid'), 'owed'],
    [
      'what is owed, though the next one is skipped',
      start,
      { ...reached(3, 'unpaid'), planned: 5, skipped: [4] },
      'owed',
    ],
    ['nothing after a pause', start, reached(2, 'paid'), 'none'],
    ['what is paid until it stands still', { ...start, state: 'paused' }, reached(3, 'paid'), 'given'],
    [
      'nothing once it stands still',
      { ...start, state: 'paused' },
      { ...reached(2, 'paid'), planned: 3 },
      'none',
    ],
    ['what is paid until its chosen end', { ...start, endsOn: '2026-12-01' }, reached(3, 'paid'), 'given'],
    ['nothing after its chosen end', { ...start, state: 'cancelled', endsOn: '2026-11-10' }, over, 'none'],
    [
      'what is paid until it is over',
      { ...start, state: 'finished' },
      { ...over, last: { number: 3, state: 'paid' } },
      'given',
    ],
    [
      'nothing once it was cancelled',
      { ...start, state: 'cancelled' },
      { ...over, last: { number: 3, state: 'paid' } },
      'none',
    ],
    [
      'nothing of a trial once it was cancelled',
      { ...trial, state: 'cancelled', endsOn: '2026-11-05' },
      nothing,
      'none',
    ],
    [
      'nothing of a trial that ran out meanwhile',
      { ...trial, trialDays: 5 },
      { ...nothing, planned: 1 },
      'none',
    ],
    [
      'nothing after a pause, though what comes is skipped',
      start,
      { planned: 5, last: { number: 1, state: 'paid' }, skipped: [4] },
      'none',
    ],
    [
      'what was paid, on the day of the next charge',
      { ...start, startOn: '2026-08-10' },
      { ...over, planned: 3 },
      'given',
    ],
    ['what is due since yesterday', { ...start, startOn: '2026-08-09' }, { ...over, planned: 3 }, 'owed'],
    ['a trial, on the day of its first charge', { ...trial, startOn: '2026-10-11' }, nothing, 'trial'],
    ['nothing once it is over', { ...start, state: 'finished' }, over, 'none'],
  ])('%s', (_case, plan, standing, access) => {
    expect(accessOf(plan, standing, '2026-11-10')).toBe(access);
  });
});
