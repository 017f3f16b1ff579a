import { describe, expect, it } from '@jest/globals';
import { DEMO_PASSWORD, useProduct } from '../support/product.js';

const product = useProduct();

const invite = async (email: string) => {
  const here = await product();
  const admin = await here.as('admin');
  const answer = await admin.post('/api/people', {
    email,
    name: 'Nueva Persona',
    role: 'support',
    siteIds: null,
  });
  return {
    admin,
    person: answer.body.person,
    token: new URL(answer.body.passwordLink).searchParams.get('token') ?? '',
  };
};

describe('signing in', () => {
  it('gives a cookie that scripts cannot read and other sites cannot use', async () => {
    const here = await product();
    const answer = await here
      .anonymous()
      .post('/api/login', { email: 'support@demo.recaudo.test', password: DEMO_PASSWORD });
    const cookie = answer.headers.getSetCookie().find((each) => each.startsWith('recaudo_login=')) ?? '';
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Lax/);
  });

  it('answers a wrong password and an unknown person alike', async () => {
    const here = await product();
    const wrong = await here
      .anonymous()
      .post('/api/login', { email: 'support@demo.recaudo.test', password: 'nope' });
    const nobody = await here
      .anonymous()
      .post('/api/login', { email: 'nobody@demo.recaudo.test', password: 'nope' });
    expect([wrong.status, wrong.body.code]).toEqual([nobody.status, nobody.body.code]);
  });

  it('locks a person out after five wrong passwords, also with the right one', async () => {
    const here = await product();
    const { token } = await invite('locked@company.test');
    await here.anonymous().post('/api/login/password', { token, password: 'una clave bien larga' });
    const attempt = (password: string) =>
      here.anonymous().post('/api/login', { email: 'locked@company.test', password });
    for (let guess = 0; guess < 5; guess += 1) await attempt('wrong');
    const answer = await attempt('una clave bien larga');
    expect([answer.status, answer.body.code]).toEqual([429, 'locked_out']);
  });

  it('locks out whoever guesses at an e-mail that nobody has, just the same', async () => {
    const here = await product();
    const attempt = () =>
      here.anonymous().post('/api/login', { email: 'ghost@company.test', password: 'wrong' });
    for (let guess = 0; guess < 5; guess += 1) await attempt();
    expect((await attempt()).body.code).toBe('locked_out');
  });

  it('ends at sign-out, for the cookie too', async () => {
    const here = await product();
    const support = await here.signIn('support');
    await support.call('DELETE', '/api/login');
    expect((await support.get('/api/login')).status).toBe(401);
  });

  it('does not keep the secret: a copy of the database opens no login', async () => {
    const here = await product();
    await here.as('support');
    const { rows } = await here.db.query<{ fingerprint: string }>('SELECT fingerprint FROM logins LIMIT 1');
    const answer = await here
      .anonymous()
      .get('/api/login', { headers: { cookie: `recaudo_login=${rows[0]?.fingerprint}` } });
    expect(answer.status).toBe(401);
  });
});

describe('a write with somebody’s cookie', () => {
  it('is refused from another origin', async () => {
    const here = await product();
    const support = await here.as('support');
    const answer = await support.call(
      'PUT',
      '/api/preferences',
      {},
      { headers: { origin: 'https://evil.example' } },
    );
    expect([answer.status, answer.body.code]).toEqual([403, 'wrong_origin']);
  });

  it('is refused as a form', async () => {
    const here = await product();
    const support = await here.as('support');
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await support.call('PUT', '/api/preferences', undefined, { raw: 'a=b', headers })).status).toBe(
      415,
    );
  });
});

describe('a new person', () => {
  it('sets a password by the one-time link and signs in', async () => {
    const here = await product();
    const { token } = await invite('nueva@company.test');
    const set = await here
      .anonymous()
      .post('/api/login/password', { token, password: 'una clave bien larga' });
    const login = await here
      .anonymous()
      .post('/api/login', { email: 'nueva@company.test', password: 'una clave bien larga' });
    expect([set.status, login.status, login.body.person.role]).toEqual([204, 200, 'support']);
  });

  it('cannot use the link twice', async () => {
    const here = await product();
    const { token } = await invite('dos@company.test');
    await here.anonymous().post('/api/login/password', { token, password: 'una clave bien larga' });
    const again = await here
      .anonymous()
      .post('/api/login/password', { token, password: 'otra clave bien larga' });
    expect([again.status, again.body.code]).toEqual([410, 'link_used']);
  });

  it('is told when the password is short or made of few letters', async () => {
    const here = await product();
    const { token } = await invite('corta@company.test');
    const short = await here.anonymous().post('/api/login/password', { token, password: 'corta' });
    const simple = await here
      .anonymous()
      .post('/api/login/password', { token, password: 'aaaaaaaaaaaaaaaa' });
    expect([short.body.errors, simple.body.errors]).toEqual([
      { password: ['too_small'] },
      { password: ['too_simple'] },
    ]);
  });

  it('needs an e-mail of their own', async () => {
    const { admin } = await invite('mia@company.test');
    const again = await admin.post('/api/people', {
      email: 'MIA@company.test',
      name: 'Otra',
      role: 'finance',
      siteIds: null,
    });
    expect([again.status, again.body.errors]).toEqual([409, { email: ['email_taken'] }]);
  });
});

describe('deactivating a person', () => {
  it('ends their open logins at once', async () => {
    const here = await product();
    const { admin, person, token } = await invite('fuera@company.test');
    await here.anonymous().post('/api/login/password', { token, password: 'una clave bien larga' });
    const theirs = here.anonymous();
    await theirs.post('/api/login', { email: 'fuera@company.test', password: 'una clave bien larga' });
    await admin.call('PUT', `/api/people/${person.id}`, { state: 'deactivated' });
    expect((await theirs.get('/api/login')).status).toBe(401);
  });

  it('cannot be done to oneself', async () => {
    const here = await product();
    const admin = await here.as('admin');
    const me = (await admin.get('/api/login')).body.person.id;
    expect((await admin.call('PUT', `/api/people/${me}`, { state: 'deactivated' })).status).toBe(422);
  });

  it('leaves a trace with who did it', async () => {
    const { admin, person } = await invite('rastro@company.test');
    await admin.call('PUT', `/api/people/${person.id}`, { state: 'deactivated' });
    const entry = (await admin.get('/api/audit')).body.items[0];
    expect([entry.kind, entry.actor.name, entry.subject.id]).toEqual([
      'person.updated',
      'Adriana Suárez',
      person.id,
    ]);
  });
});

describe('preferences', () => {
  it('are kept on the server for the next sign-in', async () => {
    const here = await product();
    const store = { 'RaStore.theme': 'dark', columns: ['amount', 'state'] };
    await (await here.as('finance')).call('PUT', '/api/preferences', store);
    expect((await (await here.signIn('finance')).get('/api/preferences')).body).toEqual(store);
  });

  it('have a size that nobody needs to exceed', async () => {
    const here = await product();
    const finance = await here.as('finance');
    expect((await finance.call('PUT', '/api/preferences', { big: 'x'.repeat(70_000) })).status).toBe(413);
  });
});
