import { describe, expect, it } from '@jest/globals';
import { stringify } from 'csv-stringify/sync';
import { CSV } from './csv.js';

const written = (cell: string | number): string => stringify([{ a: cell }], CSV).split('\r\n')[1] ?? '';

describe('a cell of a file', () => {
  it.each<[string, string | number, string]>([
    ['a number below zero', -4000, '-4000'],
    ['an amount below zero', '-1521875.00', '-1521875.00'],
    ['words', 'Plan de oro', 'Plan de oro'],
    ['a day', '2026-11-22', '2026-11-22'],
  ])('keeps %s as it is', (_what, cell, text) => {
    expect(written(cell)).toBe(text);
  });

  it.each(['=1+1', '+57300', '-1+1', '--1', '@SUM(A1)', '\tx', '＝1'])('makes text of %j', (cell) => {
    expect(written(cell)).toBe(`'${cell}`);
  });
});
