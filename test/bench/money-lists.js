// The lists of transactions, holds, approvals and stored means of payment with many rows, against the stores' own statements sent by the driver.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { alternate, milliseconds } from './measure.js';
import { fillMovements } from './movements.js';

const LIMIT = 25;
const ROUNDS = 80;
const WARM_UP = 20;

/** Calls `work(store)` and answers the statements that the server's own store sends for it. */
async function recorder({ root, databaseUrl }) {
  const load = (path) => import(pathToFileURL(join(root, 'server', path)).href);
  const { DataSource } = createRequire(join(root, 'server/package.json'))('typeorm');
  const { schemaOptions } = await load('dist/schema.js');
  let sent = [];
  const logger = { logQuery: (text, values) => sent.push({ text, values }) };
  for (const other of ['QueryError', 'QuerySlow', 'SchemaBuild', 'Migration'])
    logger[`log${other}`] = () => {};
  const database = new DataSource({ ...schemaOptions(databaseUrl), logging: ['query'], logger });
  await database.initialize();
  const clock = { now: () => new Date(), worker: () => new Date() };
  return {
    statements: async (file, name, work) => {
      const { [name]: Store } = await load(`dist/${file}.js`);
      sent = [];
      await work(new Store(database, clock));
      return sent;
    },
    close: () => database.destroy(),
  };
}

const page = { place: null, newestFirst: true, limit: LIMIT + 1 };

/** What is asked of the server, and of its store: everything that a page of the list takes. */
function pagesOf({ sites, reference, email }) {
  const siteId = sites.find(({ code }) => code === 'pr').id;
  const transactions = (name, filter) => ({
    name: `transactions, ${name}`,
    path: `/api/transactions?${new URLSearchParams({ limit: String(LIMIT), ...filter })}`,
    store: ['desk/transaction-list.store', 'TransactionListStore'],
    work: async (store) => {
      await store.page(null, filter, page);
      await store.count(null, filter);
    },
  });
  const holds = (name, filter) => ({
    name: `holds, ${name}`,
    path: `/api/preauthorizations?${new URLSearchParams({ limit: String(LIMIT), ...filter })}`,
    store: ['preauthorizations/preauthorization-list.store', 'PreauthorizationListStore'],
    work: async (store) => {
      await store.page(null, filter, page);
      await store.count(null, filter);
    },
  });
  const instruments = (name, filter) => ({
    name: `instruments, ${name}`,
    path: `/api/instruments?${new URLSearchParams({ limit: String(LIMIT), ...filter })}`,
    store: ['instruments/instrument-list.store', 'InstrumentListStore'],
    work: async (store) => {
      await store.page(null, { sort: 'newest', ...filter }, page);
      await store.count(null, filter);
    },
  });
  const approvals = (view) => ({
    name: `approvals, ${view}`,
    path: `/api/approvals?${new URLSearchParams({ limit: String(LIMIT), view })}`,
    store: ['approvals/approval.store', 'ApprovalStore'],
    work: async (store) => {
      const me = { makerId: null, scope: null };
      await store.page(me, view, null, LIMIT + 1);
      await store.count(me, view);
    },
  });
  return [
    transactions('all', {}),
    transactions('one state', { state: 'unknown' }),
    transactions('one kind', { kind: 'reverse' }),
    transactions('one site', { siteId }),
    transactions('one kind and state of a site', { siteId, kind: 'reverse', state: 'rejected' }),
    transactions('found by reference', { q: reference }),
    transactions('found by e-mail', { q: email }),
    holds('active', { state: 'active' }),
    holds('of a site', { state: 'captured', siteId }),
    holds('looked for in vain', { state: 'captured', q: reference }),
    instruments('all', {}),
    instruments('expiring', { state: 'expiring' }),
    instruments('revoked of a site', { state: 'revoked', siteId }),
    instruments('found by e-mail', { q: email }),
    approvals('waiting'),
    approvals('decided'),
  ];
}

/** Pages of finance, who sees all sites. Limit: 1.5 × the raw statements + 5 ms. */
export async function moneyLists(product) {
  await fillMovements(product);
  const { rows } = await product.db.query(
    `SELECT t.gateway_reference AS reference, p.email FROM transactions t JOIN payers p ON p.id = t.payer_id
     WHERE t.kind = 'reverse' ORDER BY t.id LIMIT 1`,
  );
  const finance = await product.signIn('finance@demo.recaudo.test');
  const record = await recorder(product);
  const figures = [];
  for (const { name, path, store, work } of pagesOf({ sites: product.sites, ...rows[0] })) {
    const statements = await record.statements(...store, work);
    const { ours, theirs } = await alternate({
      ...{ rounds: ROUNDS, warmUp: WARM_UP },
      ours: () => milliseconds(() => finance('GET', path)),
      theirs: () => milliseconds(() => Promise.all(statements.map((each) => product.db.query(each)))),
    });
    figures.push({
      name: `${name}, p50`,
      value: ours,
      unit: 'ms',
      limit: 1.5 * theirs + 5,
      baseline: `raw statements ${theirs.toFixed(1)} ms`,
    });
  }
  await record.close();
  return figures;
}
