import { beforeAll, describe, expect, it } from '@jest/globals';
import type { InstrumentItem } from '@recaudo/shared';
import { instrumentPage, storeInstrument } from '../support/instruments.js';
import { CARDS, useProduct, type Api } from '../support/product.js';

const product = useProduct();

const LUZ = {
  name: 'Luz',
  surname: 'Mora',
  email: 'luz@example.com',
  documentType: 'CC',
  document: '900111222',
};
const DAY_MS = 86_400_000;
const dayFromNow = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);

/** Named by what is special about each; stored in this order. */
const NAMES = ['plain', 'soon', 'later', 'over', 'suspended', 'revoked', 'ecuador', 'luz'] as const;
type Name = (typeof NAMES)[number];
const ids = {} as Record<Name, string>;
let finance: Api;

beforeAll(async () => {
  const here = await product();
  finance = await here.as('finance');
  for (const name of NAMES) {
    const luz = name === 'luz' ? LUZ : {};
    const asked = name === 'ecuador' ? { siteId: await here.siteId('ec') } : {};
    ids[name] = await storeInstrument(here, CARDS.approved, luz, asked);
  }
  const lastDay = async (name: Name, day: string) =>
    here.db.query('UPDATE instruments SET valid_until = $2 WHERE id = $1', [ids[name], day]);
  await lastDay('soon', dayFromNow(5));
  await lastDay('later', dayFromNow(20));
  await lastDay('over', dayFromNow(-40));
  await here.db.query(`UPDATE instruments SET brand = 'master', last_four = '4242' WHERE id = $1`, [
    ids.later,
  ]);
  await finance.post(`/api/instruments/${ids.suspended}/suspend`, { reason: 'Disputa abierta' });
  await finance.post(`/api/instruments/${ids.revoked}/revoke`, { reason: 'Lo pidió' });
}, 60_000);

const named = (items: InstrumentItem[]): (Name | undefined)[] =>
  items.map(({ id }) => NAMES.find((name) => ids[name] === id));
const list = async (query: string, api: Api = finance) =>
  named((await api.get(`/api/instruments?${query}`)).body.items);

describe('the list of stored means of payment', () => {
  it.each([
    ['everything, newest first', '', [...NAMES].reverse()],
    ['everything, oldest first', 'sort=oldest', [...NAMES]],
    ['what can be charged', 'state=active', ['luz', 'ecuador', 'later', 'soon', 'plain']],
    ['what runs out within 30 days, the nearest first', 'state=expiring', ['soon', 'later']],
    ['what runs out within a week', 'state=expiring&expiringWithin=7', ['soon']],
    ['what runs out within a week, without naming the pile', 'expiringWithin=7', ['soon']],
    ['what ran out', 'state=expired', ['over']],
    ['what is suspended', 'state=suspended', ['suspended']],
    ['what is revoked', 'state=revoked', ['revoked']],
    ['what the gateway has not ended yet', 'state=revoking', []],
    ['a brand, however it is written', 'brand=MASTER', ['later']],
    ['a payer’s e-mail', 'q=LUZ@example.com', ['luz']],
    ['a payer’s document', 'q=900111222', ['luz']],
    ['four digits', 'q=4242', ['later']],
    ['four digits as a screen shows them', `q=${encodeURIComponent('Mastercard ···· 4242')}`, ['later']],
    ['part of an e-mail, which is nobody’s', 'q=luz', []],
    ['a quote', `q=${encodeURIComponent("x'; DROP TABLE instruments; --")}`, []],
  ])('shows %s', async (_words, query, expected) => {
    expect(await list(query)).toEqual(expected);
  });

  it('filters by site and by payer', async () => {
    const here = await product();
    const { payer } = await instrumentPage(finance, ids.luz);
    const found = [await list(`siteId=${await here.siteId('ec')}`), await list(`payerId=${payer.id}`)];
    expect(found).toEqual([['ecuador'], ['luz']]);
  });

  it.each(['', 'state=expiring'])('pages by cursor, forth and back: %s', async (filter) => {
    const read = async (cursor: string | null) =>
      (await finance.get(`/api/instruments?limit=1&${filter}${cursor ? `&cursor=${cursor}` : ''}`)).body;
    const first = await read(null);
    const second = await read(first.next);
    const back = await read(second.previous);
    const whole = await list(filter);
    expect([first, second, back].flatMap((page) => named(page.items))).toEqual([
      ...whole.slice(0, 2),
      whole[0],
    ]);
  });

  it('counts each pile under the same filter', async () => {
    const here = await product();
    const { body } = await finance.get(`/api/instruments/counts?siteId=${await here.siteId()}`);
    const counts = Object.entries(body.byState as Record<string, { count: number }>);
    expect([body.all.count, Object.fromEntries(counts.map(([pile, { count }]) => [pile, count]))]).toEqual([
      7,
      { active: 4, expiring: 2, suspended: 1, expired: 1, revoking: 0, revoked: 1 },
    ]);
  });

  it('finds by its own id', async () => {
    expect(await list(`q=${ids.plain}`)).toEqual(['plain']);
  });

  it.each(['state=paid', 'expiringWithin=0', 'expiringWithin=367', 'payerId=1', 'cursor=abc', 'sort=brand'])(
    'refuses a bad filter: %s',
    async (query) => {
      const { status, body } = await finance.get(`/api/instruments?${query}`);
      expect([status, Object.keys(body.errors)]).toEqual([422, [query.split('=')[0]]]);
    },
  );

  it('shows nothing that the gateway would take', async () => {
    const here = await product();
    const { rows } = await here.db.query('SELECT secret_sealed, secret_hash FROM instruments');
    const { text } = await finance.get('/api/instruments?limit=100');
    const told = rows.flatMap((row) => Object.values(row)).filter((secret) => text.includes(String(secret)));
    expect([told, /secret|token_/.test(text)]).toEqual([[], false]);
  });
});

