// `npm run reset`: deletes what Recaudo keeps in DATA_DIR, so that the next start is a first one.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { fileURLToPath } from 'node:url';
import { runningLauncher } from './lib/claim.js';
import { stopServer } from './lib/cluster.js';
import { clusterFolder } from './lib/embedded.js';
import { command, Sentence } from './lib/sentence.js';
import { readSettings } from './lib/settings.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
// Only what a start makes: DATA_DIR may be a folder that holds other things too.
const ours = /^(postgres|logs|database\.json|practice\.json|running\.json|postgresql-[\w.-]+)$/;

async function confirmed(dataDir) {
  if (process.argv.includes('--yes')) return true;
  if (!process.stdin.isTTY)
    throw new Sentence('npm run reset asks before it deletes: add -- --yes where nobody can answer.');
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await prompt.question(
    `This deletes every payment, person and log in ${dataDir}. Type yes to go on: `,
  );
  prompt.close();
  return answer.trim().toLowerCase() === 'yes';
}

async function main() {
  const { dataDir, databaseUrl } = readSettings({ ...process.env, NODE_ENV: '' }, root);
  const holder = runningLauncher(dataDir);
  if (holder)
    throw new Sentence(
      `Recaudo is running (process ${holder.pid}): stop it first, with Ctrl-C in its window.`,
    );
  if (databaseUrl) {
    const { host, pathname } = new URL(databaseUrl);
    console.log(
      `The database ${pathname.slice(1)} at ${host} (DATABASE_URL) is not deleted; drop it yourself if you mean to.`,
    );
  }
  if (!existsSync(dataDir)) return console.log(`Nothing to delete: there is no ${dataDir}.`);
  if (!(await confirmed(dataDir))) return console.log('Nothing was deleted.');

  const cluster = clusterFolder(dataDir);
  if (cluster) {
    await stopServer(cluster);
    rmSync(cluster, { recursive: true, force: true });
  }
  for (const name of readdirSync(dataDir).filter((entry) => ours.test(entry))) {
    rmSync(join(dataDir, name), { recursive: true, force: true });
  }
  console.log(`Deleted. The next npm start makes everything anew.`);
}

await command(main);
