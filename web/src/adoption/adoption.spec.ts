import { describe, expect, it } from '@jest/globals';
import type { Adoption } from '@recaudo/shared';
import { inPieces, numbersIn, numbersInCsv } from './numbers.js';
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
    expect(numbersInCsv('181,uno\r\n182,dos\r\n')).toEqual(['181', '182']);
  });

  it.each(['number', 'Numero', 'número', 'requestId', '"requestId"'])(
    'come from the column called %s, wherever it stands',
    (heading) => {
      expect(numbersInCsv(`\uFEFFfecha;${heading};valor\n2026-01-02;"181";5\n2026-01-03;182;6`)).toEqual([
        '181',
        '182',
      ]);
    },
  );

  it('leave out a heading that nobody knows', () => {
    expect(numbersInCsv('pago\n181')).toEqual(['181']);
  });

  it('travel in pieces, none lost', () => {
    expect(inPieces([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
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
