// Several workers on one database: how many due periods they charge in a second together, and that each is charged once.
import { farAway } from './delay.js';
import { fillDue, raisePace, release } from './due.js';

const FAR_MS = 2_000;
/**
 * How many workers find how many periods due. A gateway that takes its time leaves room for more workers, until what they
 * share is the limit: `least` is what they must do at least, in workers. Two beside the gateway race for ten thousand.
 */
const STEPS = [
  { workers: 1, periods: 160, far: true, least: 0 },
  { workers: 2, periods: 320, far: true, least: 1.5 },
  { workers: 2, periods: 10_000, far: false, least: 3 },
  { workers: 4, periods: 640, far: true, least: 2 },
];

/** Of what the gateway's own book holds since `after`: how often each reference was charged. */
async function charged({ sandboxDb }, after) {
  const { rows } = await sandboxDb.query(
    "SELECT reference, count(*)::int AS times FROM book WHERE kind = 'collect' AND line > $1 GROUP BY reference",
    [after],
  );
  return new Map(rows.map(({ reference, times }) => [reference, times]));
}

async function lastLine({ sandboxDb }) {
  const { rows } = await sandboxDb.query('SELECT coalesce(max(line), 0) AS line FROM book');
  return rows[0].line;
}

/** Lets the workers charge them; every one must stand in the book once, and nothing else. */
async function chargeOnce(product, due) {
  const before = await lastLine(product);
  const rate = await release(product, due);
  const book = await charged(product, before);
  const wrong = due.filter(({ reference }) => book.get(reference) !== 1);
  if (wrong.length > 0 || book.size !== due.length)
    throw new Error(
      `Of ${due.length} periods ${wrong.length} were not charged once; the book has ${book.size}.`,
    );
  return rate;
}

export async function duePeriods(product) {
  const { id: siteId, account } = product.sites.find(({ code }) => code === 'co');
  await raisePace(product);
  await product.serveOnly();
  const away = await farAway(product.sandbox.url, FAR_MS);
  const figures = [];
  let working = 0;
  for (const { workers, periods, far, least } of STEPS) {
    const url = far ? away.url : product.sandbox.url;
    for (; working < workers; working += 1) await product.worker();
    // After their start, which sets the practice account's address.
    await product.db.query('UPDATE gateway_accounts SET base_url = $2 WHERE id = $1', [account, url]);
    const { due } = await fillDue(product, { siteId, count: periods });
    const value = await chargeOnce(product, due);
    const one = figures[0]?.value ?? 0;
    const who = workers === 1 ? 'one worker' : `${workers} workers`;
    figures.push({
      name: `${periods.toLocaleString('en')} due periods once each, ${who}, gateway ${far ? `${FAR_MS} ms away` : 'beside us'}`,
      ...{ value, unit: 'per s', limit: one * least },
      baseline: `one worker, ${FAR_MS} ms away, ${(one || value).toFixed(0)} per s`,
    });
  }
  await product.db.query('UPDATE gateway_accounts SET base_url = $2 WHERE id = $1', [
    account,
    product.sandbox.url,
  ]);
  away.close();
  return figures;
}
