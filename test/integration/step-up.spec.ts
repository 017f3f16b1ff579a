import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { DEMO_PASSWORD, useProduct, type Answer, type Api, type Product } from '../support/product.js';

const product = useProduct();

/** About money, and about nothing that exists: whoever gets as far as "not found" was let through. */
const moveMoney = (api: Api, headers: Record<string, string> = {}): Promise<Answer> =>
  api.post(`/api/approvals/${randomUUID()}/approve`, {}, { headers });

const codeOf = ({ status, body }: Answer) => [status, body?.code];

async function manager(): Promise<{ here: Product; api: Api }> {
  const here = await product();
  return { here, api: await here.signIn('manager') };
}

describe('a login that nobody touched for five minutes', () => {
  it('is asked for the password before money moves', async () => {
    const { here, api } = await manager();
    await here.leaveDesks(6);
    expect(codeOf(await moveMoney(api))).toEqual([403, 'password_needed']);
  });

  it('is asked again after looking around, until the password is there', async () => {
    const { here, api } = await manager();
    await here.leaveDesks(6);
    await api.get('/api/reviews');
    expect(codeOf(await moveMoney(api))).toEqual([403, 'password_needed']);
  });

  it('is not asked for anything else', async () => {
    const { here, api } = await manager();
    await here.leaveDesks(6);
    expect((await api.get('/api/approvals')).status).toBe(200);
  });

  it('moves money again once the password is proved', async () => {
    const { here, api } = await manager();
    await here.leaveDesks(6);
    const proved = await api.post('/api/login/prove', { password: DEMO_PASSWORD });
    expect([proved.status, ...codeOf(await moveMoney(api))]).toEqual([204, 404, 'not_found']);
  });

  it('is not let through by another password', async () => {
    const { here, api } = await manager();
    await here.leaveDesks(6);
    const answer = await api.post('/api/login/prove', { password: 'otra cosa' });
    expect([...codeOf(answer), ...codeOf(await moveMoney(api))]).toEqual([
      401,
      'wrong_credentials',
      403,
      'password_needed',
    ]);
  });

  it('is not let through by a request that says it runs in the background', async () => {
    const { here, api } = await manager();
    await here.leaveDesks(6);
    expect(codeOf(await moveMoney(api, { 'x-background': '1' }))).toEqual([403, 'password_needed']);
  });
});

describe('a login in use', () => {
  it('moves money without more ado right after signing in', async () => {
    const { api } = await manager();
    expect(codeOf(await moveMoney(api))).toEqual([404, 'not_found']);
  });

  it('stays awake by what its person does', async () => {
    const { here, api } = await manager();
    await here.leaveDesks(3);
    await api.get('/api/reviews');
    await here.leaveDesks(3);
    expect(codeOf(await moveMoney(api))).toEqual([404, 'not_found']);
  });

  it('is not kept awake by what its page asks by itself', async () => {
    const { here, api } = await manager();
    await here.leaveDesks(3);
    await api.get('/api/reviews', { headers: { 'x-background': '1' } });
    await here.leaveDesks(3);
    expect(codeOf(await moveMoney(api))).toEqual([403, 'password_needed']);
  });
});

describe('guessing the password of an open login', () => {
  it('ends after five tries, also with the right one', async () => {
    const here = await product();
    const api = await here.signIn('auditor');
    for (let guess = 0; guess < 5; guess += 1) await api.post('/api/login/prove', { password: 'no' });
    const answer = await api.post('/api/login/prove', { password: DEMO_PASSWORD });
    expect(codeOf(answer)).toEqual([429, 'locked_out']);
  });
});

describe('a shop’s key', () => {
  it('acts for the person who made it', async () => {
    const here = await product();
    const { rows } = await here.db.query(
      'SELECT p.role FROM api_keys k JOIN people p ON p.id = k.created_by_id',
    );
    expect(rows).toEqual([{ role: 'admin' }]);
  });

  it('moves no money when there is nobody behind it', async () => {
    const here = await product();
    await here.db.query('UPDATE api_keys SET created_by_id = NULL');
    const answer = await here.shop().post(`/api/transactions/${randomUUID()}/reverse`, {});
    expect(codeOf(answer)).toEqual([403, 'key_without_person']);
  });
});
