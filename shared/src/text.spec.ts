import { describe, expect, it } from '@jest/globals';
import { freeText, holdsCardNumber } from './text.js';

describe('free text', () => {
  it.each([
    '4110.7600.0000.0081',
    '４１１１１１１１１１１１１１１１',
    '4111111111111111',
    'tarjeta 4111 1111 1111 1111 vence',
    '5180-3000-0000-0005 123',
    '4110  7600  0000  0081',
    '4110\n7600\n0000\n0081',
    '4110–7600–0000–0081',
    'tarjeta 4110_7600_0000_0081',
    '4110, 7600, 0000, 0081',
    '3782 822463 10005',
    '4110\u200b7600\u200b0000\u200b0081',
  ])('refuses a card number: %s', (text) => {
    expect(holdsCardNumber(text)).toBe(true);
  });

  it.each([
    ...['Pedido 1001', 'Factura 123456789012345', 'tel 3001234567 300', '4111111111111112', ''],
    ...['Se devolvieron $ 40.000 el 2026-11-20 a las 10:15', 'órdenes 4110, 7600, 0000 y 0081'],
  ])('lets other numbers pass: %s', (text) => {
    expect(holdsCardNumber(text)).toBe(false);
  });

  it('names the rule that refused it', () => {
    expect(freeText(80).safeParse('4111111111111111').error?.issues[0]?.message).toBe('card_number');
  });

  it('reads a long hostile text without slowing down', () => {
    expect(holdsCardNumber('1 '.repeat(50_000))).toBe(false);
  });
});
