import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from './databases.js';

/** A command of the house as anybody runs it; answers its exit code and what it said. */
export async function runCommand(
  script: string,
  args: string[],
): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [join(root, 'scripts', script), ...args], {
    env: { ...process.env, NODE_OPTIONS: '', NODE_ENV: '', DATABASE_URL: '' },
  });
  let said = '';
  const keep = (chunk: Buffer) => (said += chunk.toString());
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, said };
}
