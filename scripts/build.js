// Builds every workspace whose sources changed since its last build. TypeScript is only transpiled here;
// `npm run lint:types` checks it. Nothing outside Node is imported until something has to be built.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, realpathSync } from 'node:fs';
import { copyFile, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { command, Sentence } from './lib/sentence.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const settingsOfTheBuild = ['.swcrc', 'package-lock.json', 'scripts/build.js'];

const isTypeScript = (file) => file.endsWith('.ts') && !file.endsWith('.d.ts');
const isSource = (file) => !/\.spec\.tsx?$/.test(file) && !file.endsWith('.d.ts');

async function filesUnder(folder) {
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && isSource(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

async function stampOf(files) {
  const hash = createHash('sha256');
  for (const file of files) {
    hash.update(relative(root, file)).update('\0');
    hash.update(await readFile(file)).update('\0');
  }
  return hash.digest('hex');
}

const lastStamp = (workspace) => readFile(join(root, workspace, 'dist', '.stamp'), 'utf8').catch(() => '');

/** Writes the new output beside the old one and swaps them, so that a killed build leaves a whole dist behind. */
async function replaceDist(workspace, stamp, fill) {
  const dist = join(root, workspace, 'dist');
  const fresh = join(root, workspace, `.dist-${process.pid}`);
  await rm(fresh, { recursive: true, force: true });
  try {
    await mkdir(fresh, { recursive: true });
    await fill(fresh);
    await writeFile(join(fresh, '.stamp'), stamp);
    await rm(dist, { recursive: true, force: true, maxRetries: 3 });
    await rename(fresh, dist);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

async function transpile(workspace, files, into) {
  const { transform } = await import('@swc/core');
  const source = join(root, workspace, 'src');
  const problems = [];
  await Promise.all(
    files.map(async (file) => {
      const name = relative(source, file);
      const target = join(into, isTypeScript(file) ? name.replace(/\.ts$/, '.js') : name);
      await mkdir(dirname(target), { recursive: true });
      if (!isTypeScript(file)) return copyFile(file, target);
      try {
        const text = await readFile(file, 'utf8');
        const sourceFileName = relative(join(root, workspace, 'dist', dirname(name)), file);
        const { code, map } = await transform(text, { filename: file, sourceFileName, cwd: root });
        const link = `//# sourceMappingURL=${name.split('/').pop().replace(/\.ts$/, '.js.map')}\n`;
        await Promise.all([writeFile(target, code + link), writeFile(`${target}.map`, map)]);
      } catch (error) {
        problems.push(`${relative(root, file)}: ${error.message}`);
      }
    }),
  );
  if (problems.length > 0) throw new Sentence(`The build failed:\n${problems.slice(0, 20).join('\n')}`);
}

// Vite colours its errors and ends them with its own stack.
const firstLines = (output) =>
  stripVTControlCharacters(output)
    .split('\n')
    .filter((line) => line.trim() && !/^\s+at /.test(line))
    .slice(0, 30)
    .join('\n');

function runVite(into) {
  const vitePackage = createRequire(join(root, 'web/package.json')).resolve('vite/package.json');
  const args = [join(dirname(vitePackage), 'bin/vite.js'), 'build', '--outDir', into, '--emptyOutDir'];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...args, '--logLevel', 'warn'], {
      cwd: join(root, 'web'),
      env: { ...process.env, NODE_ENV: 'production', NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const keep = (chunk) => (output = (output + chunk).slice(-20_000));
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new Sentence(`The build of web failed:\n${firstLines(output)}`)),
    );
  });
}

/** The server hands these out as they are; compressing them for every visitor would be work done twice. */
async function compressText(folder) {
  const { gzipSync } = await import('node:zlib');
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const texts = entries.filter((entry) => entry.isFile() && /\.(js|css|html|svg|json)$/.test(entry.name));
  await Promise.all(
    texts.map(async (entry) => {
      const file = join(entry.parentPath ?? entry.path, entry.name);
      await writeFile(`${file}.gz`, gzipSync(await readFile(file), { level: 9 }));
    }),
  );
}

async function bundle(into) {
  await runVite(into);
  await compressText(into);
}

/** One workspace: `sources` decide whether it is stale, `fill` writes its new dist. Answers true if it was built. */
async function buildIfChanged(workspace, sources, fill) {
  const stamp = await stampOf([...settingsOfTheBuild.map((file) => join(root, file)), ...sources]);
  if ((await lastStamp(workspace)) === stamp) return false;
  await replaceDist(workspace, stamp, fill);
  return true;
}

async function buildNode(workspace) {
  const files = await filesUnder(join(root, workspace, 'src'));
  return buildIfChanged(workspace, files, (into) => transpile(workspace, files, into));
}

async function buildWeb() {
  const web = join(root, 'web');
  const own = ['index.html', 'vite.config.ts', 'package.json'].map((file) => join(web, file));
  const folders = await Promise.all(
    [join(web, 'src'), join(web, 'public'), join(root, 'shared/src')].map(filesUnder),
  );
  return buildIfChanged('web', [...own.filter(existsSync), ...folders.flat()], bundle);
}

/**
 * Builds what changed. Answers the names of the workspaces that were built; throws a Sentence with the first
 * errors if one fails. `shared` goes first because the web is bundled with it; `web: false` leaves the web out.
 */
export async function build({ web = true } = {}) {
  const built = [];
  const run = async (name, work) => {
    if (await work) built.push(name);
  };
  await run('shared', buildNode('shared'));
  const results = await Promise.allSettled([
    run('server', buildNode('server')),
    run('sandbox', buildNode('sandbox')),
    ...(web ? [run('web', buildWeb())] : []),
  ]);
  for (const result of results) if (result.status === 'rejected') throw result.reason;
  return built;
}

if (realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await command(async () => {
    const started = performance.now();
    const built = await build();
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(built.length > 0 ? `Built ${built.join(', ')} in ${seconds} s` : 'Nothing changed');
  });
}
