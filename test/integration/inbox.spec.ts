import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { openElsewhere } from '../support/plugin.js';
import { CARDS, useProduct, type Product } from '../support/product.js';

const product = useProduct();

interface Account {
  id: string;
  secret: string;
  path: string;
}

async function account(here: Product): Promise<Account> {
  const { rows } = await here.db.query<{ id: string }>(
    `SELECT a.id FROM gateway_accounts a JOIN sites s ON s.id = a.site_id WHERE s.code = 'co'`,
  );
  const sites = (await here.control('GET', '/sites')).body as { site: string; secretKey: string }[];
  const id = rows[0]?.id ?? '';
  return {
    id,
    secret: sites.find((site) => site.site === 'CO')?.secretKey ?? '',
    path: `/api/notifications/${id}`,
  };
}

interface Said {
  requestId: number;
  status?: string;
  date?: string;
  reference?: string;
}

function signed(secret: string, said: Said, hash: 'sha256' | 'sha1' = 'sha256') {
  const { requestId, status = 'APPROVED', date = '2026-03-02T10:21:07-05:00', reference = 'ORD-1' } = said;
  const hex = createHash(hash).update(`${requestId}${status}${date}${secret}`).digest('hex');
  return {
    status: { status, reason: '00', message: 'Aprobada', date },
    requestId,
    reference,
    signature: hash === 'sha256' ? `sha256:${hex}` : hex,
  };
}

const count = async (here: Product): Promise<number> =>
  Number((await here.db.query<{ count: string }>('SELECT count(*) FROM notifications')).rows[0]?.count);

