import { describe, expect, it } from '@jest/globals';
import { createSessionSchema } from './opening.js';

const order = {
  siteId: '01a1fc76-a55b-75a4-8f86-9f2e12db59ed',
  reference: 'ORD-1',
  description: 'Pedido',
  amountMinor: 1_000,
  currency: 'COP',
};
const part = (amountMinor: number, agreementType = 'MERCHANT') => ({ amountMinor, agreementType });
const monthly = { periodicity: 'M', interval: 1, maxPeriods: -1 };

/** The broken rules by field. */
function broken(input: object): Record<string, string> {
  const result = createSessionSchema.safeParse({ ...order, ...input });
  const issues = result.success ? [] : result.error.issues;
  return Object.fromEntries(issues.map((issue) => [issue.path.join('.'), issue.message]));
}

describe('a request for a payment is refused by the name of the rule', () => {
  it.each<[object, Record<string, string>]>([
    [{ allowPartial: true, recurring: monthly }, { recurring: 'partial_with_recurring' }],
    [{ allowPartial: true, dispersion: [part(1_000)] }, { dispersion: 'partial_with_dispersion' }],
    [{ allowPartial: true, preauthorization: true }, { preauthorization: 'partial_with_preauthorization' }],
    [
      { preauthorization: true, dispersion: [part(1_000)] },
      { preauthorization: 'dispersion_with_preauthorization' },
    ],
    [{ recurring: monthly, preauthorization: true }, { preauthorization: 'recurring_with_preauthorization' }],
    [
      { requiresConfirmation: true, allowPartial: true },
      { requiresConfirmation: 'partial_with_confirmation' },
    ],
    [{ allowPartial: true, subscribe: true }, { subscribe: 'subscribe_only_basic' }],
    [{ allowPartial: true, taxes: [] }, { taxes: 'partial_without_taxes' }],
    [{ allowPartial: true, details: [] }, { details: 'partial_without_taxes' }],
    [{ dispersion: [part(1_000)], taxes: [] }, { taxes: 'dispersion_taxes_inside' }],
    [{ dispersion: [part(400), part(500)] }, { dispersion: 'dispersion_sum' }],
    [{ dispersion: [part(1_000), part(0)] }, { 'dispersion.1.amountMinor': 'not_positive' }],
    [{ dispersion: [part(500, 'AIRLINE'), part(500, 'AIRLINE')] }, { dispersion: 'one_airline' }],
    [{ dispersion: [part(500, 'AIRLINE'), part(300), part(200)] }, { dispersion: 'one_airline' }],
    [
      { recurring: { ...monthly, nextPayment: '2026-05-01', dueDate: '2026-04-01' } },
      { 'recurring.dueDate': 'before_next_payment' },
    ],
    [{ recurring: { ...monthly, maxPeriods: 0 } }, { 'recurring.maxPeriods': 'not_positive' }],
    [{ amountMinor: undefined }, { amountMinor: 'required' }],
    [{ currency: undefined }, { currency: 'required' }],
  ])('%j', (input, rules) => {
    expect(broken(input)).toEqual(rules);
  });

  it('when a subscription names an amount', () => {
    expect(broken({ subscription: true })).toEqual({
      amountMinor: 'subscription_without_amount',
      currency: 'subscription_without_amount',
    });
  });
});

describe('a request is taken', () => {
  it.each<[string, object]>([
    ['for a plain payment', {}],
    [
      'for a subscription without an amount',
      { subscription: true, amountMinor: undefined, currency: undefined },
    ],
    ['for an airline with nothing for the merchant', { dispersion: [part(1_000, 'AIRLINE'), part(0)] }],
    ['for a payment that offers to store the card', { subscribe: true }],
  ])('%s', (_case, input) => {
    expect(broken(input)).toEqual({});
  });
});
