import { randomBytes, randomInt } from 'node:crypto';
import type { Queryable } from '../database.js';
import type { Migration } from './migration.js';

const PRACTICE_SITES = [
  ['CO', 'Ferretería La Candelaria', 'CO', 'COP', 'America/Bogota', 'es_CO'],
  ['EC', 'Librería Mitad del Mundo', 'EC', 'USD', 'America/Guayaquil', 'es_EC'],
  ['PR', 'Farmacia Borinquen', 'PR', 'USD', 'America/Puerto_Rico', 'es_PR'],
  ['CL', 'Almacén Los Andes', 'CL', 'CLP', 'America/Santiago', 'es_CL'],
];

async function seed(client: Queryable): Promise<void> {
  // Random starts keep the numbers of a wiped gateway apart from those that a shop remembers from before.
  await client.query(`SELECT setval('request_ids', $1), setval('internal_references', $2)`, [
    randomInt(100_000, 9_000_000),
    randomInt(10_000_000, 900_000_000),
  ]);
  await client.query(`INSERT INTO settings VALUES ('clock_offset_ms', '0'), ('card_hash_key', $1)`, [
    randomBytes(32).toString('hex'),
  ]);
  for (const site of PRACTICE_SITES) {
    await client.query(
      `INSERT INTO sites (site, name, country, currency, zone, locale, login, secret_key)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [...site, randomBytes(16).toString('hex'), randomBytes(12).toString('base64url')],
    );
  }
}

export const practiceSites: Migration = { name: '002 four practice sites', up: seed };
