import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { Api, CARDS, useProduct } from '../support/product.js';

const product = useProduct();

/** A site of ours on the practice gateway's CO credentials, or on spoilt ones. */
async function siteWith(spoil: Record<string, string> = {}) {
  const here = await product();
  const admin = await here.as('admin');
  const code = `s-${randomBytes(4).toString('hex')}`;
  const site = {
    code,
    name: 'Otra tienda',
    country: 'CO',
    currency: 'COP',
    zone: 'America/Bogota',
    mode: 'practice',
  };
  const created = await admin.post('/api/sites', site);
  const offered = (
    (await here.control('GET', '/sites')).body as { site: string; login: string; secretKey: string }[]
  ).find((each) => each.site === 'CO');
  const account = { baseUrl: here.gateway.url, login: offered?.login, secret: offered?.secretKey, ...spoil };
  const saved = await admin.call('PUT', `/api/sites/${created.body.id}/account`, account);
  return { here, admin, id: created.body.id as string, saved, secret: offered?.secretKey ?? '' };
}

async function shopOf(siteId: string): Promise<Api> {
  const here = await product();
  const { body } = await (await here.as('admin')).post('/api/keys', { name: 'Tienda', siteIds: [siteId] });
  return new Api(here.server.url, { authorization: `Bearer ${body.secret}` });
}

const test = async (spoil: Record<string, string>) => {
  const { admin, id } = await siteWith(spoil);
  return (await admin.post(`/api/sites/${id}/account/test`)).body;
};

describe('testing a connection', () => {
  it('says when it works', async () => {
    expect(await test({})).toMatchObject({ result: 'ok' });
  });

  it('tells a wrong login from a wrong secret', async () => {
    const [login, secret] = await Promise.all([test({ login: 'f'.repeat(32) }), test({ secret: 'wrong' })]);
    expect([login.result, login.code, secret.result, secret.code]).toEqual([
      'unknown_login',
      '101',
      'wrong_secret',
      '102',
    ]);
  });

  it('says when the clocks disagree', async () => {
    const { here, admin, id } = await siteWith();
    await here.control('POST', '/clock', { advanceMs: 3_600_000 });
    const answer = await admin.post(`/api/sites/${id}/account/test`);
    await here.control('POST', '/clock', { offsetMs: 0 });
    expect([answer.body.result, answer.body.code]).toEqual(['clock', '103']);
  });

  it('says when nobody answers there', async () => {
    expect(await test({ baseUrl: 'http://127.0.0.1:1' })).toMatchObject({
      result: 'unreachable',
      code: null,
    });
  });
});

describe('the rules for money of a site', () => {
  it('are nobody’s to refund without a second person, until somebody says how much', async () => {
    const { admin, id } = await siteWith();
    const limits = { operationMinor: 5_000_000, paymentMinor: 8_000_000, dayMinor: 20_000_000 };
    const before = (await admin.get(`/api/sites/${id}`)).body.refundLimits;
    const answer = await admin.call('PUT', `/api/sites/${id}`, { refundLimits: limits, undoMinutes: 0 });
    expect([before, answer.body.refundLimits, answer.body.undoMinutes]).toEqual([null, limits, 0]);
  });

  it('can be taken back to every refund needing a second person', async () => {
    const { admin, id } = await siteWith();
    const limits = { operationMinor: 5_000_000, paymentMinor: 8_000_000, dayMinor: 20_000_000 };
    await admin.call('PUT', `/api/sites/${id}`, { refundLimits: limits });
    expect(
      (await admin.call('PUT', `/api/sites/${id}`, { refundLimits: null })).body.refundLimits,
    ).toBeNull();
  });

  it('leave a trace with who changed what', async () => {
    const { admin, id } = await siteWith();
    await admin.call('PUT', `/api/sites/${id}`, { undoMinutes: 10 });
    const entry = (await admin.get('/api/audit')).body.items[0];
    expect([entry.kind, entry.actor.name, entry.data.changes]).toEqual([
      'site.updated',
      'Adriana Suárez',
      { undoMinutes: 10 },
    ]);
  });

  it('give no more than ten minutes to undo', async () => {
    const { admin, id } = await siteWith();
    expect((await admin.call('PUT', `/api/sites/${id}`, { undoMinutes: 11 })).status).toBe(422);
  });

  it('leave a schedule’s charge to a person after three days, or after as many as they say, up to thirty', async () => {
    const { admin, id } = await siteWith();
    const before = (await admin.get(`/api/sites/${id}`)).body.lateDays;
    const put = (lateDays: unknown) => admin.call('PUT', `/api/sites/${id}`, { lateDays });
    const { lateDays } = (await put(30)).body;
    const refused = [(await put(0)).status, (await put(31)).status, (await put(2.5)).status];
    expect([before, lateDays, refused]).toEqual([3, 30, [422, 422, 422]]);
  });

  it('say of its account what may be captured, and stay as they are when nothing is said', async () => {
    const { admin, id, saved } = await siteWith();
    const { baseUrl, login } = saved.body.account;
    const path = `/api/sites/${id}/account`;
    const first = await admin.call('PUT', path, { baseUrl, login, overCapture: true, increaseOnly: true });
    const second = await admin.call('PUT', path, { baseUrl, login, increaseOnly: false });
    const rules = [first, second].map(({ body }) => [body.account.overCapture, body.account.increaseOnly]);
    expect([saved.body.account.overCapture, ...rules]).toEqual([false, [true, true], [true, false]]);
  });
});

