import { describe, expect, it } from '@jest/globals';
import { checkForm, EMPTY_FORM, prepare, SITE_LOCALE, toBody, type SessionForm } from './new-session.js';

const NOW = Date.parse('2026-03-10T15:00:00Z');

function form(change: Partial<SessionForm> = {}): SessionForm {
  return {
    ...EMPTY_FORM,
    siteId: '0190a000-0000-7000-8000-000000000001',
    reference: 'AND-1',
    description: 'Póliza',
    amountMinor: '84.500',
    life: '24h',
    locale: SITE_LOCALE,
    payer: {},
    ...change,
  };
}

const check = (change: Partial<SessionForm>) => checkForm(form(change), 'COP', 'es', NOW);

describe('the form of a new payment', () => {
  it('is fine as an agent usually fills it', () => {
    expect(check({})).toEqual({});
  });

  it('sends no empty payer and leaves the default life to the server', () => {
    expect(toBody(form({ payer: { name: ' ', email: '' } }), 'COP', 'es', NOW)).toEqual({
      siteId: form().siteId,
      reference: 'AND-1',
      description: 'Póliza',
      amountMinor: 8_450_000,
      currency: 'COP',
    });
  });

  it('sends another life as an instant', () => {
    expect(toBody(form({ life: '1h' }), 'COP', 'es', NOW).expiresAt).toBe('2026-03-10T16:00:00.000Z');
  });

  it('refuses an amount that could mean two things', () => {
    expect(check({ amountMinor: '84,500.5' })).toEqual({ amountMinor: 'fields.money.ambiguous' });
  });

  it('names each wrong field', () => {
    expect(check({ reference: 'x'.repeat(33), description: '', payer: { email: 'ana' } })).toEqual({
      reference: 'problems.field.too_long',
      description: 'problems.field.required',
      'payer.email': 'problems.field.invalid_email',
    });
  });

  it('refuses a card number in free text', () => {
    // A number that passes the check digit, put together here so that none stands in the file.
    const number = `4${'1'.repeat(15)}`;
    expect(check({ description: `cobrar a ${number}` })).toEqual({
      description: 'problems.field.card_number',
    });
  });

  it('names every missing field at once, before a site is chosen', () => {
    const empty = form({ siteId: '', reference: '', description: '', amountMinor: '' });
    expect(checkForm(empty, null, 'es', NOW)).toEqual({
      siteId: 'problems.field.required',
      reference: 'problems.field.required',
      description: 'problems.field.required',
      amountMinor: 'fields.money.empty',
    });
  });
});

describe('a retry', () => {
  let keys = 0;
  const reader = (now: number) =>
    ({ currency: 'COP', language: 'es', now, newKey: () => `key-${(keys += 1)}` }) as const;

  it('of the same form sends the same body with the same key, however late', () => {
    const first = prepare(form({ life: '1h' }), null, reader(NOW));
    expect(prepare(form({ life: '1h' }), first, reader(NOW + 60_000))).toBe(first);
  });

  it('of a changed form is another intent with a key of its own', () => {
    const first = prepare(form(), null, reader(NOW));
    const second = prepare(form({ description: 'Otra' }), first, reader(NOW));
    expect(second.key).not.toBe(first.key);
  });
});