describe('the page of a stored means of payment', () => {
  it('names its owner, the payer’s other ones, its story and what may be done', async () => {
    const { payer, others, timeline, availableActions } = await instrumentPage(
      await (await product()).as('support'),
      ids.suspended,
    );
    expect([payer.email, named(others).length, timeline.map(({ kind }) => kind)]).toEqual([
      'ana@example.com',
      5,
      ['instrument.suspended', 'instrument.stored'],
    ]);
    expect(availableActions).toEqual([
      { action: 'charge', allowed: false, why: 'instrument_suspended' },
      { action: 'resume', allowed: true, why: null },
      { action: 'replace', allowed: true, why: null },
      { action: 'revoke', allowed: true, why: null },
    ]);
  });

  it('tells an auditor why nothing may be done', async () => {
    const auditor = await (await product()).as('auditor');
    const { availableActions } = await instrumentPage(auditor, ids.plain);
    expect(new Set(availableActions.map(({ why }) => why))).toEqual(new Set(['no_permission']));
  });

  it('tells a shop nothing of the house’s people and their words', async () => {
    const { suspended, timeline, availableActions } = await instrumentPage(
      (await product()).shop(),
      ids.suspended,
    );
    expect([suspended?.by, suspended?.reason, timeline, availableActions]).toEqual([null, '', [], []]);
  });
});

describe('who has a list of sites', () => {
  it('sees only their means of payment, and another site’s is not found', async () => {
    const here = await product();
    const ec = await here.siteId('ec');
    await here.db.query(`UPDATE people SET all_sites = false, site_ids = $1 WHERE email LIKE 'auditor@%'`, [
      [ec],
    ]);
    const auditor = await here.as('auditor');
    const { status } = await auditor.get(`/api/instruments/${ids.plain}`);
    const { body } = await auditor.get('/api/instruments/counts');
    await here.db.query(`UPDATE people SET all_sites = true, site_ids = '{}' WHERE email LIKE 'auditor@%'`);
    expect([status, body.all.count]).toEqual([404, 1]);
  });

  it('cannot touch another site’s by a key', async () => {
    const here = await product();
    const admin = await here.as('admin');
    const created = await admin.post('/api/keys', {
      name: 'Solo Ecuador',
      siteIds: [await here.siteId('ec')],
    });
    const headers = { authorization: `Bearer ${created.body.secret}`, 'idempotency-key': 'narrow-key-1' };
    const path = `/api/instruments/${ids.plain}`;
    const key = here.anonymous();
    const answers = [
      await key.get('/api/instruments', { headers }),
      await key.get(path, { headers }),
      await key.post(`${path}/suspend`, { reason: 'x' }, { headers }),
      await key.post(`${path}/resume`, undefined, { headers }),
      await key.post(`${path}/replacement`, {}, { headers }),
    ];
    expect([named(answers[0]?.body.items), ...answers.slice(1).map(({ status }) => status)]).toEqual([
      ['ecuador'],
      ...[404, 404, 404, 404],
    ]);
  });
});
