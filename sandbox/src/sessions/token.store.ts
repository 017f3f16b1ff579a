/** All SQL about stored instruments (protocol 8.6). They belong to a site. */
import { randomBytes, randomInt } from 'node:crypto';
import type { Queryable } from '../platform/database.js';
import type { TokenNames } from '../wire/collect-request.js';

export interface Token {
  id: number;
  site: string;
  requestId: number;
  /** The payment that it was saved with; null when it was stored without one. */
  internalReference: number | null;
  /** 64 hexadecimal digits. */
  token: string;
  /** 16 digits, the last four are the card's. */
  subtoken: string;
  brand: string;
  issuer: string;
  bin: string;
  lastDigits: string;
  cardHash: string;
  /** `MM/YY` */
  validUntil: string;
  owner: string;
  createdAt: Date;
}

const COLUMNS = `id, site, request_id AS "requestId", internal_reference AS "internalReference", token, subtoken, brand,
  issuer, bin, last_digits AS "lastDigits", card_hash AS "cardHash", valid_until AS "validUntil", owner,
  created_at AS "createdAt"`;

export type NewToken = Omit<Token, 'id' | 'token' | 'subtoken'>;

export async function insertToken(db: Queryable, token: NewToken): Promise<Token> {
  const { rows } = await db.query<Token>(
    `INSERT INTO tokens (site, request_id, internal_reference, token, subtoken, brand, issuer, bin, last_digits,
       card_hash, valid_until, owner, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING ${COLUMNS}`,
    [
      token.site,
      token.requestId,
      token.internalReference,
      randomBytes(32).toString('hex'),
      `${randomInt(100_000, 1_000_000)}${String(randomInt(1_000_000)).padStart(6, '0')}${token.lastDigits}`,
      token.brand,
      token.issuer,
      token.bin,
      token.lastDigits,
      token.cardHash,
      token.validUntil,
      token.owner,
      token.createdAt,
    ],
  );
  return rows[0] as Token;
}

/** The last instrument that was stored with a session; whether it counts depends on what became of its payment. */
export async function findTokenOf(db: Queryable, requestId: number): Promise<Token | null> {
  const { rows } = await db.query<Token>(
    `SELECT ${COLUMNS} FROM tokens WHERE request_id = $1 ORDER BY id DESC LIMIT 1`,
    [requestId],
  );
  return rows[0] ?? null;
}

/** Some clients write the shorter name where the longer one belongs, so either is taken in either place. */
const NAMED = `site = $1 AND invalidated_at IS NULL AND ($2::text IS NOT NULL OR $3::text IS NOT NULL)
  AND ($2::text IS NULL OR $2 IN (token, subtoken)) AND ($3::text IS NULL OR $3 IN (token, subtoken))`;

/** A site's own token that is not dead; every name that is given must be its. */
export async function findLiveToken(
  db: Queryable,
  site: string,
  { token, subtoken }: TokenNames,
): Promise<Token | null> {
  const { rows } = await db.query<Token>(`SELECT ${COLUMNS} FROM tokens WHERE ${NAMED}`, [
    site,
    token ?? null,
    subtoken ?? null,
  ]);
  return rows[0] ?? null;
}

/** False when this site has no such token, or it is dead already. */
export async function invalidateToken(
  db: Queryable,
  site: string,
  { token, subtoken }: TokenNames,
  at: Date,
): Promise<boolean> {
  const { rows } = await db.query(`UPDATE tokens SET invalidated_at = $4 WHERE ${NAMED} RETURNING id`, [
    site,
    token ?? null,
    subtoken ?? null,
    at,
  ]);
  return rows.length > 0;
}
