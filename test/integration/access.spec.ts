import { describe, expect, it } from '@jest/globals';
import { ROLES, type Role } from '@recaudo/shared';
import { useProduct, type Api } from '../support/product.js';

const product = useProduct();

type Who = Role | 'shop' | 'anonymous';
const EVERYONE: Who[] = [...ROLES, 'shop', 'anonymous'];
const PEOPLE: Who[] = [...ROLES];
const READERS: Who[] = ['support', 'finance', 'manager', 'auditor'];
const ADMIN: Who[] = ['admin'];

/** Who may enter each route, written by hand: a route that is not here fails the test. */
const MATRIX: Record<string, Who[]> = {
  'GET /api/health': EVERYONE,
  'GET /api/health/ready': EVERYONE,
  'GET /api/practice': EVERYONE,
  'POST /api/practice/clock': ADMIN,
  'POST /api/login': EVERYONE,
  'GET /api/login': PEOPLE,
  'DELETE /api/login': PEOPLE,
  'POST /api/login/password': EVERYONE,
  'POST /api/login/prove': PEOPLE,
  'POST /api/notifications/{account}': EVERYONE,
  'GET /api/preferences': PEOPLE,
  'PUT /api/preferences': PEOPLE,
  'GET /api/home': PEOPLE,
  'POST /api/sessions': ['support', 'shop'],
  'GET /api/sessions': READERS,
  'GET /api/sessions/counts': READERS,
  'GET /api/sessions/export': ['finance', 'manager'],
  'GET /api/sessions/{id}': [...READERS, 'shop'],
  'POST /api/sessions/{id}/check': ['support', 'finance'],
  'POST /api/sessions/{id}/cancel': ['support', 'shop'],
  'POST /api/sessions/{id}/remainder': ['support'],
  'POST /api/sessions/{id}/agree': ['finance'],
  'GET /api/transactions': READERS,
  'GET /api/transactions/counts': READERS,
  'GET /api/transactions/export': ['finance', 'manager'],
  'GET /api/transactions/{id}': [...READERS, 'shop'],
  'POST /api/transactions/{id}/check': ['support', 'finance'],
  'GET /api/transactions/{id}/reverse': ['support', 'finance', 'shop'],
  'POST /api/transactions/{id}/reverse': ['support', 'finance', 'shop'],
  'POST /api/transactions/{id}/withdraw': ['support', 'finance'],
  'POST /api/transactions/{id}/settle': ['finance'],
  'POST /api/transactions/{id}/chargeback': ['finance'],
  'POST /api/transactions/{id}/chargeback-reversal': ['finance'],
  'GET /api/transactions/{id}/letter': READERS,
  'POST /api/transactions/{id}/receipt': ['support'],
  'GET /api/preauthorizations': READERS,
  'GET /api/preauthorizations/counts': READERS,
  'GET /api/preauthorizations/{id}': [...READERS, 'shop'],
  'POST /api/preauthorizations/{id}/checkout': ['support', 'finance', 'shop'],
  'POST /api/preauthorizations/{id}/reauthorization': ['support', 'finance', 'shop'],
  'POST /api/preauthorizations/{id}/release': ['support', 'finance', 'shop'],
  'POST /api/preauthorizations/{id}/settle': ['finance'],
  'GET /api/approvals': READERS,
  'GET /api/approvals/count': READERS,
  'GET /api/approvals/{id}': READERS,
  'POST /api/approvals/{id}/approve': ['manager'],
  'POST /api/approvals/{id}/reject': ['manager'],
  'POST /api/approvals/{id}/withdraw': READERS,
  'GET /api/batches': READERS,
  'GET /api/batches/{id}': READERS,
  'GET /api/batches/{id}/rows': READERS,
  'GET /api/batches/{id}/export': READERS,
  'POST /api/batches/preview': ['support', 'finance'],
  'POST /api/batches': ['support', 'finance'],
  'POST /api/batches/{id}/undo': ['support', 'finance'],
  'POST /api/orders/{id}/notes': ['support', 'finance', 'manager'],
  'POST /api/transactions/{id}/confirm': ['support', 'finance', 'shop'],
  'POST /api/transactions/{id}/cancel': ['support', 'finance', 'shop'],
  'POST /api/transactions/{id}/attest': ['finance'],
  'GET /api/instruments': [...READERS, 'shop'],
  'GET /api/instruments/counts': READERS,
  'GET /api/instruments/{id}': [...READERS, 'shop'],
  'POST /api/instruments/{id}/suspend': ['support', 'finance', 'shop'],
  'POST /api/instruments/{id}/resume': ['support', 'finance', 'shop'],
  'POST /api/instruments/{id}/replacement': ['support', 'shop'],
  'GET /api/collects/preview': ['support', 'finance', 'shop'],
  'POST /api/collects': ['support', 'finance', 'shop'],
  'POST /api/collects/{id}/uncharged': ['finance'],
  'GET /api/schedules': READERS,
  'GET /api/schedules/counts': READERS,
  'POST /api/schedules': ['support', 'finance', 'shop'],
  'POST /api/schedules/preview': ['support', 'finance', 'shop'],
  'POST /api/schedules/import': ['support', 'finance', 'shop'],
  'GET /api/schedules/{id}': [...READERS, 'shop'],
  'POST /api/schedules/{id}/preview': ['support', 'finance', 'shop'],
  'POST /api/schedules/{id}/acts': ['support', 'finance', 'shop'],
  'GET /api/policies': READERS,
  'POST /api/policies': ['finance', 'manager'],
  'POST /api/policies/default': ['finance', 'manager'],
  'POST /api/policies/lab': READERS,
  'PUT /api/policies/{id}': ['finance', 'manager'],
  'GET /api/periods': READERS,
  'GET /api/periods/counts': READERS,
  'POST /api/periods/release': ['finance'],
  'GET /api/periods/{id}/charge': ['support', 'finance', 'shop'],
  'POST /api/periods/{id}/charge': ['support', 'finance', 'shop'],
  'POST /api/periods/{id}/waive': ['support', 'finance', 'shop'],
  'POST /api/instruments/{id}/revoke': ['support', 'finance', 'shop'],
  'GET /api/mails': PEOPLE,
  'GET /api/mails/counts': PEOPLE,
  'GET /api/mails/{id}': PEOPLE,
  'POST /api/mails/{id}/again': ['support'],
  'POST /api/adoptions': ['finance'],
  'GET /api/reviews': READERS,
  'GET /api/reviews/count': READERS,
  'POST /api/reviews/{id}/resolve': ['finance'],
  'POST /api/reviews/{id}/own': ['finance'],
  ...Object.fromEntries(
    [
      'movements',
      'cohorts',
      'recovery',
      'approval',
      'expected',
      'rows',
      'rows/export',
      'export',
      'definitions',
    ].map((name): [string, Who[]] => [`GET /api/revenue/${name}`, ['finance', 'manager', 'auditor']]),
  ),
  'GET /api/audit': ['manager', 'auditor', 'admin'],
  'GET /api/sites': ADMIN,
  'POST /api/sites': ADMIN,
  'GET /api/sites/{id}': ADMIN,
  'PUT /api/sites/{id}': ADMIN,
  'PUT /api/sites/{id}/account': ADMIN,
  'POST /api/sites/{id}/account/test': ADMIN,
  'GET /api/gateways': ADMIN,
  'GET /api/people': ADMIN,
  'POST /api/people': ADMIN,
  'PUT /api/people/{id}': ADMIN,
  'POST /api/people/{id}/invite': ADMIN,
  'GET /api/keys': ADMIN,
  'POST /api/keys': ADMIN,
  'DELETE /api/keys/{id}': ADMIN,
  'GET /api/jobs': ADMIN,
  'POST /api/jobs/{name}/run': ADMIN,
};

