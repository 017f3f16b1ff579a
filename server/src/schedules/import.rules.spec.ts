import { describe, expect, it } from '@jest/globals';
import { readImport } from './import.rules.js';

const SITE = '018f0000-0000-7000-8000-000000000001';
const CARD = '018f0000-0000-7000-8000-000000000002';
const HEADER = 'reference,plan,instrumentId,amount,currency,unit,interval,startOn,anchorDay';
const row = (more: Partial<Record<string, string>> = {}): string => {
  const cells = {
    ...{ reference: 'S-1', plan: 'Plan', instrumentId: CARD, amount: '40000.00', currency: 'COP' },
    ...{ unit: 'month', interval: '1', startOn: '2027-01-31', anchorDay: '31' },
    ...more,
  };
  return Object.values(cells).join(',');
};
const file = (...lines: string[]): Uint8Array => new TextEncoder().encode(lines.join('\n'));
const read = (...lines: string[]) => readImport(file(HEADER, ...lines), SITE);

describe('a file of schedules', () => {
  it('is read row by row, amounts in minor units', () => {
    const [one] = read(row()).read;
    expect([one?.line, one?.input.amountMinor, one?.input.anchorDay]).toEqual([2, 4_000_000, 31]);
  });

  it('may come from a spreadsheet in Spanish, with semicolons and a mark at its start', () => {
    const text = `\uFEFF${HEADER.replaceAll(',', ';')}\r\n${row().replaceAll(',', ';')}\r\n`;
    expect(readImport(file(text), SITE).read.length).toBe(1);
  });

  it.each<[string, string[], object]>([
    ['an amount with a comma', [row({ amount: '"40000,00"' })], { field: 'amount', why: 'not_a_decimal' }],
    ['thousands behind a point', [row({ amount: '84.500' })], { field: 'amount', why: 'ambiguous_amount' }],
    ['more decimals than there are', [row({ amount: '1.2300' })], { field: 'amount', why: 'not_a_decimal' }],
    ['more than anybody owes', [row({ amount: '999999999999' })], { field: 'amount', why: 'too_big' }],
    ['an amount of nothing', [row({ amount: '0' })], { field: 'amount', why: 'too_small' }],
    [
      'a currency that nobody knows',
      [row({ currency: 'XXX' })],
      { field: 'currency', why: 'unknown_currency' },
    ],
    ['an impossible day', [row({ startOn: '2027-02-30' })], { field: 'startOn', why: 'invalid_format' }],
    ['an interval of 0', [row({ interval: '0' })], { field: 'interval', why: 'too_small' }],
    ['an interval of 1,000', [row({ interval: '1000' })], { field: 'interval', why: 'too_big' }],
    ['half an interval', [row({ interval: '1.5' })], { field: 'interval', why: 'invalid_type' }],
    ['a formula', [row({ plan: '=HYPERLINK(1)' })], { field: 'plan', why: 'formula' }],
    ['a card number', [row({ plan: '4111111111111111' })], { field: 'plan', why: 'card_number' }],
    ['a row with a cell too many', [`${row()},x`], { field: 'row', why: 'other_columns' }],
  ])('names line and field of %s', (_case, lines, wrong) => {
    const { errors, read: rows } = read(...lines);
    expect([errors[0], rows]).toEqual([{ line: 2, ...wrong }, []]);
  });

  it('names all that is wrong with a row, each with its column', () => {
    const more = { plan: '=A1', amount: '4e4', currency: 'XXX', unit: 'moon', startOn: '31/01/2027' };
    const { errors, partly } = read(row(), row(more), row({ interval: '0', unit: 'day' }));
    expect(errors.map(({ line, field, why }) => `${line} ${field} ${why}`).sort()).toEqual([
      ...['3 amount not_a_decimal', '3 currency unknown_currency', '3 plan formula', '3 reference row_twice'],
      ...['3 startOn invalid_format', '3 unit invalid_value'],
      ...['4 anchorDay anchor_without_month', '4 interval too_small', '4 reference row_twice'],
    ]);
    expect(partly.map(({ known }) => Object.keys(known))).toEqual([
      ['instrumentId'],
      ['instrumentId', 'currency', 'startOn'],
    ]);
  });

  it('says of what is missing only that it is', () => {
    const missing = { reference: '', plan: '', instrumentId: '', amount: '', currency: '', startOn: '' };
    expect(new Set(read(row(missing)).errors.map(({ why }) => why))).toEqual(new Set(['required']));
  });

  it('names the second row of the same reference', () => {
    expect(read(row(), row()).errors).toEqual([{ line: 3, field: 'reference', why: 'row_twice' }]);
  });

  it.each<[string, Uint8Array, object]>([
    ['with nothing in it', file(''), { field: 'file', why: 'empty_file' }],
    ['with a header alone', file(HEADER), { field: 'file', why: 'empty_file' }],
    ['in another encoding', Uint8Array.from([0x50, 0xf1, 0x0a]), { field: 'file', why: 'wrong_encoding' }],
    [
      'with a quote that never ends',
      file(HEADER, row(), '"a', row(), row()),
      { line: 3, field: 'file', why: 'malformed_csv' },
    ],
    [
      'with a quote in a word',
      file(HEADER, row(), 'a"b,c', row()),
      { line: 3, field: 'file', why: 'malformed_csv' },
    ],
    ['without a column it needs', file('reference,plan', 'a,b'), { field: 'instrumentId', why: 'required' }],
    [
      'with a column nobody knows',
      file(`${HEADER},pin`, `${row()},1`),
      { field: 'pin', why: 'unknown_column' },
    ],
    [
      'of 100,000 rows',
      file(HEADER, ...Array<string>(100_000).fill(row())),
      { field: 'file', why: 'too_many_import_rows', limit: 5_000 },
    ],
  ])('%s is refused as a whole', (_case, bytes, wrong) => {
    const { errors, read: rows } = readImport(bytes, SITE);
    expect([errors[0], rows]).toEqual([{ line: 1, ...wrong }, []]);
  });
});
