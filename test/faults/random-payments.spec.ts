import { describe, expect, it } from '@jest/globals';
import { draw } from '../support/draw.js';
import { eventually } from '../support/eventually.js';
import { useProduct, type Product } from '../support/product.js';
import { differences } from './random/comparer.js';
import { RandomPayment } from './random/payment.js';
import { makeSite } from './random/sites.js';

const SEED = process.env.SEED ?? '20261121';
const SEQUENCES = Number(process.env.SEQUENCES ?? 300);
const SITES = 12;
const AT_ONCE = 6;

const product = useProduct();

/** Nothing is under way any more: no session is open, no operation is unknown, nothing is due. */
async function isQuiet(here: Product): Promise<boolean> {
  const { rows } = await here.db.query<{ open: number }>(
    `SELECT (SELECT count(*) FROM sessions WHERE state IN ('opening', 'pending', 'partial'))::int
       + (SELECT count(*) FROM transactions WHERE state IN ('started', 'pending', 'to_confirm', 'unknown'))::int
       + (SELECT count(*) FROM notifications WHERE next_attempt_at IS NOT NULL)::int AS open`,
  );
  return rows[0]?.open === 0;
}

/** Whether the worker has nothing to do at the present hour of the practice clock. */
async function isIdle(here: Product): Promise<boolean> {
  const { clockOffsetMs } = (await here.anonymous().get('/api/practice')).body as { clockOffsetMs: number };
  const { rows } = await here.db.query<{ due: number }>(
    `SELECT (SELECT count(*) FROM sessions WHERE next_probe_at <= $1)::int
       + (SELECT count(*) FROM transactions WHERE next_ask_at <= $1)::int
       + (SELECT count(*) FROM notifications WHERE next_attempt_at <= $1)::int AS due`,
    [new Date(Date.now() + clockOffsetMs)],
  );
  return rows[0]?.due === 0;
}

/** Banks answer, then everything expires; what is due is asked about. */
async function settleDown(here: Product): Promise<void> {
  await here.control('DELETE', '/faults');
  for (const minutes of [5, 26 * 60, 6 * 60, 24 * 60]) {
    await here.advance(minutes);
    await eventually(() => isIdle(here), { seconds: 30, what: 'the worker having nothing to do' });
    if (await isQuiet(here)) return;
  }
  await eventually(() => isQuiet(here), { seconds: 20, what: 'everything having ended' });
}

describe('payments of every kind, with random payers, faults and answers to the open questions', () => {
  it(`end as the practice gateway has them, to the cent (SEED=${SEED}, ${SEQUENCES} payments)`, async () => {
    const here = await product();
    const random = draw(SEED);
    const sites = await Promise.all(
      Array.from({ length: SITES }, (_, index) => makeSite(here, draw(`${SEED}:site:${index}`), index)),
    );
    const support = await here.as('support');
    const payments = Array.from(
      { length: SEQUENCES },
      (_, index) => new RandomPayment(here, support, random.pick(sites), draw(`${SEED}:${index}`)),
    );
    const queue = [...payments];
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (let next = queue.shift(); next; next = queue.shift()) await next.live();
      }),
    );
    await settleDown(here);
    const codes = new Map(sites.map((site) => [site.site.toLowerCase(), site.id]));
    const { rows } = await here.db.query<{ approved: number }>(
      `SELECT count(DISTINCT s.order_id)::int AS approved FROM sessions s JOIN sites w ON w.id = s.site_id
       WHERE s.state = 'approved' AND w.code = ANY($1)`,
      [[...codes.keys()]],
    );
    const share = (rows[0]?.approved ?? 0) / SEQUENCES;
    expect({ differences: await differences(here, codes), enoughApproved: share >= 0.6 || share }).toEqual({
      differences: [],
      enoughApproved: true,
    });
  }, 240_000);
});
