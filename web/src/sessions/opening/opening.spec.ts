import { describe, expect, it } from '@jest/globals';
import { SESSION_KINDS, termsOf, type SessionKind } from '@recaudo/shared';
import { checkForm, EMPTY_FORM, toBody, type SessionForm } from '../new-session.js';
import { chargeDays, mayClamp } from './charge-days.js';
import { partSum } from './part-sum.js';
import { EMPTY_PART, readShare, termsToForm } from './terms-form.js';

const NOW = Date.parse('2026-03-10T15:00:00Z');

function form(change: Partial<SessionForm> = {}): SessionForm {
  return {
    ...EMPTY_FORM,
    siteId: '0190a000-0000-7000-8000-000000000001',
    reference: 'AND-1',
    description: 'Póliza',
    amountMinor: '100.000',
    ...change,
  };
}

const part = (amountMinor: string, agreement = '') => ({ ...EMPTY_PART, amountMinor, agreement });
const body = (change: Partial<SessionForm>) => toBody(form(change), 'COP', 'es', NOW);
const check = (change: Partial<SessionForm>) => checkForm(form(change), 'COP', 'es', NOW);
const READY: Record<SessionKind, Partial<SessionForm>> = {
  basic: { subscribe: true },
  partial: {},
  recurring: {},
  dispersion: { dispersion: [part('60.000'), part('40.000', '123')] },
  preauthorization: {},
  subscription: {},
  confirmation: {},
};

describe('the form of each kind', () => {
  it.each(SESSION_KINDS)('passes the contract as an agent usually fills it: %s', (kind) => {
    expect(check({ kind, ...READY[kind] })).toEqual({});
  });

  it.each(SESSION_KINDS)('sends nothing that was typed for another kind: %s', (kind) => {
    const everything = Object.assign({}, ...Object.values(READY)) as Partial<SessionForm>;
    expect(check({ ...everything, kind, amountMinor: '100.000' })).toEqual({});
  });

  it('sends a subscription without an amount', () => {
    expect(body({ kind: 'subscription' })).toEqual({
      siteId: form().siteId,
      reference: 'AND-1',
      description: 'Póliza',
      subscription: true,
    });
  });

  it('reads an empty number of charges as no limit', () => {
    expect(body({ kind: 'recurring' }).recurring).toEqual({
      periodicity: 'M',
      interval: 1,
      maxPeriods: -1,
      nextPayment: undefined,
      dueDate: undefined,
    });
  });

  it('names the rule when the parts do not add up', () => {
    expect(check({ kind: 'dispersion', dispersion: [part('60.000'), part('30.000')] })).toEqual({
      dispersion: 'problems.field.dispersion_sum',
    });
  });

  it('names the row whose amount cannot be read', () => {
    const errors = check({ kind: 'dispersion', dispersion: [part('100.000'), part('84,500.5')] });
    expect(errors['dispersion.1.amountMinor']).toBe('fields.money.ambiguous');
  });

  it('refuses an end before the first charge', () => {
    const recurring = { ...EMPTY_FORM.recurring, nextPayment: '2026-05-01', dueDate: '2026-04-01' };
    expect(check({ kind: 'recurring', recurring })).toEqual({
      'recurring.dueDate': 'problems.field.before_next_payment',
    });
  });

  it('lets a tax be nothing and its base be absent', () => {
    const taxes = [{ kind: 'valueAddedTax', amountMinor: '0', baseMinor: '' }];
    expect(check({ taxes })).toEqual({});
    expect(body({ taxes }).taxes).toEqual([{ kind: 'valueAddedTax', amountMinor: 0, baseMinor: undefined }]);
  });

  it('is filled again from what a payment was opened with', () => {
    const terms = termsOf(body({ kind: 'dispersion', ...READY.dispersion }));
    const again = termsToForm(terms, 'COP', 'es');
    expect(again.dispersion).toEqual([part('60000'), part('40000', '123')]);
    expect(termsOf(body(again))).toEqual(terms);
  });
});

describe('the coming charges', () => {
  const monthly = { periodicity: 'M', interval: 1, maxPeriods: -1 } as const;

  it('stay anchored to the day, clamped where a month is short', () => {
    expect(chargeDays(monthly, '2026-01-31', 3)).toEqual(['2026-02-28', '2026-03-31', '2026-04-30']);
  });

  it('begin on the day that was chosen', () => {
    expect(chargeDays({ ...monthly, nextPayment: '2026-03-15' }, '2026-01-31', 2)).toEqual([
      '2026-03-15',
      '2026-04-15',
    ]);
  });

  it('stop at their number or at the last day, whichever comes first', () => {
    expect(chargeDays({ ...monthly, maxPeriods: 2 }, '2026-01-10', 5)).toHaveLength(2);
    expect(chargeDays({ ...monthly, dueDate: '2026-03-10' }, '2026-01-10', 5)).toEqual([
      '2026-02-10',
      '2026-03-10',
    ]);
  });

  it('know leap years and plain days', () => {
    expect(chargeDays({ ...monthly, periodicity: 'Y' }, '2024-02-29', 1)).toEqual(['2025-02-28']);
    expect(chargeDays({ ...monthly, periodicity: 'D', interval: 15 }, '2026-02-20', 1)).toEqual([
      '2026-03-07',
    ]);
  });

  it('say that a month may be too short only where one may', () => {
    expect(mayClamp(monthly, '2026-01-31')).toBe(true);
    expect(mayClamp(monthly, '2026-01-28')).toBe(false);
  });
});

describe('the running sum of a dispersion', () => {
  const read = (text: string) => readShare(text, 'COP', 'es');

  it('tells what is missing, and what is too much', () => {
    expect(partSum(['60.000', ''], read('100.000'), read).difference).toBe(40_000_00);
    expect(partSum(['60.000', '50.000'], read('100.000'), read).difference).toBe(-10_000_00);
  });

  it('tells no difference without a whole', () => {
    expect(partSum(['60.000'], read(''), read)).toEqual({ sum: 60_000_00, difference: null });
  });
});
