// `npm test`: everything the tests need is made here, then Jest runs. `--quick` leaves out the suites that kill
// processes or open a browser; every other argument is Jest's (a file name, -t "a sentence", --selectProjects …).
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './build.js';
import { findBrowser } from './lib/browser.js';
import { dropDatabases } from './lib/database.js';
import { releaseServer, testCluster } from './lib/embedded.js';
import { ensureInstalled } from './lib/install.js';
import { command, Sentence } from './lib/sentence.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const workers = 3;
/** The minutes each suite may take of `npm test`; together 18. What outgrows its share runs a sample there. */
const shares = { rules: 1, integration: 4, contract: 2, faults: 6, e2e: 5 };
const quickSuites = ['rules', 'integration', 'contract'];

const say = (text) => console.log(text);

function chosenSuites(jestArguments, quick) {
  const at = jestArguments.indexOf('--selectProjects');
  if (at < 0) return quick ? quickSuites : Object.keys(shares);
  const after = jestArguments.slice(at + 1);
  const end = after.findIndex((argument) => argument.startsWith('-'));
  return end < 0 ? after : after.slice(0, end);
}

function runJest(args, env) {
  const flags = [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    '--enable-source-maps',
  ];
  const child = spawn(process.execPath, [join(root, 'node_modules/jest/bin/jest.js'), ...args], {
    cwd: root,
    env: {
      ...process.env,
      ...env,
      NODE_OPTIONS: [process.env.NODE_OPTIONS, ...flags].filter(Boolean).join(' '),
    },
    stdio: 'inherit',
  });
  // Ctrl-C reaches Jest by itself; what we made for it is tidied up when it has gone.
  for (const signal of ['SIGINT', 'SIGHUP']) process.on(signal, () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((resolve) => child.once('exit', (code, signal) => resolve(signal ? 1 : code)));
}

const suiteOf = (file) => /[\\/]test[\\/](\w+)[\\/]/.exec(file.slice(root.length))?.[1] ?? 'rules';

function tableOf(results, suites) {
  const rows = suites.map((suite) => {
    const files = results.testResults.filter((result) => suiteOf(result.name) === suite);
    const milliseconds = files.reduce((sum, { startTime, endTime }) => sum + (endTime - startTime), 0);
    const tests = files.reduce((sum, file) => sum + file.assertionResults.length, 0);
    const used = milliseconds / 60_000 / workers;
    return { suite, files: files.length, tests, share: shares[suite], used };
  });
  const line = (...cells) =>
    cells.map((cell, n) => (n ? String(cell).padStart(9) : String(cell).padEnd(12))).join('');
  const lines = [line('suite', 'files', 'tests', 'share', 'used')];
  for (const { suite, files, tests, share, used } of rows) {
    const note = used > share ? '  over its share: give it a sample here and a command of its own' : '';
    lines.push(line(suite, files, tests, `${share} min`, `${used.toFixed(1)} min`) + note);
  }
  return lines.join('\n');
}

/** Prints the table and the closing line; answers the exit code. A file that did not even load counts as failed. */
function conclude(resultsFile, suites, jestCode) {
  if (!existsSync(resultsFile)) {
    console.log('\n0 passed, 1 failed');
    return 1;
  }
  const results = JSON.parse(readFileSync(resultsFile, 'utf8'));
  const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
  const skipped = results.numPendingTests + results.numTodoTests;
  const none = results.numPassedTests + failed === 0;
  console.log(`\n${tableOf(results, suites)}\n`);
  if (none) console.log('No test was run.');
  console.log(`${results.numPassedTests} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
  return none ? 1 : jestCode;
}

async function main() {
  const quick = process.argv.includes('--quick');
  const jestArguments = process.argv.slice(2).filter((argument) => argument !== '--quick');
  const suites = chosenSuites(jestArguments, quick);
  const unknown = suites.find((suite) => !(suite in shares));
  if (unknown)
    throw new Sentence(`There is no suite "${unknown}"; there are ${Object.keys(shares).join(', ')}.`);

  await ensureInstalled(root, { development: true, say });
  const browser = suites.includes('e2e') ? findBrowser(root, say) : {};
  const built = await build({ web: suites.some((suite) => suite === 'e2e' || suite === 'faults') });
  if (built.length > 0) say(`Built ${built.join(', ')}`);

  const given = process.env.DATABASE_URL;
  const cluster = given ? null : await testCluster(root);
  const run = randomBytes(4).toString('hex');
  const folder = mkdtempSync(join(tmpdir(), 'recaudo-results-'));
  const resultsFile = join(folder, 'results.json');
  let code;
  try {
    const select = jestArguments.includes('--selectProjects') ? [] : ['--selectProjects', ...suites];
    const jestCode = await runJest([...select, '--json', '--outputFile', resultsFile, ...jestArguments], {
      ...browser,
      NODE_ENV: 'test',
      TEST_DATABASE_URL: cluster?.url ?? given,
      TEST_RUN: run,
      DATABASE_URL: '',
    });
    code = conclude(resultsFile, suites, jestCode);
  } finally {
    if (cluster) await releaseServer(cluster.child);
    else await dropDatabases(root, given, `recaudo_%_${run}%`);
    rmSync(folder, { recursive: true, force: true });
  }
  process.exit(code);
}

await command(main);
