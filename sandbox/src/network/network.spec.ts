import { describe, expect, test } from '@jest/globals';
import { brandOf, BRANDS, TEST_CARDS } from './cards.js';
import { askNetwork, type Charge } from './network.js';

const NOW = new Date('2026-03-02T15:00:00Z');

const charge = (number: string, more: Partial<Charge> = {}): Charge => ({
  number,
  expiry: '12/30',
  cvv: '123',
  currency: 'USD',
  amountMinor: 5_000,
  ...more,
});

const answer = (number: string, more?: Partial<Charge>) => askNetwork(charge(number, more), 60, NOW);

describe('the network', () => {
  test.each([
    ['4110760000000081', { status: 'APPROVED', reason: '00' }],
    ['4110760000000016', { status: 'REJECTED', reason: '05' }],
    ['4110760000000065', { status: 'FAILED', reason: 'XH' }],
    ['4110760000000051', { status: 'REJECTED', reason: '51' }],
    ['4999999999999999', { status: 'REJECTED', reason: '14' }],
    ['5058740200053106', { status: 'APPROVED', reason: '00' }],
  ])('answers %s at once with %j', (number, verdict) => {
    expect(answer(number)).toEqual(verdict);
  });

  test.each([
    ['4110760000000073', 'PENDING', 60, 'APPROVED'],
    ['4048370000000037', 'PENDING', 60, 'REJECTED'],
    ['4532034637206853', 'PENDING_VALIDATION', 60, 'REJECTED'],
    ['376651707554974', 'PENDING_VALIDATION', 60, 'APPROVED'],
    ['4110760000000024', 'PENDING', 180, 'APPROVED'],
    ['4110760000000115', 'PENDING', 180, 'REJECTED'],
  ])('holds %s as %s for %d s, then answers %s', (number, status, seconds, then) => {
    expect(answer(number)).toMatchObject({ status, reason: '?-', seconds, then: { status: then } });
  });

  test.each([
    ['USD', 19_999, 'APPROVED'],
    ['USD', 20_000, 'REJECTED'],
    ['COP', 79_999_999, 'APPROVED'],
    ['COP', 80_000_000, 'REJECTED'],
    ['CLP', 189_999, 'APPROVED'],
    ['CLP', 190_000, 'REJECTED'],
  ])('answers the card with a limit of 200 dollars, for %s %d, with %s', (currency, amountMinor, status) => {
    expect(answer('4110760000000057', { currency, amountMinor }).status).toBe(status);
  });

  test.each([
    ['4012888888881881', '11/28', '917', 'APPROVED'],
    ['4012888888881881', '11/28', '918', 'REJECTED'],
    ['4012888888881881', '12/28', '917', 'REJECTED'],
    ['376651001281274', '06/34', '4637', 'APPROVED'],
  ])('answers %s with %s and %s with %s', (number, expiry, cvv, status) => {
    expect(answer(number, { expiry, cvv }).status).toBe(status);
  });

  test('takes a card until the end of its month', () => {
    expect([
      answer('4110760000000081', { expiry: '03/26' }),
      answer('4110760000000081', { expiry: '02/26' }),
    ]).toEqual([
      { status: 'APPROVED', reason: '00' },
      { status: 'REJECTED', reason: '54' },
    ]);
  });
});

describe('the table of cards', () => {
  test('holds no number twice, and one of its own', () => {
    const own = TEST_CARDS.filter((card) => card.own);
    expect([new Set(TEST_CARDS.map((card) => card.number)).size, own.length]).toEqual([TEST_CARDS.length, 1]);
  });

  test('knows the brand of each of its cards', () => {
    expect(TEST_CARDS.filter((card) => !BRANDS[card.brand])).toEqual([]);
  });

  test.each([
    ['4999999999999999', 'visa'],
    ['5105105105105100', 'master'],
    ['378282246310005', 'amex'],
    ['9999999999999999', 'other'],
  ])('gives the unknown number %s the brand %s', (number, brand) => {
    expect(brandOf(number)).toBe(brand);
  });
});
