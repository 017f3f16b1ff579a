import { describe, expect, test } from '@jest/globals';
import type { Person } from '../wire/person.js';
import type { SessionRequest } from '../wire/session-request.js';
import { type FormContext, type FormData, readPayForm } from './pay-form.js';

const request = (more: Partial<SessionRequest> = {}): SessionRequest => ({
  locale: 'es_CO',
  payment: { reference: 'a', amount: { currency: 'COP', total: 1 }, allowPartial: false, subscribe: false },
  fields: [],
  returnUrl: 'https://shop.example',
  ipAddress: '1.1.1.1',
  userAgent: 'x',
  expiration: '',
  ...more,
});

const context = (more?: Partial<SessionRequest>): FormContext => ({
  kind: 'basic',
  request: request(more),
  currency: 'COP',
  remainingMinor: 8_450_000,
});

const card: FormData = {
  number: '4110 7600 0000 0081',
  holder: 'Ana Ruiz',
  expiry: '12/30',
  cvv: '123',
  installments: '3',
};
const ana: Person = {
  name: 'Ana',
  surname: 'Ruiz',
  email: 'ana@example.com',
  documentType: 'CC',
  document: '1020304050',
};

const errors = (form: FormData, more?: Partial<SessionRequest>, country = 'CO') => {
  const outcome = readPayForm(form, context(more), country);
  return 'errors' in outcome ? outcome.errors : {};
};

describe('a form of the hosted page', () => {
  test('is read, with the blanks of the number taken out', () => {
    expect(readPayForm({ ...card, ...(ana as FormData) }, context(), 'CO')).toEqual({
      read: {
        instrument: {
          method: 'card',
          number: '4110760000000081',
          expiry: '12/30',
          cvv: '123',
          installments: 3,
          otp: undefined,
          postalCode: undefined,
        },
        amountMinor: 8_450_000,
        subscribe: false,
        payer: ana,
      },
    });
  });

  test('leaves what it does not mention as the shop gave it', () => {
    expect(readPayForm(card, context({ buyer: ana }), 'CO')).toMatchObject({ read: { payer: ana } });
  });

  test('cannot change a payer whom the shop has fixed', () => {
    const form = { ...card, name: 'Eva', mobile: '300' };
    expect(readPayForm(form, context({ payer: ana }), 'CO')).toMatchObject({
      read: { payer: { ...ana, mobile: '300' } },
    });
  });

  test('is not filled in from the buyer when the shop said so', () => {
    expect(errors(card, { buyer: ana, noBuyerFill: true })).toMatchObject({
      name: 'required',
      email: 'required',
    });
  });

  test('needs no document in Puerto Rico', () => {
    expect(errors({ ...card, name: 'Ana', surname: 'Ruiz', email: 'ana@example.com' }, {}, 'PR')).toEqual({});
  });

  test('needs no surname of a company', () => {
    const form = {
      ...card,
      name: 'Ana SAS',
      email: 'a@example.com',
      documentType: 'NIT',
      document: '900123456',
    };
    expect(errors(form)).toEqual({});
  });

  test.each<[string, FormData, string]>([
    ['number', { number: '411' }, 'number'],
    ['number', { number: '5367680000000005' }, 'method'],
    ['expiry', { expiry: '13/30' }, 'expiry'],
    ['cvv', { cvv: '12' }, 'cvv'],
    ['installments', { installments: '0' }, 'installments'],
    ['holder', { holder: ' ' }, 'required'],
    ['name', { name: '' }, 'required'],
    ['name', { name: 'Ana 4111111111111111' }, 'cardNumber'],
    ['email', { email: 'ana' }, 'email'],
    ['document', { document: '0' }, 'document'],
  ])('tells a wrong %s (%j)', (field, wrong, rule) => {
    expect(errors({ ...card, ...wrong }, { buyer: ana, paymentMethod: 'visa' })).toEqual({ [field]: rule });
  });
});
