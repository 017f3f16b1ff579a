import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { ActResult, ApprovalView, RefundLimits } from '@recaudo/shared';
import { CARDS, useProduct, type Api, type Product } from '../support/product.js';

const product = useProduct();

const AMOUNT = 8_450_000;
const PLENTY: RefundLimits = {
  operationMinor: 10 * AMOUNT,
  paymentMinor: 10 * AMOUNT,
  dayMinor: 1_000 * AMOUNT,
};

/** A paid payment of a site with these limits. */
async function paid(limits: RefundLimits | null) {
  const here = await product();
  const admin = await here.as('admin');
  await admin.call('PUT', `/api/sites/${await here.siteId()}`, { refundLimits: limits });
  const session = await here.open();
  await here.pay(await here.follow(session), CARDS.approved);
  const { transactions, reference } = await here.reaches(session.id, 'approved');
  return { here, session, reference, paymentId: transactions[0]?.id ?? '' };
}

async function refund(api: Api, paymentId: string, more: Record<string, unknown> = {}) {
  const body = { amountMinor: AMOUNT, currency: 'COP', reason: 'Producto agotado', ...more };
  return api.post(`/api/transactions/${paymentId}/reverse`, body, {
    headers: { 'idempotency-key': randomUUID() },
  });
}

/** Asks for it as an agent, and hands back the request that came of it. */
async function ask(here: Product, paymentId: string): Promise<ApprovalView> {
  const { body } = await refund(await here.as('support'), paymentId);
  const { result, approval } = body as ActResult;
  if (result !== 'approval' || !approval) throw new Error(`nobody was asked: ${JSON.stringify(body)}`);
  return approval;
}

async function approve(here: Product, id: string, api?: Api) {
  return (api ?? (await here.as('manager'))).post(`/api/approvals/${id}/approve`, {});
}

async function reversed(here: Product, reference: string): Promise<number> {
  return (await here.book()).filter((line) => line.kind === 'reverse' && line.reference === reference).length;
}

describe('a refund where no limit is set', () => {
  it('is asked of a second person, and nothing is sent', async () => {
    const { here, paymentId, reference } = await paid(null);
    const approval = await ask(here, paymentId);
    expect([approval.state, approval.amountMinor, await reversed(here, reference)]).toEqual([
      'waiting',
      AMOUNT,
      0,
    ]);
  });

  it('is carried out once approved', async () => {
    const { here, paymentId, reference } = await paid(null);
    const { body } = await approve(here, (await ask(here, paymentId)).id);
    const operation = await (await here.as('support')).get(`/api/transactions/${body.transactionId}`);
    expect([body.state, operation.body.state, await reversed(here, reference)]).toEqual([
      'done',
      'approved',
      1,
    ]);
  });

  it('is carried out once when the manager clicks twice', async () => {
    const { here, paymentId, reference } = await paid(null);
    const { id } = await ask(here, paymentId);
    const answers = await Promise.all([approve(here, id), approve(here, id)]);
    expect([answers.map(({ status }) => status).sort(), await reversed(here, reference)]).toEqual([
      [200, 409],
      1,
    ]);
  });

  it('is not carried out when it is rejected', async () => {
    const { here, paymentId, reference } = await paid(null);
    const { id } = await ask(here, paymentId);
    const manager = await here.as('manager');
    const { body } = await manager.post(`/api/approvals/${id}/reject`, { note: 'sin soporte' });
    expect([body.state, body.note, await reversed(here, reference)]).toEqual(['rejected', 'sin soporte', 0]);
  });

  it('is told on the timeline from asking to the money', async () => {
    const { here, session, paymentId } = await paid(null);
    await approve(here, (await ask(here, paymentId)).id);
    const { timeline } = await here.session(session.id, await here.as('support'));
    const kinds = timeline.map(({ kind }) => kind).reverse();
    const told = ['approval.requested', 'approval.approved', 'approval.done', 'operation.approved'];
    expect(kinds.filter((kind) => told.includes(kind))).toEqual(told);
  });

  it('is for another amount another request', async () => {
    const { here, paymentId } = await paid(null);
    const first = await ask(here, paymentId);
    const second = await refund(await here.as('support'), paymentId, { amountMinor: AMOUNT - 100 });
    expect(second.body.approval.id).not.toBe(first.id);
  });
});

