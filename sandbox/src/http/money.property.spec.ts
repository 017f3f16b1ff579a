/** Whatever payers, merchants and staff do, in whatever order and at once, under whatever switches: the sums hold. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { at, Merchant } from '../testing/merchant.js';
import type { Line, Opened } from '../testing/merchant.js';
import { type PracticeGateway, sendForm, startPracticeGateway } from '../testing/practice-gateway.js';

let gateway: PracticeGateway;
let ec: Merchant;

beforeAll(async () => {
  gateway = await startPracticeGateway();
  ec = await Merchant.at(gateway, 'EC');
});
afterAll(() => gateway.stop());

const TOTAL = 100;
const TOTAL_MINOR = TOTAL * 100;
const SEQUENCES = 40;

const part = (total: number, agreement: string) => ({
  amount: { currency: 'USD', total },
  agreement,
  agreementType: 'MERCHANT',
});
const KINDS = {
  basic: [{}, {}],
  partial: [{ allowPartial: true }, {}],
  dispersion: [{ dispersion: [part(30, ''), part(70, '77')] }, {}],
  checkin: [{}, { type: 'checkin' }],
  confirmation: [{}, { metadata: { requiresConfirmation: true } }],
} satisfies Record<string, [object, object]>;
type Kind = keyof typeof KINDS;

const switches = fc.record({
  secondCheckout: fc.constantFrom('request_not_valid', 'br', 'rejected'),
  refundRefusal: fc.constantFrom('specific', 'br'),
  internalReferences: fc.constantFrom('new', 'same'),
  earlyPartialRefund: fc.constantFrom('refused', 'voids_whole'),
  overCapture: fc.boolean(),
  increaseOnly: fc.boolean(),
});

const act = fc.record({
  what: fc.constantFrom(
    'pay',
    'giveUp',
    'reverse',
    'reverse',
    'checkout',
    'reauthorization',
    'confirm',
    'confirm',
    'cancel',
    'staff',
  ),
  /** Of what it is done with; null for all there is. */
  amount: fc.option(fc.integer({ min: 0, max: 130 })),
  /** Which of the session's numbers it is done to, counted from the newest. */
  target: fc.nat({ max: 4 }),
  card: fc.constantFrom('4110760000000081', '4110760000000081', '4110760000000016', '4110760000000073'),
  /** How many ask the same at once. */
  times: fc.constantFrom(1, 1, 3),
  /** Days that pass before it. */
  days: fc.constantFrom(0, 0, 1),
});
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

async function numbersOf({ requestId }: Opened): Promise<number[]> {
  const { rows } = await gateway.db.query<{ n: number }>(
    'SELECT internal_reference AS n FROM transactions WHERE request_id = $1 ORDER BY 1 DESC',
    [requestId],
  );
  return rows.map(({ n }) => n);
}

/** What is refused is refused: only what cannot be understood would be a fault. */
async function happen(
  session: Opened,
  { what, amount, target, card, times }: Act,
  seconds: number,
): Promise<void> {
  const numbers = await numbersOf(session);
  const number = numbers[target % Math.max(1, numbers.length)] ?? 1;
  const total = amount ?? undefined;
  const once = async (): Promise<number> => {
    if (what === 'pay') {
      const form: Record<string, string> = total === undefined ? {} : { amount: String(total) };
      return (await ec.pay(session, { number: card, ...form }, seconds)).http;
    }
    if (what === 'giveUp') {
      return (await sendForm(`${session.processUrl}/cancel`, {}, at(seconds))).http;
    }
    if (what === 'staff') {
      const body = total === undefined || total === 0 ? {} : { amountMinor: total * 100 };
      return (await ec.control(`transactions/${number}/refund`, body, 'POST', seconds)).http;
    }
    const needsAmount = what === 'checkout' || what === 'reauthorization';
    return (await ec.act(what, number, needsAmount ? (total ?? TOTAL) : total, seconds)).http;
  };
  const answers = await Promise.all(Array.from({ length: times }, once));
  expect(answers.filter((http) => http >= 500)).toEqual([]);
}

const sumOf = (lines: Line[], ...kinds: string[]): number =>
  lines.filter(({ kind }) => kinds.includes(kind)).reduce((sum, { amountMinor }) => sum + amountMinor, 0);
const countOf = (lines: Line[], ...kinds: string[]): number =>
  lines.filter(({ kind }) => kinds.includes(kind)).length;

/** What of the book is impossible. */
function wrongIn(lines: Line[], kind: Kind, status: string, overCapture: boolean): string[] {
  const [taken, back] = [sumOf(lines, 'payment', 'checkout'), sumOf(lines, 'reverse')];
  const held = lines.filter((line) => line.kind === 'checkin' || line.kind === 'reauthorization').at(-1);
  const rules: [string, boolean][] = [
    ['more went back than was taken', back > taken],
    ['a line of nothing', lines.some(({ amountMinor }) => amountMinor <= 0)],
    ['more was paid than asked for', kind !== 'checkin' && taken > TOTAL_MINOR],
    [
      'an approved session that is not paid',
      kind !== 'checkin' && status === 'APPROVED' && taken !== TOTAL_MINOR,
    ],
    [
      'a paid session that is not approved',
      kind !== 'checkin' && status !== 'APPROVED' && taken === TOTAL_MINOR,
    ],
    ['a hold that ended twice', countOf(lines, 'checkout', 'release') > 1],
    [
      'a hold of a payment that holds nothing',
      kind !== 'checkin' && countOf(lines, 'checkin', 'release') > 0,
    ],
    ['a capture beyond the hold', !overCapture && sumOf(lines, 'checkout') > (held?.amountMinor ?? 0)],
  ];
  return rules.flatMap(([rule, isBroken]) => (isBroken ? [rule] : []));
}

test('the sums of every payment hold', async () => {
  const kinds = fc.constantFrom(...(Object.keys(KINDS) as Kind[]));
  await fc.assert(
    fc.asyncProperty(
      kinds,
      switches,
      fc.array(act, { minLength: 4, maxLength: 10 }),
      async (kind, turned, acts) => {
        await ec.under({ ...turned, confirmation: true, confirmationMinutes: 20_000 }, async () => {
          const session = await ec.open(...(KINDS[kind] as [object, object]));
          await ec.pay(session, kind === 'partial' ? { amount: '60' } : {}, 30);
          let seconds = 60;
          for (const each of acts) {
            seconds += 60 + each.days * 86_400;
            await happen(session, each, seconds);
          }
          const { body } = await ec.query(session, seconds + 60);
          const lines = await ec.book(session);
          expect([kind, wrongIn(lines, kind, body.status.status, turned.overCapture)]).toEqual([kind, []]);
        });
      },
    ),
    { numRuns: SEQUENCES },
  );
}, 60_000);
