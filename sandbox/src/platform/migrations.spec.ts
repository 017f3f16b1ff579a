import { expect, test } from '@jest/globals';
import pg from 'pg';
import { authOf, createDatabase, practiceSites, sendJson, startApp } from '../testing/practice-gateway.js';
import type { PracticeSite } from '../testing/practice-gateway.js';
import { sessionsAndBook } from './migrations/001-sessions.js';
import { practiceSites as sitesOfOld } from './migrations/002-practice-sites.js';

/** A paid session, an open one, its book and its notification, as the first release wrote them. */
const OF_OLD = `
CREATE TABLE schema_migrations (name text PRIMARY KEY, at timestamptz NOT NULL DEFAULT now());
INSERT INTO schema_migrations (name) VALUES ('${sessionsAndBook.name}'), ('${sitesOfOld.name}');
INSERT INTO sessions (request_id, site, hash, process_url, locale, reference, currency, amount_minor, request, status,
                      reason, final_at, expires_at, created_at, wake_at)
SELECT 10 + n, 'CO', 'h', 'http://127.0.0.1/session/1/h', 'es_CO', 'OLD', 'COP', 5000,
       '{"locale":"es_CO","payment":{"reference":"OLD","amount":{"currency":"COP","total":50},"allowPartial":false,"subscribe":false},"fields":[],"returnUrl":"https://shop.example","ipAddress":"1.1.1.1","userAgent":"x","expiration":"2026-03-02T10:45:31-05:00"}',
       CASE n WHEN 1 THEN 'APPROVED' ELSE 'PENDING' END, CASE n WHEN 1 THEN '00' ELSE 'PC' END,
       CASE n WHEN 1 THEN now() END, now() + interval '1 hour', now(), CASE n WHEN 2 THEN now() + interval '1 hour' END
FROM generate_series(1, 2) AS n;
INSERT INTO attempts (internal_reference, request_id, status, reason, status_at, created_at, currency, amount_minor, brand,
                      issuer, bin, last_digits, card_hash, installments, authorization_code, receipt)
VALUES (77, 11, 'APPROVED', '00', now(), now(), 'COP', 5000, 'visa', 'TESTING', '411076', '0081', 'x', 1, '123456', '26');
INSERT INTO book (site, internal_reference, kind, reference, currency, amount_minor, at)
VALUES ('CO', 77, 'payment', 'OLD', 'COP', 5000, now());
INSERT INTO notifications (request_id, site, body, status, send_at, created_at)
VALUES (11, 'CO', '{}', 'no_address', now(), now());
`;

test('what the first release wrote is kept, told and given back like anything new', async () => {
  const { databaseUrl, drop } = await createDatabase();
  const db = new pg.Client({ connectionString: databaseUrl });
  await db.connect();
  await sessionsAndBook.up(db);
  await sitesOfOld.up(db);
  await db.query(OF_OLD);
  const { app, url } = await startApp(databaseUrl);
  try {
    const co = (await practiceSites(url)).CO as PracticeSite;
    const call = (path: string, body: object = {}) =>
      sendJson(`${url}/api/${path}`, { auth: authOf(co), ...body });
    const [paid, open, back] = [
      await call('session/11'),
      await call('session/12'),
      await call('transaction', { action: 'reverse', internalReference: 77 }),
    ];
    const { rows } = await db.query(
      'SELECT kind, transaction = internal_reference AS same FROM book ORDER BY line',
    );
    expect([
      paid.body.status.status,
      paid.body.payment[0].internalReference,
      open.body.status.reason,
      back.body.status.status,
      rows,
    ]).toEqual([
      'APPROVED',
      77,
      'PC',
      'APPROVED',
      [
        { kind: 'payment', same: true },
        { kind: 'reverse', same: true },
      ],
    ]);
    await expect(db.query('DELETE FROM book')).rejects.toThrow('append-only');
  } finally {
    await app.close();
    await db.end();
    await drop();
  }
});