describe('a refund within the limits', () => {
  it('needs nobody else', async () => {
    const { here, paymentId, reference } = await paid(PLENTY);
    const { body } = await refund(await here.as('support'), paymentId);
    expect([body.result, await reversed(here, reference)]).toEqual(['approved', 1]);
  });

  it.each([
    ['operation', { ...PLENTY, operationMinor: AMOUNT - 1 }],
    ['payment', { ...PLENTY, paymentMinor: AMOUNT - 1 }],
    ['day', { ...PLENTY, dayMinor: AMOUNT - 1 }],
  ])('needs a second person above that of the %s, and says so', async (limit, limits) => {
    const { here, paymentId } = await paid(limits);
    const approval = await ask(here, paymentId);
    expect(approval.data.limit).toBe(limit);
  });

  it('needs a second person once the day’s are used up, however it is split', async () => {
    const first = await paid(PLENTY);
    const finance = await first.here.as('finance');
    await refund(finance, first.paymentId);
    const second = await paid({ ...PLENTY, dayMinor: AMOUNT + AMOUNT - 1 });
    expect((await refund(finance, second.paymentId)).body.result).toBe('approval');
  });
});

describe('deciding', () => {
  it('is not for agents', async () => {
    const { here, paymentId } = await paid(null);
    const answer = await approve(here, (await ask(here, paymentId)).id, await here.as('support'));
    expect([answer.status, answer.body.code]).toEqual([403, 'forbidden']);
  });

  it('is not for whoever asked, not even as a manager', async () => {
    const { here, paymentId } = await paid(null);
    const { id } = await ask(here, paymentId);
    await here.db.query(`UPDATE people SET role = 'manager' WHERE email LIKE 'support@%'`);
    const answer = await approve(here, id, await here.as('support'));
    await here.db.query(`UPDATE people SET role = 'support' WHERE email LIKE 'support@%'`);
    expect([answer.status, answer.body.code]).toEqual([403, 'own_request']);
  });

  it('is not for whoever made the key that asked', async () => {
    const { here, paymentId } = await paid(null);
    await here.db.query(
      `UPDATE api_keys SET created_by_id = (SELECT id FROM people WHERE email LIKE 'manager@%')`,
    );
    const asked = await refund(here.shop(), paymentId);
    const answer = await approve(here, asked.body.approval.id);
    await here.db.query(
      `UPDATE api_keys SET created_by_id = (SELECT id FROM people WHERE email LIKE 'admin@%')`,
    );
    expect([answer.status, answer.body.code]).toEqual([403, 'own_request']);
  });

  it('carries a key’s request out with the key’s rights', async () => {
    const { here, paymentId, reference } = await paid(null);
    const asked = await refund(here.shop(), paymentId);
    const { body } = await approve(here, asked.body.approval.id);
    expect([body.state, body.requestedBy, await reversed(here, reference)]).toEqual([
      'done',
      'Tienda demo',
      1,
    ]);
  });
});

describe('the inbox', () => {
  it('counts what the reader may decide', async () => {
    const { here, paymentId } = await paid(null);
    const manager = await here.as('manager');
    const before = (await manager.get('/api/approvals/count')).body.count as number;
    await ask(here, paymentId);
    const [after, agents] = await Promise.all([
      manager.get('/api/approvals/count'),
      (await here.as('support')).get('/api/approvals/count'),
    ]);
    expect([after.body.count - before, agents.body.count]).toEqual([1, 0]);
  });

  it('shows one’s own requests, and says why one may not decide them', async () => {
    const { here, paymentId } = await paid(null);
    const { id } = await ask(here, paymentId);
    const { body } = await (await here.as('support')).get('/api/approvals?view=mine');
    const mine = (body.items as ApprovalView[]).find((each) => each.id === id);
    expect([mine?.canDecide, mine?.why, mine?.canWithdraw]).toEqual([false, 'own_request', true]);
  });

  it('pages through what is decided without losing or repeating any', async () => {
    const here = await product();
    const manager = await here.as('manager');
    const whole = (await manager.get('/api/approvals?view=decided&limit=100')).body.items as ApprovalView[];
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null && seen.length < 100) {
      const path = `/api/approvals?view=decided&limit=2${cursor ? `&cursor=${cursor}` : ''}`;
      const { body }: { body: { items: ApprovalView[]; next: string | null } } = await manager.get(path);
      seen.push(...body.items.map(({ id }) => id));
      cursor = body.next;
    }
    expect(seen).toEqual(whole.map(({ id }) => id));
  });
});

describe('a request that nobody decides', () => {
  it('expires after 72 hours', async () => {
    const { here, paymentId } = await paid(null);
    const { id } = await ask(here, paymentId);
    await here.advance(72 * 60 + 1);
    const answer = await approve(here, id, await here.signIn('manager'));
    expect([answer.status, answer.body.code]).toEqual([409, 'approval_over']);
  });
});
