import { describe, expect, it } from '@jest/globals';
import type { InstrumentState, Permission } from '@recaudo/shared';
import { instrumentActions, isExpired, lastDayOver, whyUnusable } from './instrument.rules.js';

const NOON = new Date('2026-11-21T12:00:00Z');
const usable = { state: 'active' as InstrumentState, type: 'token' as const, validUntil: '2026-11-30' };

describe('whether a stored means of payment can be charged', () => {
  it.each([
    ['can while it is active', {}, null],
    ['can without a last day', { validUntil: null }, null],
    ['cannot while it is suspended', { state: 'suspended' as const }, 'instrument_suspended'],
    ['cannot from its revocation on', { state: 'revoking' as const }, 'instrument_revoked'],
    ['cannot once it is revoked', { state: 'revoked' as const }, 'instrument_revoked'],
    ['cannot where it is an account', { type: 'account' as const }, 'instrument_is_account'],
    ['cannot after its last day', { validUntil: '2026-11-19' }, 'instrument_expired'],
  ])('%s', (_words, change, why) => {
    expect(whyUnusable({ ...usable, ...change }, NOON)).toBe(why);
  });
});

describe('the last day of a stored means of payment', () => {
  it.each([
    ['2026-11-20', '2026-11-21T11:59:59Z', false],
    ['2026-11-20', '2026-11-22T11:59:59Z', true],
    ['2026-11-20', '2026-11-21T12:00:00Z', true],
    [null, '2099-01-01T00:00:00Z', false],
  ])('%s at %s is over: %s', (validUntil, now, over) => {
    expect(isExpired(validUntil, new Date(now))).toBe(over);
  });

  it('is over in every zone at the same moment as the list takes it to be', () => {
    expect(lastDayOver(NOON)).toBe('2026-11-20');
  });
});

const ALL = new Set<Permission>([
  'sessions:create',
  'instruments:charge',
  'instruments:suspend',
  'instruments:revoke',
]);
const actionsOf = (
  state: InstrumentState,
  replacedById: string | null = null,
  permissions: ReadonlySet<Permission> = ALL,
) =>
  instrumentActions({ ...usable, state, replacedById }, permissions, NOON).map(({ action, why }) => [
    action,
    why,
  ]);

describe('what may be done with a stored means of payment', () => {
  it('is everything while it is active', () => {
    expect(actionsOf('active')).toEqual([
      ['charge', null],
      ['replace', null],
      ['suspend', null],
      ['revoke', null],
    ]);
  });

  it('is to resume it while it is suspended, and not to charge it', () => {
    expect(actionsOf('suspended').slice(0, 2)).toEqual([
      ['charge', 'instrument_suspended'],
      ['resume', null],
    ]);
  });

  it('is to ask once more for its end while the gateway has not confirmed it', () => {
    expect(actionsOf('revoking').slice(2)).toEqual([
      ['suspend', 'instrument_revoked'],
      ['revoke', null],
    ]);
  });

  it('is not to replace it twice', () => {
    expect(actionsOf('active', 'another')[1]).toEqual(['replace', 'instrument_replaced']);
  });

  it('is nothing for who may nothing', () => {
    expect(actionsOf('active', null, new Set())).toEqual([
      ['charge', 'no_permission'],
      ['replace', 'no_permission'],
      ['suspend', 'no_permission'],
      ['revoke', 'no_permission'],
    ]);
  });
});
