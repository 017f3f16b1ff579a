import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { MailCounts, MailDetail, MailState, MailView } from '@recaudo/shared';
import { eventually } from '../support/eventually.js';
import { CARDS, useProduct, type Product } from '../support/product.js';

const product = useProduct();
const NOWHERE = '01a1fc76-a55b-75a4-8f86-9f2e12db59ed';

/** A receipt of a paid payment, put into the outbox by an agent. */
async function receipt(email: string, overrides: Record<string, unknown> = {}) {
  const here = await product();
  const session = await here.open(overrides);
  await here.pay(await here.follow(session), CARDS.approved);
  const { transactions, reference } = await here.reaches(session.id, 'approved');
  const support = await here.as('support');
  const sent = await support.post(`/api/transactions/${transactions[0]?.id}/receipt`, { email });
  if (sent.status >= 300) throw new Error(`no receipt: ${sent.text}`);
  return { here, support, reference, session };
}

async function listed(here: Product, query: string): Promise<MailView[]> {
  const { body } = await (await here.as('support')).get(`/api/mails?${query}`);
  return body.items as MailView[];
}

async function becomes(here: Product, email: string, state: MailState): Promise<MailView> {
  return eventually(
    async () => {
      const [mail] = await listed(here, `q=${encodeURIComponent(email)}`);
      return mail?.state === state && mail;
    },
    { what: `the letter to ${email} being ${state}` },
  );
}

/** A letter to a person of the house, about no site; nothing of ours writes one yet. */
async function peoplesLetter(here: Product): Promise<string> {
  const id = randomUUID();
  await here.db.query(
    `INSERT INTO mails (id, template, dedupe, recipient, language, data, state, created_at, queued_at, sends)
     VALUES ($1::uuid, 'receipt', $1::text, 'persona@recaudo.test', 'es', '{}', 'shown', now(), now(), 1)`,
    [id],
  );
  return id;
}

describe('a letter in practice', () => {
  it('is shown instead of sent, in the language and with the words of its payment', async () => {
    const { here, support, reference } = await receipt('ana@practica.test');
    const { id } = await becomes(here, 'ana@practica.test', 'shown');
    const mail = (await support.get(`/api/mails/${id}`)).body as MailDetail;
    expect([mail.reference, mail.language, mail.subject, mail.nextTryAt]).toEqual([
      reference,
      'es',
      expect.stringContaining(reference),
      null,
    ]);
    expect(mail.text).toContain('$\u00a084.500\u00a0COP');
    expect(mail.html).toContain('<html lang="es">');
  });

  it('says that nothing leaves the machine', async () => {
    const here = await product();
    const { body } = await (await here.as('auditor')).get('/api/mails/counts');
    expect((body as MailCounts).delivery).toBe('shown');
  });

  it('cannot be sent again where it did not fail', async () => {
    const { here, support } = await receipt('otra@practica.test');
    const { id, availableActions } = await becomes(here, 'otra@practica.test', 'shown');
    const again = await support.post(`/api/mails/${id}/again`);
    expect([availableActions, again.status, again.body.detail]).toEqual([
      [{ action: 'again', allowed: false, why: 'mail_not_failed' }],
      409,
      'mail_not_failed',
    ]);
  });
});

describe('a letter that failed', () => {
  it('is sent again by an agent, once, and the audit says so', async () => {
    const { here, support, session } = await receipt('falla@practica.test');
    const { id } = await becomes(here, 'falla@practica.test', 'shown');
    await here.db.query(
      `UPDATE mails SET state = 'failed', reason = 'recipient_refused', sent_at = NULL WHERE id = $1`,
      [id],
    );
    const [first, second] = await Promise.all([1, 2].map(() => support.post(`/api/mails/${id}/again`)));
    await becomes(here, 'falla@practica.test', 'shown');
    const { timeline } = await here.session(session.id, support);
    expect([
      [first?.status, second?.status].sort(),
      timeline.filter(({ kind }) => kind === 'mail.again').length,
    ]).toEqual([[200, 409], 1]);
  });

  it('is not sent again to what cannot be an address', async () => {
    const { here, support } = await receipt('mala@practica.test');
    const { id } = await becomes(here, 'mala@practica.test', 'shown');
    await here.db.query(
      `UPDATE mails SET state = 'failed', reason = 'invalid_address', recipient = 'mala@' WHERE id = $1`,
      [id],
    );
    expect((await support.post(`/api/mails/${id}/again`)).body.detail).toBe('mail_address');
  });

  it('that nobody can write any more is listed without words', async () => {
    const { here } = await receipt('vieja@practica.test');
    const { id } = await becomes(here, 'vieja@practica.test', 'shown');
    await here.db.query(
      `UPDATE mails SET data = '{}', state = 'failed', reason = 'unreadable' WHERE id = $1`,
      [id],
    );
    const [mail] = await listed(here, 'q=vieja@practica.test');
    expect([mail?.subject, mail?.availableActions[0]?.why]).toEqual([null, 'mail_unreadable']);
  });
});