describe('a gateway account', () => {
  it('never shows its secret, and does not keep it open', async () => {
    const { here, saved, id, secret } = await siteWith();
    const { rows } = await here.db.query('SELECT * FROM gateway_accounts WHERE site_id = $1', [id]);
    expect(JSON.stringify(saved.body) + JSON.stringify(rows)).not.toContain(secret);
  });

  it('keeps its rules when it is saved without them', async () => {
    const here = await product();
    const admin = await here.as('admin');
    const id = await here.siteId('pr');
    const { account } = (await admin.get(`/api/sites/${id}`)).body;
    const { baseUrl, login, hash } = account;
    const save = (rules: object) =>
      admin.call('PUT', `/api/sites/${id}/account`, { baseUrl, login, hash, ...rules });
    await save({ holdDays: 7, confirmationMinutes: 60, maxDispersions: 5 });
    const { account: saved } = (await save({})).body;
    expect([saved.holdDays, saved.confirmationMinutes, saved.maxDispersions]).toEqual([7, 60, 5]);
  });

  it('names its own notification address', async () => {
    const { here, saved } = await siteWith();
    const { id, notificationUrl } = saved.body.account;
    expect(notificationUrl).toBe(`${here.server.url}/api/notifications/${id}`);
  });

  it('is flagged for administrators when the gateway refuses our credentials', async () => {
    const { here, admin, id } = await siteWith({ secret: 'wrong' });
    const support = await here.as('support');
    const order = await here.order({ siteId: id });
    const refused = await support.post('/api/sessions', order, {
      headers: { 'idempotency-key': randomBytes(8).toString('hex') },
    });
    const { account } = (await admin.get(`/api/sites/${id}`)).body;
    expect([refused.status, refused.body.code, account.flag]).toEqual([
      422,
      'gateway_refused',
      expect.stringContaining('102'),
    ]);
  });
});

describe('another login for a site', () => {
  it('does not lose the payments that were opened with the old one', async () => {
    const { here, admin, id } = await siteWith();
    const opened = await here.open({ siteId: id }, await shopOf(id));
    await here.pay(await here.follow(opened), CARDS.approved);
    const offered = (
      (await here.control('GET', '/sites')).body as { site: string; login: string; secretKey: string }[]
    ).find((each) => each.site === 'EC');
    await admin.call('PUT', `/api/sites/${id}/account`, {
      baseUrl: here.gateway.url,
      login: offered?.login,
      secret: offered?.secretKey,
    });
    const asked = await (await here.as('support')).post(`/api/sessions/${opened.id}/check`);
    expect(asked.body.state).toBe('approved');
  });
});

describe('credentials that the gateway believes again', () => {
  it('make everything pending be asked about soon', async () => {
    const { here, admin, id, secret } = await siteWith();
    const opened = await here.open({ siteId: id }, await shopOf(id));
    const { baseUrl, login } = (await admin.get(`/api/sites/${id}`)).body.account;
    await admin.call('PUT', `/api/sites/${id}/account`, { baseUrl, login, secret: 'wrong' });
    await (await here.as('support')).post(`/api/sessions/${opened.id}/check`);
    await here.db.query(`UPDATE sessions SET next_probe_at = now() + interval '1 day' WHERE id = $1`, [
      opened.id,
    ]);
    await admin.call('PUT', `/api/sites/${id}/account`, { baseUrl, login, secret });
    await here.db.query(`UPDATE gateway_accounts SET flagged_at = now(), flag = '102' WHERE site_id = $1`, [
      id,
    ]);
    await admin.post(`/api/sites/${id}/account/test`);
    const { rows } = await here.db.query(
      `SELECT next_probe_at < now() + interval '1 minute' AS soon FROM sessions WHERE id = $1`,
      [opened.id],
    );
    expect(rows).toEqual([{ soon: true }]);
  });
});

describe('a site', () => {
  it('that moves real money is refused while practising', async () => {
    const here = await product();
    const admin = await here.as('admin');
    const site = {
      code: 'real',
      name: 'Real',
      country: 'CO',
      currency: 'COP',
      zone: 'America/Bogota',
      mode: 'live',
    };
    expect((await admin.post('/api/sites', site)).body.errors).toEqual({ mode: ['no_live_in_practice'] });
  });

  it.each([
    ['code', { code: 'UPPER case' }, 'site_code'],
    ['zone', { zone: 'Mars/Olympus' }, 'unknown_zone'],
    ['country', { country: 'XX' }, 'invalid_value'],
    ['cutOff', { cutOff: '25:00' }, 'time_of_day'],
  ])('with a bad %s is refused by field', async (field, bad, key) => {
    const here = await product();
    const admin = await here.as('admin');
    const good = {
      code: 'buena',
      name: 'Buena',
      country: 'CO',
      currency: 'COP',
      zone: 'America/Bogota',
      mode: 'test',
    };
    const answer = await admin.post('/api/sites', { ...good, ...bad });
    expect([answer.status, answer.body.errors]).toEqual([422, { [field]: [key] }]);
  });

  it('needs a code of its own', async () => {
    const here = await product();
    const admin = await here.as('admin');
    const again = await admin.post('/api/sites', {
      code: 'co',
      name: 'Doble',
      country: 'CO',
      currency: 'COP',
      zone: 'America/Bogota',
      mode: 'test',
    });
    expect([again.status, again.body.errors]).toEqual([409, { code: ['code_taken'] }]);
  });

  it('in test mode takes no live address', async () => {
    const here = await product();
    const admin = await here.as('admin');
    const site = await admin.post('/api/sites', {
      code: 'prueba',
      name: 'Prueba',
      country: 'CO',
      currency: 'COP',
      zone: 'America/Bogota',
      mode: 'test',
    });
    const answer = await admin.call('PUT', `/api/sites/${site.body.id}/account`, {
      baseUrl: 'https://CHECKOUT.placetopay.com',
      login: 'x',
      secret: 'y',
    });
    expect([answer.status, answer.body.errors]).toEqual([422, { baseUrl: ['address_of_other_mode'] }]);
  });
});
