// The secrets of a practice installation. They are made once and kept in DATA_DIR, readable by its owner alone.
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Sentence } from './sentence.js';

/** Who can sign in to a practice installation, and what each is for. */
export const demoPeople = [
  ['support@demo.recaudo.test', 'opens payments and sends links'],
  ['finance@demo.recaudo.test', 'reads everything, checks and downloads'],
  ['manager@demo.recaudo.test', 'approves and reads revenue'],
  ['auditor@demo.recaudo.test', 'only reads'],
  ['admin@demo.recaudo.test', 'manages sites, people and keys'],
];

/** `{ keys, password, shopKey }`: the key ring, the demo people's password and the demo shop's key. */
export function practiceSecrets(dataDir) {
  const file = join(dataDir, 'practice.json');
  if (existsSync(file)) {
    try {
      return JSON.parse(readFileSync(file, 'utf8'));
    } catch {
      throw new Sentence(`${file} cannot be read: run this as the user who started Recaudo first.`);
    }
  }
  const secrets = {
    keys: `practice:${randomBytes(32).toString('base64')}`,
    password: 'demo-recaudo',
    shopKey: `rk_practice_${randomBytes(24).toString('base64url')}`,
  };
  writeFileSync(file, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  return secrets;
}
