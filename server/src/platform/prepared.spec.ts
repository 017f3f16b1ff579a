import { describe, expect, it } from '@jest/globals';
import { nameOf } from './prepared.js';

describe('statements that PostgreSQL plans once', () => {
  it.each([
    'SELECT "a"."id" FROM "orders" "a" WHERE (("a"."id" = $1)) LIMIT 1',
    'SELECT "a"."id" FROM "orders" "a" WHERE (("a"."id" = $1)) LIMIT 1 FOR UPDATE',
    'UPDATE "orders" SET "closed_at" = $1 WHERE "id" = $2',
    'UPDATE "sessions" SET "queue" = $1 WHERE ("order_id" = $2 AND "queue" = $3)',
    'SELECT "o"."id" FROM "obligations" "o" WHERE "o"."id" = (SELECT w.id FROM orders w WHERE w.id = $1) FOR UPDATE',
    'SELECT "a"."id" FROM "periods" "a" WHERE (("a"."schedule_id" = $1) AND ("a"."state" IN ($2, $3))) ORDER BY "a"."number" ASC LIMIT 100',
    'INSERT INTO "orders"("id", "locale") VALUES ($1, DEFAULT)',
    'INSERT INTO payers (id, name)\n VALUES ($1, $2)\n ON CONFLICT DO NOTHING RETURNING id',
  ])('include %j, under one name', (text) => {
    expect([nameOf(text), nameOf(text)]).toEqual([expect.stringMatching(/^recaudo_\d+$/), nameOf(text)]);
  });

  it.each([
    'SELECT "a"."id" FROM "orders" "a" WHERE (("a"."site_id" = $1)) LIMIT 1',
    'SELECT "a"."id" FROM "sessions" "a" WHERE (("a"."order_id" = $1) OR ("a"."state" = $2))',
    'SELECT count(*) FROM transactions WHERE session_id = $1',
    'INSERT INTO "orders"("id") VALUES ($1), ($2)',
    'INSERT INTO "orders"("id") SELECT $1',
    'SELECT 1 FROM periods WHERE id = ANY($1)',
  ])('do not include %j', (text) => {
    expect(nameOf(text)).toBeNull();
  });
});
