// A built command of the server, run once with the settings of the product.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from '../build.js';
import { withDatabases } from './database.js';
import { makeDataDir } from './embedded.js';
import { ensureInstalled } from './install.js';
import { practiceSecrets } from './practice.js';
import { runProgram, serverEnvironment } from './programs.js';
import { command } from './sentence.js';
import { readSettings } from './settings.js';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Installs and builds if needed, starts the embedded database unless it runs, runs the script and exits as it did. */
export async function runWithDatabase(script, args) {
  await command(async () => {
    const settings = readSettings(process.env, root);
    makeDataDir(settings.dataDir);
    await ensureInstalled(root, { say: console.log });
    await build({ web: false });
    const secrets = settings.production ? null : practiceSecrets(settings.dataDir);
    process.exitCode = await withDatabases(settings, root, (databases) => {
      // Here the screen is the log: only what went wrong belongs on it, unless more is asked for.
      const env = {
        ...serverEnvironment(settings, databases, secrets),
        LOG_LEVEL: process.env.LOG_LEVEL || 'error',
      };
      return runProgram(root, script, args, env);
    });
  });
}
