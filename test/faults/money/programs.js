// A copy of the built programs, so that a build in between changes nothing and a sabotage touches nobody else's.
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Copies server and sandbox as built under `root` into a temporary folder, which goes with this process; packages are
 * shared with `root`. Answers the folder.
 */
export function copyPrograms(root) {
  const folder = mkdtempSync(join(tmpdir(), 'recaudo-programs-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  for (const name of ['server', 'sandbox']) {
    mkdirSync(join(folder, name), { recursive: true });
    cpSync(join(root, name, 'package.json'), join(folder, name, 'package.json'));
    cpSync(join(root, name, 'dist'), join(folder, name, 'dist'), { recursive: true });
    const packages = join(root, name, 'node_modules');
    if (existsSync(packages)) symlinkSync(packages, join(folder, name, 'node_modules'));
  }
  return folder;
}

/**
 * Changes the copy: each patch is `{ file, find, put }`, where `find` is a text that stands in the file exactly once, or
 * as often as `times` says. Throws when it does not: the defence has moved, and the sabotage must follow it.
 */
export function patchPrograms(folder, patches) {
  for (const { file, find, put, times = 1 } of patches) {
    const path = join(folder, file);
    const parts = readFileSync(path, 'utf8').split(find);
    if (parts.length !== times + 1)
      throw new Error(`${file}: "${find}" stands there ${parts.length - 1} times, not ${times}`);
    writeFileSync(path, parts.join(put));
  }
}
