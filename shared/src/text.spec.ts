import { describe, expect, it } from '@jest/globals';
import { freeText, holdsCardNumber } from './text.js';

describe('free text', () => {
  it.each([
    '4110.7600.0000.0081',
    '４１１１１１１１１１１１１１１１',
    '4111111111111111',
    'tarjeta 4111 1111 1111 1111 vence',
    '5180-3000-0000-0005 123',
  ])('refuses a card number: %s', (text) => {
    expect(holdsCardNumber(text)).toBe(true);
  });

  it.each(['Pedido 1001', 'Factura 123456789012345', 'tel 3001234567 300', '4111111111111112', ''])(
    'lets other numbers pass: %s',
    (text) => {
      expect(holdsCardNumber(text)).toBe(false);
    },
  );

  it('names the rule that refused it', () => {
    expect(freeText(80).safeParse('4111111111111111').error?.issues[0]?.message).toBe('card_number');
  });

  it('reads a long hostile text without slowing down', () => {
    expect(holdsCardNumber('1 '.repeat(50_000))).toBe(false);
  });
});
