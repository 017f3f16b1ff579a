import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { ApprovalView, BatchPreview, TransactionDetail } from '@recaudo/shared';
import { eventually } from '../support/eventually.js';
import { act, held, paid, paidInDollars, refund } from '../support/money.js';
import { useProduct, type Api, type Product } from '../support/product.js';
import { dayFromNow } from '../support/schedules.js';

const product = useProduct();

const WHOLE = 8_450_000;
const dollars = { currency: 'USD' };

const detail = async (api: Api, id: string): Promise<TransactionDetail> =>
  (await api.get(`/api/transactions/${id}`)).body as TransactionDetail;

async function site(here: Product, rules: Record<string, unknown>, code = 'co'): Promise<void> {
  const saved = await (await here.as('admin')).call('PUT', `/api/sites/${await here.siteId(code)}`, rules);
  if (saved.status >= 300) throw new Error(saved.text);
}

const NO_LIMIT = { operationMinor: 10 * WHOLE, paymentMinor: 10 * WHOLE, dayMinor: 1_000 * WHOLE };

/** Every refund of the site needs a second person while `work` goes on. */
async function withoutLimits<T>(here: Product, code: string, work: () => Promise<T>): Promise<T> {
  await site(here, { refundLimits: null }, code);
  try {
    return await work();
  } finally {
    await site(here, { refundLimits: NO_LIMIT }, code);
  }
}

/** As somebody approves it. */
async function approved(here: Product, id: string): Promise<ApprovalView> {
  return (await (await here.as('manager')).post(`/api/approvals/${id}/approve`, {})).body as ApprovalView;
}

describe('what waits for a person', () => {
  it('has nothing of an amount that two people have stated', async () => {
    const here = await product();
    await site(here, { refundLimits: NO_LIMIT }, 'pr');
    const { id, session } = await paidInDollars(here);
    await here.advance(5 * 24 * 60);
    await here.fault('transaction.reverse', 'drop_before');
    const { body } = await refund(await here.as('support'), id, 4_000, dollars);
    const asked = await act(await here.as('finance'), `/api/transactions/${body.transaction.id}/settle`, {
      ...{ state: 'approved', amountMinor: 3_000 },
      ...{ evidence: 'Extracto de marzo, línea 4', reason: 'El banco lo confirmó' },
    });
    await approved(here, asked.body.approval.id);
    const { reviews, order } = await here.session(session.id, await here.as('finance'));
    expect([order.returnedMinor, reviews.filter(({ kind }) => kind === 'amount_differs')]).toEqual([
      3_000,
      [],
    ]);
  });

  it('names what was asked for beside what the gateway said', async () => {
    const here = await product();
    const { id, session } = await held(here);
    await here.fault('transaction.checkout', 'other_amount');
    await act(await here.as('support'), `/api/preauthorizations/${id}/checkout`, {
      ...{ amountMinor: 5_000_000, currency: 'COP' },
    });
    const { reviews } = await here.session(session.id, await here.as('finance'));
    const review = reviews.find(({ kind }) => kind === 'amount_differs');
    const capture = (await detail(await here.as('finance'), id)).operations[0];
    expect([review?.amountMinor, review?.data.amountMinor]).toEqual([5_000_000, capture?.amountMinor]);
  });
});

describe('a capture above its hold', () => {
  const contract = async (here: Product, overCapture: boolean): Promise<void> => {
    const admin = await here.as('admin');
    const path = `/api/sites/${await here.siteId()}`;
    const { baseUrl, login, hash } = (await admin.get(path)).body.account;
    await admin.call('PUT', `${path}/account`, { baseUrl, login, hash, overCapture });
  };

  it('that a second person allowed is owed, and nobody needs to look at it', async () => {
    const here = await product();
    await contract(here, true);
    const { id, session } = await held(here);
    const asked = await act(await here.as('support'), `/api/preauthorizations/${id}/checkout`, {
      ...{ amountMinor: 9_000_000, currency: 'COP', reason: 'Consumos del minibar' },
    });
    await approved(here, asked.body.approval.id);
    await contract(here, false);
    const { order, reviews } = await here.session(session.id, await here.as('finance'));
    expect([order.state, order.dueMinor, order.settledMinor, reviews]).toEqual([
      'paid',
      9_000_000,
      9_000_000,
      [],
    ]);
  });
});