describe('a notification', () => {
  it.each(['sha256', 'sha1'] as const)('signed with %s is stored', async (hash) => {
    const here = await product();
    const { path, secret } = await account(here);
    const before = await count(here);
    const answer = await here
      .anonymous()
      .post(path, signed(secret, { requestId: hash === 'sha1' ? 71 : 72 }, hash));
    expect([answer.status, await count(here)]).toEqual([200, before + 1]);
  });

  it('that lies about an approval changes nothing: the gateway is asked', async () => {
    const here = await product();
    const { path, secret } = await account(here);
    const opened = await here.open();
    const number = Number(opened.gatewayNumber);
    await here.anonymous().post(path, signed(secret, { requestId: number, reference: opened.reference }));
    const seen = await eventually(async () => {
      const now = await here.session(opened.id);
      return now.lastAskedAt !== null && now;
    });
    expect([seen.state, seen.order.settledMinor]).toEqual(['pending', 0]);
  });

  it('with a forged signature is refused and leaves nothing', async () => {
    const here = await product();
    const { path } = await account(here);
    const before = await count(here);
    const answer = await here.anonymous().post(path, signed('not-the-secret', { requestId: 73 }));
    expect([answer.status, answer.body.code, await count(here)]).toEqual([400, 'bad_signature', before]);
  });

  it('signed by another account’s secret is refused', async () => {
    const here = await product();
    const { path } = await account(here);
    const sites = (await here.control('GET', '/sites')).body as { site: string; secretKey: string }[];
    const other = sites.find((site) => site.site === 'EC')?.secretKey ?? '';
    expect((await here.anonymous().post(path, signed(other, { requestId: 74 }))).status).toBe(400);
  });

  it('that is replayed gets a quiet 200 and changes nothing', async () => {
    const here = await product();
    const { path, secret } = await account(here);
    const body = signed(secret, { requestId: 75 });
    await here.anonymous().post(path, body);
    const before = await count(here);
    const again = await here.anonymous().post(path, body);
    expect([again.status, await count(here)]).toEqual([200, before]);
  });

  it('about a session we do not know is kept and listed as opened elsewhere', async () => {
    const here = await product();
    const { path, secret } = await account(here);
    await here.anonymous().post(path, signed(secret, { requestId: 999_001, reference: 'WOO-1' }));
    const finance = await here.as('finance');
    const review = await eventually(async () => {
      const { items } = (await finance.get('/api/reviews')).body;
      return items.find((item: { reference: string }) => item.reference === 'WOO-1');
    });
    expect([review.kind, review.data.gatewayNumber]).toEqual(['opened_elsewhere', '999001']);
  });

  /** The news of that session after its last try. */
  async function lastTry(here: Product, number: string): Promise<string> {
    const read = async (): Promise<{ state: string; tries: number } | undefined> =>
      (await here.db.query('SELECT state, tries FROM notifications WHERE gateway_number = $1', [number]))
        .rows[0];
    await eventually(async () => ((await read())?.tries ?? 0) > 0, { what: 'a try in vain' });
    await here.db.query(
      'UPDATE notifications SET tries = 6, next_attempt_at = now() WHERE gateway_number = $1',
      [number],
    );
    await eventually(async () => (await read())?.state !== 'received', { what: 'the last try' });
    return (await read())?.state ?? '';
  }

  it('about a session that cannot be looked up in the end waits for a person', async () => {
    const here = await product();
    const { path, secret } = await account(here);
    await here.fault('session.query', 'error_500', { count: 100 });
    await here.anonymous().post(path, signed(secret, { requestId: 999_002, reference: 'WOO-2' }));
    const state = await lastTry(here, '999002');
    await here.control('DELETE', '/faults');
    const { items } = (await (await here.as('finance')).get('/api/reviews')).body;
    expect([state, items.some((item: { reference: string }) => item.reference === 'WOO-2')]).toEqual([
      'unmatched',
      true,
    ]);
  });

  it('that fails each time comes to an end', async () => {
    const here = await product();
    const { number, reference } = await openElsewhere(here);
    // Whatever else may be wrong with one message: here its order cannot be written.
    await here.db.query(
      `CREATE FUNCTION refuse_order() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'not this one'; END $$;
       CREATE TRIGGER refuse_order BEFORE INSERT ON orders
         FOR EACH ROW WHEN (NEW.reference LIKE 'WOO-%') EXECUTE FUNCTION refuse_order()`,
    );
    const { path, secret } = await account(here);
    await here.anonymous().post(path, signed(secret, { requestId: Number(number), reference }));
    const state = await lastTry(here, number);
    await here.db.query('DROP TRIGGER refuse_order ON orders');
    expect(state).toBe('given_up');
  });

  it('that comes after a later one does not take the payment back', async () => {
    const here = await product();
    const { path, secret } = await account(here);
    const opened = await here.open();
    await here.pay(await here.follow(opened), CARDS.approved);
    const final = await here.reaches(opened.id, 'approved');
    const late = signed(secret, {
      requestId: Number(final.gatewayNumber),
      status: 'REJECTED',
      reference: final.reference,
    });
    await here.anonymous().post(path, late);
    await eventually(
      async () =>
        (
          await here.db.query(
            `SELECT 1 FROM notifications WHERE state = 'handled' AND body->'status'->>'status' = 'REJECTED'`,
          )
        ).rowCount,
    );
    expect((await here.session(opened.id)).state).toBe('approved');
  });

  it.each([
    ['the end that is known, asks the gateway nothing', 0, 'handled'],
    ['another instant is a reason to ask', 1_000, 'received'],
  ])('of %s', async (_name, laterMs, state) => {
    const here = await product();
    const { path, secret } = await account(here);
    const opened = await here.open();
    await here.pay(await here.follow(opened), CARDS.approved);
    const { gatewayNumber, reference, endedAt } = await here.reaches(opened.id, 'approved');
    await here.fault('session.query', 'drop_before', { count: 50 });
    const date = new Date(Date.parse(endedAt ?? '') + laterMs).toISOString();
    const said = signed(secret, { requestId: Number(gatewayNumber), date, reference });
    await here.anonymous().post(path, said);
    const tried = await eventually(async () => {
      const { rows } = await here.db.query<{ state: string }>(
        'SELECT state FROM notifications WHERE body @> $1 AND tries > 0',
        [JSON.stringify({ status: { date } })],
      );
      return rows[0];
    });
    await here.control('DELETE', '/faults');
    expect(tried.state).toBe(state);
  });

  it('with a date of last year is a hint like any other', async () => {
    const here = await product();
    const { path, secret } = await account(here);
    const opened = await here.open();
    await here.loseNotifications(1);
    await here.pay(await here.follow(opened), CARDS.approved);
    const stale = signed(secret, {
      requestId: Number(opened.gatewayNumber),
      date: '2025-03-02T10:21:07-05:00',
      reference: opened.reference,
    });
    await here.anonymous().post(path, stale);
    expect((await here.reaches(opened.id, 'approved')).order.settledMinor).toBe(8_450_000);
  });

  it('is still believed with the previous secret after a change', async () => {
    const here = await product();
    const { path, secret } = await account(here);
    const admin = await here.as('admin');
    const site = (await admin.get(`/api/sites/${await here.siteId('co')}`)).body;
    const { baseUrl, login, hash } = site.account;
    await admin.call('PUT', `/api/sites/${site.id}/account`, {
      baseUrl,
      login,
      hash,
      secret: 'the-next-secret',
    });
    const old = await here.anonymous().post(path, signed(secret, { requestId: 76 }));
    const current = await here.anonymous().post(path, signed('the-next-secret', { requestId: 77 }));
    await admin.call('PUT', `/api/sites/${site.id}/account`, { baseUrl, login, hash, secret });
    expect([old.status, current.status]).toEqual([200, 200]);
  });

  it.each([
    ['an unknown account', '/api/notifications/01a1fc76-a55b-75a4-8f86-9f2e12db59ed', { requestId: 1 }, 404],
    ['an account that is no id', '/api/notifications/x', { requestId: 1 }, 422],
  ])('for %s is refused', async (_name, path, body, status) => {
    const here = await product();
    expect((await here.anonymous().post(path, body)).status).toBe(status);
  });

  it.each([
    ['requestId', { status: { status: 'APPROVED', date: 'x' }, signature: 'y' }],
    ['status', { requestId: 1, signature: 'y' }],
    ['signature', { requestId: 1, status: { status: 'APPROVED', date: 'x' } }],
  ])('without its %s is refused by that field', async (field, body) => {
    const here = await product();
    const { path } = await account(here);
    const answer = await here.anonymous().post(path, body);
    expect([answer.status, Object.keys(answer.body.errors)]).toEqual([422, [field]]);
  });

  it('that we sent twice at the gateway’s fault is one row', async () => {
    const here = await product();
    await here.fault('notification', 'duplicate');
    const opened = await here.open();
    await here.pay(await here.follow(opened), CARDS.approved);
    const { gatewayNumber } = await here.reaches(opened.id, 'approved');
    const { rowCount } = await here.db.query('SELECT 1 FROM notifications WHERE gateway_number = $1', [
      gatewayNumber,
    ]);
    expect(rowCount).toBe(1);
  });
});
