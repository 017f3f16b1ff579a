import { describe, expect, it } from '@jest/globals';
import type { SessionListItem } from '@recaudo/shared';
import { CARDS, useProduct, type Api } from '../support/product.js';

const product = useProduct();

/** One approved, one cancelled and three open payments, made once for the file. */
let made: Promise<{ finance: Api; paid: string; references: string[] }> | null = null;
const listed = () =>
  (made ??= (async () => {
    const here = await product();
    const paid = await here.open({
      reference: 'AAA-1',
      payer: { name: '=cmd()', email: 'luz@example.com', documentType: 'CC', document: '900111222' },
    });
    await here.pay(await here.follow(paid), CARDS.approved);
    await here.reaches(paid.id, 'approved');
    const given = await here.open({
      reference: 'AAA-2',
      siteId: await here.siteId('ec'),
      currency: 'USD',
      amountMinor: 1_050,
    });
    await fetch(`${await here.follow(given)}/cancel`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams(),
    });
    await here.reaches(given.id, 'cancelled');
    for (const reference of ['BBB-1', 'BBB-2', 'BBB_3'])
      await here.open({ reference, description: '-2+3 | "x"; y' });
    return {
      finance: await here.as('finance'),
      paid: paid.id,
      references: ['BBB_3', 'BBB-2', 'BBB-1', 'AAA-2', 'AAA-1'],
    };
  })());

const references = (items: SessionListItem[]): string[] => items.map((item) => item.reference);

describe('the payments list', () => {
  it('shows the newest first', async () => {
    const { finance, references: all } = await listed();
    expect(references((await finance.get('/api/sessions')).body.items)).toEqual(all);
  });

  it('pages by cursor, forth and back, without losing or repeating a row', async () => {
    const { finance, references: all } = await listed();
    const first = (await finance.get('/api/sessions?limit=2')).body;
    const second = (await finance.get(`/api/sessions?limit=2&cursor=${first.next}`)).body;
    const third = (await finance.get(`/api/sessions?limit=2&cursor=${second.next}`)).body;
    const back = (await finance.get(`/api/sessions?limit=2&cursor=${third.previous}`)).body;
    expect([first, second, third].flatMap((page) => references(page.items))).toEqual(all);
    expect([references(back.items), third.next, first.previous]).toEqual([
      references(second.items),
      null,
      null,
    ]);
  });

  it.each([
    ['a reference', 'AAA-1', ['AAA-1']],
    ['the start of a reference', 'BBB-', ['BBB-2', 'BBB-1']],
    ['signs that mean something to SQL', 'BBB_', ['BBB_3']],
    ['an e-mail that the payer typed', 'ANA@example.com', ['AAA-1']],
    ['a document', '1020304050', ['AAA-1']],
    ['the last four digits of a card', '0081', ['AAA-1']],
    ['an amount as Spanish writes it', '10,50', ['AAA-2']],
    ['an amount as English writes it', '10.5', ['AAA-2']],
    ['nothing that exists', 'zzz', []],
    ['a quote', "x'; DROP TABLE sessions; --", []],
  ])('finds by %s', async (_name, q, expected) => {
    const { finance } = await listed();
    expect(references((await finance.get(`/api/sessions?q=${encodeURIComponent(q)}`)).body.items)).toEqual(
      expected,
    );
  });

  it('finds by our id, the gateway’s number and the authorization', async () => {
    const here = await product();
    const { finance, paid } = await listed();
    const session = await here.session(paid);
    const found = await Promise.all(
      [paid, session.gatewayNumber, session.transactions[0]?.authorization].map(
        async (q) => references((await finance.get(`/api/sessions?q=${q}`)).body.items)[0],
      ),
    );
    expect(found).toEqual(['AAA-1', 'AAA-1', 'AAA-1']);
  });

  it('filters by state, site, currency and time together', async () => {
    const here = await product();
    const { finance } = await listed();
    const from = new Date(Date.now() - 3_600_000).toISOString();
    const filter = `state=cancelled&siteId=${await here.siteId('ec')}&currency=USD&createdFrom=${encodeURIComponent(from)}`;
    expect(references((await finance.get(`/api/sessions?${filter}`)).body.items)).toEqual(['AAA-2']);
    expect(
      references(
        (await finance.get(`/api/sessions?${filter}&createdTo=${encodeURIComponent(from)}`)).body.items,
      ),
    ).toEqual([]);
  });

  it('tells those within their time from those past it, and finds by the time of the end', async () => {
    const { finance } = await listed();
    const hourAgo = encodeURIComponent(new Date(Date.now() - 3_600_000).toISOString());
    const lists = ['late=false', 'late=true', `endedFrom=${hourAgo}`, `endedTo=${hourAgo}`].map((filter) =>
      finance.get(`/api/sessions?${filter}`),
    );
    const found = (await Promise.all(lists)).map((answer) => references(answer.body.items));
    expect(found).toEqual([['BBB_3', 'BBB-2', 'BBB-1'], [], ['AAA-2', 'AAA-1'], []]);
  });

  it('counts each state under the same filter', async () => {
    const { finance } = await listed();
    const { all, byState } = (await finance.get('/api/sessions/counts?currency=COP')).body;
    expect([all.count, byState.pending.count, byState.approved.count, byState.cancelled.count]).toEqual([
      4, 3, 1, 0,
    ]);
  });

  it.each(['state=paid', 'limit=0', 'limit=101', 'cursor=abc', 'siteId=1', 'createdFrom=yesterday'])(
    'refuses a bad filter: %s',
    async (query) => {
      const { finance } = await listed();
      const answer = await finance.get(`/api/sessions?${query}`);
      expect([answer.status, Object.keys(answer.body.errors)]).toEqual([422, [query.split('=')[0]]]);
    },
  );
});