describe('the list of letters', () => {
  it.each([
    ['the beginning of the address', () => 'BUSC'],
    ['the reference of its order', (reference: string) => reference.toLowerCase()],
  ])('is searched by %s', async (_, asked) => {
    const { here, reference } = await receipt('buscada@practica.test');
    const found = await listed(here, `q=${encodeURIComponent(asked(reference))}`);
    expect(found.map((mail) => mail.recipient)).toContain('buscada@practica.test');
  });

  it('takes the signs of a pattern for what they are', async () => {
    expect(await listed(await product(), 'q=%25')).toEqual([]);
  });

  it('comes in pages that neither repeat nor lose a letter', async () => {
    const { here, support } = await receipt('pagina@practica.test');
    await receipt('pagina@practica.test');
    await receipt('pagina@practica.test');
    const page = async (cursor: string | null) =>
      (await support.get(`/api/mails?q=pagina&limit=2${cursor ? `&cursor=${cursor}` : ''}`)).body;
    const first = await page(null);
    const second = await page(first.next);
    const ids = [...first.items, ...second.items].map(({ id }: MailView) => id);
    const { rows } = await here.db.query(`SELECT id FROM mails WHERE recipient LIKE 'pagina@%'`);
    expect([[...ids].sort(), second.next]).toEqual([rows.map(({ id }) => id).sort(), null]);
  });

  it('counts by state what the list shows', async () => {
    const { here, support } = await receipt('cuenta@practica.test');
    await becomes(here, 'cuenta@practica.test', 'shown');
    const { body } = await support.get('/api/mails/counts?q=cuenta');
    expect([body.all.count, body.byState.shown.count, body.byState.queued.count]).toEqual([1, 1, 0]);
  });

  it('hides other sites’ letters from whoever has a list of sites', async () => {
    const { here } = await receipt('ecuador@practica.test', {
      siteId: await (await product()).siteId('ec'),
      currency: 'USD',
    });
    const { id } = await becomes(here, 'ecuador@practica.test', 'shown');
    const co = await here.siteId('co');
    await here.db.query(
      `UPDATE people SET all_sites = false, site_ids = $1 WHERE email LIKE 'auditor@%' OR email LIKE 'admin@%'`,
      [[co]],
    );
    const seen = await Promise.all(
      (['auditor', 'admin'] as const).map(async (role) => {
        const api = await here.as(role);
        const list = (await api.get('/api/mails?q=ecuador')).body.items.length;
        return [list, (await api.get(`/api/mails/${id}`)).status];
      }),
    );
    await here.db.query(`UPDATE people SET all_sites = true, site_ids = '{}' WHERE NOT all_sites`);
    expect(seen).toEqual([
      [0, 404],
      [0, 404],
    ]);
  });

  it('shows letters to people of the house to administrators alone', async () => {
    const here = await product();
    const id = await peoplesLetter(here);
    const seen = await Promise.all(
      (['admin', 'manager', 'support'] as const).map(async (role) => {
        const api = await here.as(role);
        const list = (await api.get('/api/mails?q=persona@')).body.items.length;
        return [list, (await api.get(`/api/mails/${id}`)).status];
      }),
    );
    expect(seen).toEqual([
      [1, 200],
      [0, 404],
      [0, 404],
    ]);
  });

  it('knows no letter that is not there', async () => {
    const here = await product();
    expect((await (await here.as('support')).post(`/api/mails/${NOWHERE}/again`)).status).toBe(404);
  });
});

describe('a letter of a history', () => {
  it('is shown at once, at the time of its history', async () => {
    const here = await product();
    const past = new Date(Date.now() - 20 * 86_400_000).toISOString();
    const { support } = await receipt('normal@practica.test');
    const { items } = (await support.get('/api/transactions?limit=1')).body;
    await support.post(
      `/api/transactions/${items[0].id}/receipt`,
      { email: 'historia@practica.test' },
      { headers: { 'x-practice-clock': past } },
    );
    const [mail] = await listed(here, 'q=historia@');
    expect([mail?.state, mail?.createdAt, mail?.sentAt]).toEqual(['shown', past, past]);
  });
});
