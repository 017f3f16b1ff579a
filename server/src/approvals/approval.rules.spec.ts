import { describe, expect, it } from '@jest/globals';
import { permissionsOf, ROLES } from '@recaudo/shared';
import fc from 'fast-check';
import { approvalHash, whyNotDecide, type Asked } from './approval.rules.js';

const asked: Asked = {
  kind: 'reverse',
  siteId: 'site',
  gatewayAccountId: 'account',
  orderId: 'order',
  targetType: 'transaction',
  targetId: 'payment',
  reference: 'T-1',
  amountMinor: 4_000_000,
  currency: 'COP',
  data: { limit: 'operation' },
  reason: 'Producto agotado',
};
const manager = {
  type: 'person',
  makerId: 'mariana',
  permissions: new Set(permissionsOf('manager')),
} as const;
const now = new Date('2026-11-21T10:00:00Z');
const waiting = { state: 'waiting', makers: ['sofia'], expiresAt: new Date('2026-11-22T10:00:00Z') } as const;

describe('an approval', () => {
  it.each([
    ['kind', { kind: 'checkout' }],
    ['target', { targetId: 'another' }],
    ['amount', { amountMinor: 4_000_001 }],
    ['currency', { currency: 'USD' }],
    ['account', { gatewayAccountId: 'another' }],
  ] as const)('does not cover another %s', (_what, change) => {
    expect(approvalHash({ ...asked, ...change })).not.toBe(approvalHash(asked));
  });

  it('covers the same refund for whatever reason it is asked', () => {
    expect(approvalHash({ ...asked, reason: 'otra', data: {} })).toBe(approvalHash(asked));
  });

  it('of a settlement does not cover other evidence', () => {
    const settle = { ...asked, kind: 'settle' as const, data: { evidence: 'extracto 12' } };
    expect(approvalHash({ ...settle, data: { evidence: 'extracto 13' } })).not.toBe(approvalHash(settle));
  });

  it('does not care in which order the evidence is written', () => {
    const settle = { ...asked, kind: 'settle' as const };
    expect(approvalHash({ ...settle, data: { a: 1, b: 2 } })).toBe(
      approvalHash({ ...settle, data: { b: 2, a: 1 } }),
    );
  });

  it('is decided by a manager without a hand in it', () => {
    expect(whyNotDecide({ ...waiting, makers: ['sofia'] }, manager, now)).toBeNull();
  });

  it('is over once its hours are over', () => {
    expect(whyNotDecide({ ...waiting, makers: [], expiresAt: now }, manager, now)).toBe('expired');
  });

  it('is not decided by a key, whatever it may do', () => {
    expect(whyNotDecide({ ...waiting, makers: [] }, { ...manager, type: 'key' }, now)).toBe('no_permission');
  });

  it('is never decided by anybody with a hand in it, in whatever role', () => {
    const people = fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(people, fc.nat(), fc.constantFrom(...ROLES), (makers, index, role) => {
        const me = {
          type: 'person' as const,
          makerId: makers[index % makers.length] ?? '',
          permissions: new Set(permissionsOf(role)),
        };
        expect(whyNotDecide({ ...waiting, makers }, me, now)).toBe('own_request');
      }),
      { seed: 20_261_121 },
    );
  });
});