describe('a capture above its hold of which the gateway took still more', () => {
  it('is owed no further than was approved', async () => {
    const here = await product();
    const { id, session } = await held(here);
    await here.db.query(
      `UPDATE gateway_accounts SET over_capture = true
       WHERE id = (SELECT gateway_account_id FROM preauthorizations WHERE id = $1)`,
      [id],
    );
    const asked = await act(await here.as('support'), `/api/preauthorizations/${id}/checkout`, {
      ...{ amountMinor: 9_000_000, currency: 'COP', reason: 'Consumos del minibar' },
    });
    await here.fault('transaction.checkout', 'other_amount');
    await approved(here, asked.body.approval.id);
    await here.db.query('UPDATE gateway_accounts SET over_capture = false');
    const { order } = await here.session(session.id, await here.as('finance'));
    expect([order.settledMinor, order.dueMinor]).toEqual([9_000_100, 9_000_000]);
  });
});

describe('an approved refund', () => {
  it('that waits for its hour is not done: its request says when it is sent', async () => {
    const here = await product();
    const { id, session } = await paidInDollars(here);
    const { approval } = (
      await withoutLimits(here, 'pr', async () => refund(await here.as('support'), id, 4_000, dollars))
    ).body;
    const { operation, transactionId } = await approved(here, approval.id);
    const { plannedAt } = await detail(await here.as('support'), transactionId ?? '');
    const { timeline } = await here.session(session.id, await here.as('support'));
    const told = timeline.find(({ kind }) => kind === 'approval.done')?.data;
    expect([operation, told?.state]).toEqual([{ state: 'waiting', letter: false, plannedAt }, 'waiting']);
  });

  it('that a letter carries says so', async () => {
    const here = await product();
    const { id } = await paid(here);
    const { approval } = (
      await withoutLimits(here, 'co', async () => refund(await here.as('support'), id, 40_000))
    ).body;
    expect((await approved(here, approval.id)).operation).toMatchObject({ state: 'pending', letter: true });
  });

  it('names nobody of the house to the shop that asked for it', async () => {
    const here = await product();
    const { id } = await paid(here);
    const key = randomUUID();
    const again = await withoutLimits(here, 'co', async () => {
      const { body } = await refund(here.shop(), id, WHOLE, {}, key);
      await (
        await here.as('manager')
      ).post(`/api/approvals/${body.approval.id}/reject`, { note: 'Luego, Ana' });
      return refund(here.shop(), id, WHOLE, {}, key);
    });
    const { state, requestedBy, decidedBy, note } = again.body.approval as ApprovalView;
    expect([state, requestedBy, decidedBy, note]).toEqual(['rejected', '', null, null]);
  });
});

describe('a batch', () => {
  const preview = async (here: Product, ids: string[]): Promise<BatchPreview['rows']> => {
    const rows = ids.map((transactionId) => ({ transactionId }));
    const { body } = await (await here.as('support')).post('/api/batches/preview', { kind: 'reverse', rows });
    return (body as BatchPreview).rows;
  };

  it('says of a payment whose refund waits for approval who asked for it', async () => {
    const here = await product();
    const { id } = await paid(here);
    const rows = await withoutLimits(here, 'co', async () => {
      await refund(await here.as('support'), id, 40_000);
      return preview(here, [id]);
    });
    const { body: me } = await (await here.as('support')).get('/api/login');
    expect([rows[0]?.why, rows[0]?.by]).toEqual(['approval_waiting', me.person.name]);
  });

  it('says why a hold is no payment, as it stands', async () => {
    const here = await product();
    const support = await here.as('support');
    const [open, captured, released] = [await held(here), await held(here), await held(here)];
    const amount = { amountMinor: WHOLE, currency: 'COP' };
    await act(support, `/api/preauthorizations/${captured.id}/checkout`, amount);
    await act(support, `/api/preauthorizations/${released.id}/release`);
    const rows = await preview(here, [open.id, captured.id, released.id]);
    expect(rows.map(({ why }) => why)).toEqual(['hold_not_captured', 'hold_captured', 'hold_released']);
  });

  it('that was undone says by whom, approved or not', async () => {
    const here = await product();
    const support = await here.as('support');
    const undo = async () => {
      const { id } = await paid(here);
      const input = { kind: 'reverse', rows: [{ transactionId: id }], reason: 'Evento cancelado' };
      const batch = (await act(support, '/api/batches', input)).body;
      return (await support.post(`/api/batches/${batch.id}/undo`)).body;
    };
    await site(here, { refundLimits: NO_LIMIT, undoMinutes: 10 });
    const scheduled = await undo();
    const waiting = await withoutLimits(here, 'co', undo);
    const { body: me } = await support.get('/api/login');
    const by = me.person.name;
    expect([scheduled, waiting].map(({ state, endedBy }) => [state, endedBy])).toEqual([
      ['undone', by],
      ['undone', by],
    ]);
  });
});

