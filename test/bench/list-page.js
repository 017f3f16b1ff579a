// The payments list with many payments, against the store's own statements sent by nothing but the driver.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { alternate, milliseconds } from './measure.js';
import { fillPayments } from './payments.js';

const PAYMENTS = 100_000;
const DEEP = 60_000;
const LIMIT = 25;
const ROUNDS = 150;
const WARM_UP = 30;

/** The row and the count statement of a page, as the server's own store writes them. */
async function statementsOf(root, filter, place) {
  const { SessionListStore } = await import(
    pathToFileURL(join(root, 'server/dist/sessions/session-list.store.js')).href
  );
  const sent = [];
  const recorder = { query: (text, values) => Promise.resolve(sent.push({ text, values }) && []) };
  const store = new SessionListStore({ ...recorder, manager: recorder }, { now: () => new Date() });
  await store.page(null, filter, { place, newestFirst: true, limit: LIMIT + 1 });
  await store.count(null, filter);
  return sent;
}

async function deepPlace(product) {
  const { rows } = await product.db.query(
    'SELECT created_at AS at, id FROM sessions ORDER BY created_at DESC, id DESC OFFSET $1 LIMIT 1',
    [DEEP],
  );
  const { writeCursor } = await import(
    pathToFileURL(join(product.root, 'server/dist/platform/keyset.js')).href
  );
  const place = { ...rows[0], direction: 'next' };
  return { place, cursor: writeCursor(place) };
}

/** Four pages of finance, who sees all sites. Limit: 1.5 × the raw statements + 5 ms. */
export async function listPage(product) {
  await fillPayments(product, PAYMENTS);
  const finance = await product.signIn('finance@demo.recaudo.test');
  const siteId = product.sites.find(({ code }) => code === 'pr').id;
  const deep = await deepPlace(product);
  const pages = [
    { name: 'all sites', filter: {} },
    { name: 'one state', filter: { state: 'expired' } },
    { name: 'one site', filter: { siteId } },
    { name: 'deep page', filter: {}, ...deep },
  ];
  const figures = [];
  for (const { name, filter, place = null, cursor } of pages) {
    const query = new URLSearchParams({ limit: String(LIMIT), ...filter, ...(cursor && { cursor }) });
    const statements = await statementsOf(product.root, filter, place);
    const { ours, theirs } = await alternate({
      rounds: ROUNDS,
      warmUp: WARM_UP,
      ours: () => milliseconds(() => finance('GET', `/api/sessions?${query}`)),
      theirs: () =>
        milliseconds(() => Promise.all(statements.map((statement) => product.db.query(statement)))),
    });
    figures.push({
      name: `list page at 100,000 payments, ${name}, p50`,
      value: ours,
      unit: 'ms',
      limit: 1.5 * theirs + 5,
      baseline: `raw statements ${theirs.toFixed(1)} ms`,
    });
  }
  return figures;
}
