import { describe, expect, it } from '@jest/globals';
import type { Adoption } from '@recaudo/shared';
import { inPieces, numbersIn, numbersInCsv, textIn } from './numbers.js';
import { merged, resultsCsv, totals } from './results.js';

function row(number: string, result: Adoption['result'], change: Partial<Adoption> = {}): Adoption {
  return {
    number,
    result,
    sessionId: null,
    reference: null,
    kind: null,
    state: null,
    amountMinor: null,
    currency: null,
    ...change,
  };
}

describe('numbers', () => {
  it('are parted by lines, commas, semicolons or blanks', () => {
    expect(numbersIn(' 181\n182, 183;184\t185 ')).toEqual(['181', '182', '183', '184', '185']);
  });

  it('come from the first column of a file without a heading', () => {
    expect(numbersInCsv('181,uno\r\n182,dos\r\n').numbers).toEqual(['181', '182']);
  });

  it.each(['number', 'Numero', 'número', 'requestId', '"requestId"', 'Sesión', 'sesion', 'session'])(
    'come from the column called %s, wherever it stands',
    (heading) => {
      const file = `\uFEFFfecha;${heading};valor\n2026-01-02;"181";5\n2026-01-03;182;6`;
      expect(numbersInCsv(file).numbers).toEqual(['181', '182']);
    },
  );

  it('leave out a heading that nobody knows', () => {
    expect(numbersInCsv('pago\n181').numbers).toEqual(['181']);
  });

  it('come from no other column when theirs is empty', () => {
    expect(numbersInCsv('fecha;Sesión\n2026-01-02;\n2026-01-03;')).toEqual({
      numbers: [],
      heading: 'Sesión',
    });
  });

  it('travel in pieces, none lost', () => {
    expect(inPieces([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
  });
});

describe('a file', () => {
  const bytes = (...codes: number[]) => Uint8Array.from(codes).buffer;

  it('is text in UTF-8, and in what sheets write without it', () => {
    expect(textIn(new TextEncoder().encode('Sesión\n181').buffer)).toBe('Sesión\n181');
    expect(textIn(bytes(0x53, 0x65, 0x73, 0x69, 0xf3, 0x6e))).toBe('Sesión');
  });

  it('is no text when it is a zip archive, holds NUL, or many control characters', () => {
    expect(textIn(bytes(0x50, 0x4b, 3, 4, 0x31))).toBeNull();
    expect(textIn(bytes(0x31, 0, 0x38, 0))).toBeNull();
    expect(textIn(bytes(0x31, 2, 0x99, 7, 0x38))).toBeNull();
  });
});

describe('results', () => {
  const rows = [row('1', 'would_adopt'), row('2', 'no_answer'), row('1', 'repeated')];

  it('are counted by how they came out', () => {
    expect(totals(rows)).toEqual([
      { result: 'would_adopt', count: 1 },
      { result: 'repeated', count: 1 },
      { result: 'no_answer', count: 1 },
    ]);
  });

  it('take new answers in place, and leave a repeated number as it was', () => {
    expect(merged(rows, [row('1', 'adopted')]).map(({ result }) => result)).toEqual([
      'adopted',
      'no_answer',
      'repeated',
    ]);
  });

  it('go into a file in which nothing computes and commas are safe', () => {
    const csv = resultsCsv(
      [
        row('=1+1', 'malformed'),
        row('7', 'adopted', { reference: 'A,"1"', amountMinor: 150, currency: 'COP' }),
      ],
      (result) => result,
    );
    expect(csv.split('\r\n').slice(1, 3)).toEqual([
      "'=1+1,malformed,,,,,,",
      '7,adopted,"A,""1""",,,1.50,COP,',
    ]);
  });
});