describe('the download', () => {
  it('holds exactly the filtered list with the chosen columns', async () => {
    const { finance } = await listed();
    const { text, headers } = await finance.get(
      '/api/sessions/export?q=AAA-&columns=reference,amount,currency,state',
    );
    expect(headers.get('content-type')).toContain('text/csv');
    expect(text.replace('\uFEFF', '').trim().split('\r\n')).toEqual([
      'reference,amount,currency,state',
      'AAA-2,10.50,USD,cancelled',
      'AAA-1,84500.00,COP,approved',
    ]);
  });

  it('defuses cells that a spreadsheet would run', async () => {
    const { finance } = await listed();
    const { text } = await finance.get('/api/sessions/export?q=BBB-1&columns=description');
    expect(text).toContain(`"'-2+3 | ""x""; y"`);
  });

  it('writes times with the reader’s own offset', async () => {
    const { finance } = await listed();
    const { text } = await finance.get('/api/sessions/export?q=AAA-1&columns=createdAt');
    expect(text).toMatch(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d-05:00/);
  });

  it('refuses a column that does not exist', async () => {
    const { finance } = await listed();
    expect((await finance.get('/api/sessions/export?columns=secret')).body.errors).toEqual({
      columns: ['unknown_column'],
    });
  });
});

describe('the home page', () => {
  it('tells waiting from late, with amounts per currency', async () => {
    const { finance } = await listed();
    const { payments } = (await finance.get('/api/home')).body;
    expect([payments.waiting.count.count, payments.waiting.amounts, payments.late.count.count]).toEqual([
      3,
      [{ currency: 'COP', amountMinor: 25_350_000, count: 3 }],
      0,
    ]);
  });

  it('shows an administrator the set-up and no payments', async () => {
    const here = await product();
    const home = (await (await here.as('admin')).get('/api/home')).body;
    expect([home.payments, home.setup]).toEqual([
      null,
      { site: true, account: true, tested: true, people: true, key: true },
    ]);
  });
});