describe('what was written down by hand', () => {
  it('is nothing that the gateway could be asked about', async () => {
    const here = await product();
    const { id } = await paid(here);
    const day = await dayFromNow(here, 0);
    const recorded = await act(await here.as('finance'), `/api/transactions/${id}/chargeback`, {
      ...{ amountMinor: 10_000, currency: 'COP', day, reason: 'El banco avisó' },
    });
    const { availableActions } = await detail(await here.as('finance'), recorded.body.transaction.id);
    expect(availableActions.map(({ action }) => action)).not.toContain('check');
  });
});

describe('a refund’s key', () => {
  it('stands for its reason too', async () => {
    const here = await product();
    await site(here, { refundLimits: NO_LIMIT });
    const { id } = await paid(here);
    const support = await here.as('support');
    const key = randomUUID();
    const first = await refund(support, id, WHOLE, {}, key);
    const same = await refund(support, id, WHOLE, {}, key);
    const other = await refund(support, id, WHOLE, { reason: 'Otra cosa' }, key);
    expect([same.body.transaction.id, other.body.code]).toEqual([
      first.body.transaction.id,
      'idempotency_key_reused',
    ]);
  });
});

describe('the payer’s own page', () => {
  const step = async (here: Product, id: string, verb: string, body: Record<string, unknown> = {}) =>
    act(await here.as('support'), `/api/preauthorizations/${id}/${verb}`, body);

  it.each([
    ['released', 'a hold that was let go', 'release', undefined, '$ 84.500 COP'],
    ['charged', 'a hold of which a part was captured', 'checkout', 1_000_000, '$ 10.000 COP'],
    ['held', 'a hold that was changed', 'reauthorization', 9_000_000, '$ 90.000 COP'],
  ])('says %s of %s', async (state, _what, verb, amountMinor, amount) => {
    const here = await product();
    const { id, session } = await held(here);
    await step(here, id, verb, amountMinor === undefined ? {} : { amountMinor, currency: 'COP' });
    expect(await seen(here, session.order.linkUrl)).toEqual([state, amount]);
  });

  it('says nothing of a hold that was only presumed released: it may have been charged elsewhere', async () => {
    const here = await product();
    const { id, session } = await held(here);
    await here.db.query(
      `UPDATE preauthorizations SET expires_at = now() - interval '1 day', next_due_at = now() - interval '1 day' WHERE id = $1`,
      [id],
    );
    const aged = async () =>
      (await (await here.as('support')).get(`/api/preauthorizations/${id}`)).body.state ===
      'presumed_released';
    await eventually(aged, { seconds: 20, what: 'the hold being presumed released' });
    expect((await seen(here, session.order.linkUrl))[0]).toBe('closed');
  });

  it('says that all was given back', async () => {
    const here = await product();
    const { id, session } = await paid(here);
    await refund(await here.as('support'), id, WHOLE);
    expect(await seen(here, session.order.linkUrl)).toEqual(['returned', '$ 84.500 COP']);
  });

  it('says how much was given back of it', async () => {
    const here = await product();
    const { id, session } = await paidInDollars(here);
    await here.advance(5 * 24 * 60);
    await refund(await here.as('support'), id, 4_000, dollars);
    const page = await here.anonymous().get(new URL(session.order.linkUrl).pathname);
    const text = page.text.replaceAll('\u00a0', ' ');
    expect(text).toMatch(/data-state="part_returned"[\s\S]*Devuelto<.dt><dd>[^<]*40 USD/);
  });

  /** What it says, and the amount above it. */
  async function seen(here: Product, linkUrl: string) {
    const { text } = await here.anonymous().get(new URL(linkUrl).pathname);
    const amount = /class="amount">([^<]*)</.exec(text)?.[1]?.replaceAll('&#36;', '$');
    return [/data-state="([a-z_]+)"/.exec(text)?.[1], amount?.replaceAll('\u00a0', ' ')];
  }
});
