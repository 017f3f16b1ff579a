// `npm run bench`: measures what we promise about speed, against limits taken in the same run. Writes
// test/bench/results.json and docs/speed.md, prints a table, and fails if a limit is exceeded. Takes about twenty minutes;
// the machine should have nothing else to do.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tableOf, writePage } from '../test/bench/report.js';
import { build } from './build.js';
import { releaseServer, testCluster } from './lib/embedded.js';
import { ensureInstalled } from './lib/install.js';
import { command } from './lib/sentence.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const say = (text) => console.log(text);

/** Our own settings must not reach what is measured: it runs with its defaults. */
function forgetSettings(table) {
  for (const { name } of table) delete process.env[name];
}

/** In this order: what comes later finds the rows of what came before. */
async function measurements() {
  const load = async (file, name) => (await import(`../test/bench/${file}.js`))[name];
  return [
    ['first load', await load('first-load', 'firstLoad')],
    ['list page', await load('list-page', 'listPage')],
    ['lists of money', await load('money-lists', 'moneyLists')],
    ['lists of subscriptions', await load('subscription-lists', 'subscriptionLists')],
    ['payments opened', await load('creation', 'creation')],
    ['batches', await load('batch-preview', 'batchPreview')],
    ['refunds and captures', await load('operations', 'operations')],
    ['notifications', await load('notifications', 'receiving')],
    ['probes', await load('probes', 'probing')],
    ['periods charged', await load('collects', 'collects')],
    ['due periods and several workers', await load('due-periods', 'duePeriods')],
  ];
}

async function measureProduct(folder) {
  const { startProduct } = await import('../test/bench/product.js');
  const cluster = await testCluster(root, { durable: true });
  try {
    const figures = await withProduct(startProduct(root, folder, cluster.url), await measurements());
    const alone = await testCluster(root);
    try {
      const { commits } = await import('../test/bench/commits.js');
      const product = startProduct(root, folder, alone.url, cluster.url);
      return [...figures, ...(await withProduct(product, [['commits', commits]]))];
    } finally {
      await releaseServer(alone.child);
    }
  } finally {
    await releaseServer(cluster.child);
  }
}

async function withProduct(starting, wanted) {
  const product = await starting;
  try {
    const figures = [];
    for (const [what, measure] of wanted) {
      say(`Measuring: ${what} …`);
      const measured = await measure(product);
      for (const { name, value, unit } of measured) say(`  ${name}: ${Number(value.toPrecision(3))} ${unit}`);
      figures.push(...measured);
    }
    return figures;
  } finally {
    await product.stop();
  }
}

/** How much of its limit a figure uses: over 1 is too much. The limit of a rate is the least it may be. */
function judged({ name, value, unit, limit, baseline }) {
  const ratio = unit === 'per s' ? limit / value : value / limit;
  const round = (number) => Number(number.toPrecision(3));
  const figure = { name, value: round(value), unit, limit: round(limit), ratio: round(ratio) };
  return { figure, baseline, exceeded: ratio > 1 };
}

async function main() {
  await ensureInstalled(root, { development: true, say });
  const built = await build();
  if (built.length > 0) say(`Built ${built.join(', ')}`);
  forgetSettings((await import('./lib/settings.js')).settingsTable);
  const { startUp } = await import('../test/bench/start-up.js');

  const folder = mkdtempSync(join(tmpdir(), 'recaudo-bench-'));
  // As root the database belongs to another user, who must be able to pass through.
  chmodSync(folder, 0o711);
  process.on('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130));

  say('Measuring: start-up …');
  const figures = await startUp(root, folder);
  figures.push(...(await measureProduct(folder)));
  const rows = figures.map(judged);
  const results = rows.map(({ figure }) => figure);
  writeFileSync(join(root, 'test/bench/results.json'), `${JSON.stringify(results, null, 2)}\n`);
  await writePage(join(root, 'docs/speed.md'), rows);
  say(`\n${tableOf(rows)}\n`);
  const exceeded = rows.filter((row) => row.exceeded).length;
  say(exceeded === 0 ? 'Every figure keeps to its limit.' : `${exceeded} over the limit.`);
  process.exit(exceeded === 0 ? 0 : 1);
}

await command(main);
