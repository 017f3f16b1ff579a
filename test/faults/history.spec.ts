import { describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { useProduct, type Product } from '../support/product.js';

const PLANNED = 30;
const product = useProduct({ DEMO_HISTORY: String(PLANNED) });

const made = async (here: Product): Promise<number> => {
  const { history } = (await here.anonymous().get('/api/practice')).body as {
    history: { made: number } | null;
  };
  return history?.made ?? 0;
};

describe('kill -9 while the demo history is made', () => {
  it('lets the next start finish it, with nothing made twice', async () => {
    const here = await product();
    await eventually(async () => (await made(here)) >= 8, { seconds: 30, what: 'eight demo payments' });
    await here.server.restart();
    await eventually(async () => (await made(here)) >= PLANNED, { seconds: 60, what: 'the whole history' });
    const { rows } = await here.db.query<{ orders: number; overpaid: number }>(
      'SELECT count(*)::int AS orders, (count(*) FILTER (WHERE settled_minor > due_minor))::int AS overpaid FROM obligations',
    );
    const elsewhere = (await here.control('GET', '/sessions?reference=WOO-7001')).body as unknown[];
    // One of the planned payments is opened elsewhere and taken over.
    expect([rows[0], elsewhere.length]).toEqual([{ orders: PLANNED, overpaid: 0 }, 1]);
  }, 120_000);
});
