import { describe, expect, it } from '@jest/globals';
import { freeText, holdsCardNumber, nameText } from './text.js';

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

describe('a name', () => {
  const said = (name: string) => {
    const { data, error } = nameText(60).safeParse(name);
    return data ?? error?.issues[0]?.message ?? '';
  };

  it.each([
    ['a blank of no width', 'Plan\u200b oro'],
    ['nothing but a blank of no width', '\u200b'],
    ['a mark that turns the direction', 'Plan\u200f oro'],
    ['an override of the direction', 'Plan \u202eoro'],
    ['a soft hyphen', 'Plan\u00adoro'],
    ['a joiner', 'Plan\u2060oro'],
    ['a tag', 'Plan\u{e0041}'],
    ['a filler letter', '\u3164'],
    ['an empty braille cell', '\u2800'],
    ['a mark alone', '\ufe0f'],
  ])('is refused for %s', (_case, name) => {
    expect(said(name)).toBe('control_characters');
  });

  it.each(['', '   ', '\u00a0\u2003', '\n\t'])('is not made of blanks alone: %j', (name) => {
    expect(nameText(60).safeParse(name).error?.issues[0]?.code).toBe('too_small');
  });

  it.each([
    ['Plan  oro\u00a0anual ', 'Plan oro anual'],
    ['Poli\u0301tica', 'Pol\u00edtica'],
    ['Plan ❤\ufe0f', 'Plan ❤\ufe0f'],
    ['日本 & Ñandú (2.ª)', '日本 & Ñandú (2.ª)'],
  ])('is written one way: %j', (typed, kept) => {
    expect(said(typed)).toBe(kept);
  });
});
