import { describe, expect, it } from '@jest/globals';
import { LANGUAGES, MAIL_TEMPLATES, type MailTemplate } from '@recaudo/shared';
import { renderMail, type MailContent } from './templates.rules.js';

const ID = '01a1fc76-a55b-75a4-8f86-9f2e12db59ed';
const URL = 'https://pagos.example/p/abc';
const plan = { siteName: 'Café Andino', planName: 'Plan Oro', reference: 'SUS-7' };
const money = { amountMinor: 8_450_000, currency: 'COP' as const, zone: 'America/Bogota' };

const CONTENTS: MailContent[] = [
  {
    template: 'hold_expiring',
    data: {
      ...{ preauthorizationId: ID, siteName: 'Café Andino', reference: 'HOTEL-1', hours: 24 },
      ...{ ...money, expiresAt: '2026-03-12T20:00:00Z', url: URL },
    },
  },
  {
    template: 'receipt',
    data: {
      ...{
        transactionId: ID,
        siteName: 'Café Andino',
        reference: 'PED-1',
        description: 'Dos libras de café',
      },
      ...{ ...money, returnedMinor: 1_000_000, chargedBackMinor: 0 },
      ...{ authorization: '999999', receipt: null, lastFour: '0081', at: '2026-03-02T20:00:00Z' },
    },
  },
  {
    template: 'charge_failed',
    data: { ...plan, ...money, reasonClass: 'balance', nextTryOn: '2026-03-05', payUrl: URL },
  },
  {
    template: 'charge_receipt',
    data: { ...plan, ...money, paidAt: '2026-03-02T20:00:00Z', lastFour: '0081', brandName: 'Visa' },
  },
  {
    template: 'schedule_ended',
    data: { ...plan, accessEndsOn: '2026-03-31', why: 'unpaid', payUrl: URL },
  },
  {
    template: 'instrument_replacement',
    data: {
      ...{ siteName: 'Café Andino', planName: 'Plan Oro', lastFour: '0081', brandName: 'Visa' },
      ...{ validUntil: '2026-03-31', url: URL },
    },
  },
];
const contentOf = (name: MailTemplate) => CONTENTS.find(({ template }) => template === name)!;
const rendered = (name: MailTemplate, language: 'es' | 'en' = 'es', more: object = {}) =>
  renderMail(name, { ...contentOf(name).data, ...more }, language);

describe.each(MAIL_TEMPLATES)('the letter %s', (name) => {
  it.each(LANGUAGES)('is written in %s as text and as HTML', (language) => {
    const letter = rendered(name, language);
    expect([letter?.subject, letter?.text, letter?.html].every((part) => (part?.length ?? 0) > 10)).toBe(
      true,
    );
  });

  it('says something else in each language', () => {
    expect(rendered(name, 'es')?.subject).not.toBe(rendered(name, 'en')?.subject);
  });

  it('leaves no gap unfilled', () => {
    const whole = LANGUAGES.map((language) => JSON.stringify(rendered(name, language))).join();
    expect(whole).not.toMatch(/undefined|null|NaN|\[object|Invalid/);
  });

  it('escapes whatever was typed', () => {
    const letter = rendered(name, 'es', { siteName: '<script>alert("x")</script> & Cía' });
    expect(letter?.html).not.toContain('<script>');
  });

  it('loads nothing from anywhere', () => {
    expect(rendered(name)?.html).not.toMatch(/<img|<link|<iframe|<style|src=|url\(/i);
  });

  it('keeps a typed line break out of the subject', () => {
    const letter = rendered(name, 'es', {
      siteName: 'A\r\nBcc: x@y.co',
      planName: 'B\nC',
      reference: 'D\nE',
    });
    expect(letter?.subject).not.toMatch(/[\r\n]/);
  });

  it('is not written from data that it cannot read', () => {
    expect(renderMail(name, { siteName: 'Café Andino' }, 'es')).toBeNull();
  });
});

describe('a letter of a template that is gone', () => {
  it.each(['gone', 'constructor', '__proto__'])('is not written: %s', (name) => {
    expect(renderMail(name, {}, 'es')).toBeNull();
  });
});

describe('a charge that failed', () => {
  it('says why, how much, when next, and where to pay', () => {
    const text = rendered('charge_failed')?.text.replace(/\u00a0/g, ' ');
    expect(text).toMatch(/fondos suficientes[^]*\$ 84\.500 COP[^]*5 de marzo de 2026[^]*https:\/\/pagos/);
  });

  it('says so where it is not tried again', () => {
    expect(rendered('charge_failed', 'es', { nextTryOn: null })?.text).toContain('No se intentará de nuevo');
  });

  it('leads only to the web', () => {
    expect(rendered('charge_failed', 'es', { payUrl: 'javascript:alert(1)' })).toBeNull();
  });
});

describe('a subscription that ended', () => {
  it('asks for money only where something is left to pay', () => {
    expect(rendered('schedule_ended', 'es', { payUrl: null, why: 'chosen' })?.html).not.toContain('<a ');
  });
});

describe('a receipt', () => {
  it('names what was given back, and nothing that did not happen', () => {
    const text = rendered('receipt')?.text ?? '';
    expect([text.includes('Devuelto:'), text.includes('contracargo')]).toEqual([true, false]);
  });
});

describe('a request for another means of payment', () => {
  it('speaks of no expiry where there is none', () => {
    expect(rendered('instrument_replacement', 'es', { validUntil: null })?.text).not.toMatch(/vence/i);
  });
});