async function clients(): Promise<Record<Who, Api>> {
  const here = await product();
  const people = await Promise.all(ROLES.map(async (role) => [role, await here.as(role)] as const));
  return { ...Object.fromEntries(people), shop: here.shop(), anonymous: here.anonymous() } as Record<
    Who,
    Api
  >;
}

async function routes(): Promise<string[]> {
  const here = await product();
  const document = (await here.anonymous().get('/api/docs/json')).body as {
    paths: Record<string, Record<string, unknown>>;
  };
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
}

describe('every route', () => {
  it('is in the matrix, and the matrix holds nothing else', async () => {
    expect((await routes()).sort()).toEqual(Object.keys(MATRIX).sort());
  });

  it('lets in exactly who the matrix says', async () => {
    const who = await clients();
    const wrong: string[] = [];
    for (const [route, allowed] of Object.entries(MATRIX)) {
      // Signing out would end the login that the next routes need; the staff tests cover it.
      if (route === 'DELETE /api/login') continue;
      const [method = '', path = ''] = route.split(' ');
      const target = path
        .replace(/\{(id|account)\}/, '01a1fc76-a55b-75a4-8f86-9f2e12db59ed')
        .replace('{name}', 'probe');
      for (const each of EVERYONE) {
        const { status } = await who[each].call(
          method,
          target,
          ['POST', 'PUT'].includes(method) ? {} : undefined,
        );
        const refused = each === 'anonymous' ? status === 401 : status === 403;
        if (refused === allowed.includes(each) && !(route === 'POST /api/login' && status === 401)) {
          wrong.push(`${route} as ${each}: ${status}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it('names the part of the address that is wrong', async () => {
    const here = await product();
    const answer = await (await here.as('finance')).get('/api/sessions/abc');
    expect([answer.status, Object.keys(answer.body.errors)]).toEqual([422, ['id']]);
  });

  it('answers an unknown path with a problem document', async () => {
    const here = await product();
    const answer = await here.anonymous().get('/api/nowhere');
    expect([answer.status, answer.body.code]).toEqual([404, 'not_found']);
  });
});

describe('somebody with a list of sites', () => {
  it('sees only their sites’ payments, and another site’s payment is not found', async () => {
    const here = await product();
    const [co, ec] = [await here.siteId('co'), await here.siteId('ec')];
    const mine = await here.open({ siteId: co });
    const other = await here.open({ siteId: ec, currency: 'USD' });
    await here.db.query(`UPDATE people SET all_sites = false, site_ids = $1 WHERE email LIKE 'auditor@%'`, [
      [co],
    ]);
    const auditor = await here.as('auditor');
    const list = await auditor.get('/api/sessions');
    expect([...new Set(list.body.items.map((item: { siteId: string }) => item.siteId))]).toEqual([co]);
    const found = await Promise.all(
      [mine, other].map(async ({ id }) => (await auditor.get(`/api/sessions/${id}`)).status),
    );
    expect(found).toEqual([200, 404]);
  });

  it('cannot widen it by asking for another site', async () => {
    const here = await product();
    const ec = await here.siteId('ec');
    await here.open({ siteId: ec, currency: 'USD' });
    const auditor = await here.as('auditor');
    expect((await auditor.get(`/api/sessions?siteId=${ec}`)).body.items).toEqual([]);
  });
});

describe('a shop’s key', () => {
  it('opens payments only on its own sites', async () => {
    const here = await product();
    const admin = await here.as('admin');
    const created = await admin.post('/api/keys', {
      name: 'Solo Ecuador',
      siteIds: [await here.siteId('ec')],
    });
    const narrow = await here.anonymous().post('/api/sessions', await here.order(), {
      headers: { authorization: `Bearer ${created.body.secret}`, 'idempotency-key': 'narrow-key-1' },
    });
    expect([narrow.status, narrow.body.errors]).toEqual([422, { siteId: ['not_found'] }]);
  });

  it('is worth nothing once revoked', async () => {
    const here = await product();
    const admin = await here.as('admin');
    const created = await admin.post('/api/keys', { name: 'Vieja', siteIds: [await here.siteId()] });
    const headers = { authorization: `Bearer ${created.body.secret}` };
    const before = await here
      .anonymous()
      .get('/api/sessions/01a1fc76-a55b-75a4-8f86-9f2e12db59ed', { headers });
    await admin.call('DELETE', `/api/keys/${created.body.key.id}`);
    const after = await here
      .anonymous()
      .get('/api/sessions/01a1fc76-a55b-75a4-8f86-9f2e12db59ed', { headers });
    expect([before.status, after.status]).toEqual([404, 401]);
  });
});
