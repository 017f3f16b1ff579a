// Pages of lists, against the stores' own statements sent by nothing but the driver.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { alternate, milliseconds } from './measure.js';

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

/**
 * Asks `caller` for each page: `path` of the server, and of its store what a page takes. Limit: 1.5 × the raw statements
 * + 5 ms.
 */
export async function storePages(product, caller, pages) {
  const record = await recorder(product);
  const figures = [];
  for (const { name, path, store, work } of pages) {
    const statements = await record.statements(...store, work);
    const { ours, theirs } = await alternate({
      ...{ rounds: ROUNDS, warmUp: WARM_UP },
      ours: () => milliseconds(() => caller('GET', path)),
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
