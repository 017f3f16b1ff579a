import { describe, expect, it } from '@jest/globals';
import type { Answer, Api } from '../support/product.js';
import { paid, refund } from '../support/money.js';
import { useProduct, type Product } from '../support/product.js';

const product = useProduct();

/** `npm run races` asks for five hundred; here is a sample. */
const PAYMENTS = Number(process.env.RACES ?? 40);
const WHOLE = PAYMENTS / 2;
const PARTIAL = PAYMENTS / 2;
const AT_ONCE = 8;
const AMOUNT = 10_000;
const PART = 4_000;

/** Does it for each, so many at a time. */
async function forEach<T, R>(
  items: readonly T[],
  what: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++)
      results[index] = await what(items[index] as T, index);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}

const succeeded = ({ status, body }: Answer): boolean => status === 200 && body.result === 'approved';
const toldByWhom = ({ body }: Answer): boolean =>
  body.code === 'operation_live' || body.code === 'again_needed'
    ? ['Sofía Cárdenas', 'Federico Peña'].includes(body.other?.by)
    : body.code === 'not_refundable' && body.other?.by !== undefined;

describe('payments that are each refunded twice at once through two servers', () => {
  it('are refunded once each, and each loser is told who did what', async () => {
    const here: Product = await product();
    await here.db.query(`UPDATE sites SET refund_limits = $1 WHERE code = 'pr'`, [
      JSON.stringify({ operationMinor: 10 ** 9, paymentMinor: 10 ** 9, dayMinor: 10 ** 12 }),
    ]);
    const siteId = await here.siteId('pr');
    const order = { siteId, currency: 'USD', amountMinor: AMOUNT };
    const payments = await forEach([...Array(WHOLE + PARTIAL).keys()], () => paid(here, order));
    // Parts are refunded once the day they were paid in is settled.
    await here.advance(5 * 24 * 60);
    const replica = await here.replica();
    const [support, finance] = [await here.as('support'), (await here.as('finance')).at(replica.url)];
    const both = async (id: string, amount: number): Promise<Answer[]> => {
      const ask = (api: Api) => refund(api, id, amount, { currency: 'USD' });
      return Promise.all([ask(support), ask(finance)]);
    };
    const answers = await forEach(payments, ({ id }, index) => both(id, index < WHOLE ? AMOUNT : PART));
    const losers = answers.flat().filter((answer) => !succeeded(answer));
    const given = (await here.book()).filter(({ kind }) => kind === 'reverse');
    await replica.kill();
    expect([
      answers.filter((pair) => pair.filter(succeeded).length === 1).length,
      losers.filter((answer) => !toldByWhom(answer)).map(({ status, text }) => [status, text]),
      given.length,
      given.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
    ]).toEqual([WHOLE + PARTIAL, [], WHOLE + PARTIAL, WHOLE * AMOUNT + PARTIAL * PART]);
  }, 600_000);
});
