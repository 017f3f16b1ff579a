import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { BatchView, RefundLimits } from '@recaudo/shared';
import { eventually } from '../support/eventually.js';
import { CARDS, useProduct, type Product } from '../support/product.js';

const product = useProduct();

const AMOUNT = 8_450_000;
const PLENTY: RefundLimits = {
  operationMinor: 10 * AMOUNT,
  paymentMinor: 10 * AMOUNT,
  dayMinor: 1_000 * AMOUNT,
};

async function rules(here: Product, refundLimits: RefundLimits | null, undoMinutes: number): Promise<void> {
  const admin = await here.as('admin');
  await admin.call('PUT', `/api/sites/${await here.siteId()}`, { refundLimits, undoMinutes });
}

beforeAll(async () => rules(await product(), PLENTY, 0));

interface Paid {
  id: string;
  reference: string;
}

async function paid(here: Product): Promise<Paid> {
  const session = await here.open();
  await here.pay(await here.follow(session), CARDS.approved);
  const { transactions, reference } = await here.reaches(session.id, 'approved');
  return { id: transactions[0]?.id ?? '', reference };
}

async function severalPaid(count: number) {
  const here = await product();
  const payments: Paid[] = [];
  for (let made = 0; made < count; made += 1) payments.push(await paid(here));
  return { here, payments, body: bodyOf(payments) };
}

function bodyOf(payments: readonly Paid[]) {
  return {
    kind: 'reverse',
    rows: payments.map(({ id }) => ({ transactionId: id })),
    reason: 'Evento cancelado',
  };
}

async function create(here: Product, body: unknown, key: string = randomUUID()) {
  const agent = await here.as('support');
  return agent.post('/api/batches', body, { headers: { 'idempotency-key': key } });
}

async function finished(here: Product, id: string): Promise<BatchView> {
  const agent = await here.as('support');
  return eventually(
    async () => {
      const { body } = await agent.get(`/api/batches/${id}`);
      return (body as BatchView).state === 'done' && (body as BatchView);
    },
    { seconds: 20, what: `batch ${id} being done` },
  );
}

/** How often the gateway gave each of them back. */
async function reversals(here: Product, payments: readonly Paid[]): Promise<number[]> {
  const book = (await here.book()).filter((line) => line.kind === 'reverse');
  return payments.map(({ reference }) => book.filter((line) => line.reference === reference).length);
}

describe('refunding many at once', () => {
  it('gives each back once and says so row by row', async () => {
    const { here, payments, body } = await severalPaid(3);
    const { id } = (await create(here, body)).body;
    const { counts } = await finished(here, id);
    expect([counts.approved, await reversals(here, payments)]).toEqual([3, [1, 1, 1]]);
  });

  it('shows before what it would do, with totals, and what cannot be done and why', async () => {
    const { here, payments } = await severalPaid(2);
    const agent = await here.as('support');
    await finished(here, (await create(here, bodyOf(payments.slice(0, 1)))).body.id);
    const unknown = { id: randomUUID(), reference: '' };
    const { reason: _reason, ...asked } = bodyOf([...payments, unknown]);
    const { body } = await agent.post('/api/batches/preview', asked);
    expect([
      body.totals,
      body.rows.map((row: { why: string | null }) => row.why),
      body.needsApproval,
    ]).toEqual([
      [{ currency: 'COP', amountMinor: AMOUNT, count: 1 }],
      ['not_refundable', null, 'not_found'],
      null,
    ]);
  });

  it('says before which rows go by letter instead of being sent at once', async () => {
    const { here, payments } = await severalPaid(2);
    const [whole, part] = payments.map(({ id }) => id);
    const rows = [{ transactionId: whole }, { transactionId: part, amountMinor: 1_000_000 }];
    const { body } = await (await here.as('support')).post('/api/batches/preview', { kind: 'reverse', rows });
    expect(body.rows.map((row: { later: unknown }) => row.later)).toEqual([
      null,
      { route: 'letter', plannedAt: null },
    ]);
  });

  it('is named where one of its payments is about to be refunded by hand', async () => {
    const { here, payments, body } = await severalPaid(1);
    const agent = await here.as('support');
    const preview = async () =>
      (await agent.get(`/api/transactions/${payments[0]?.id}/reverse`)).body.inBatch as boolean;
    const before = await preview();
    await rules(here, PLENTY, 10);
    await create(here, body);
    await rules(here, PLENTY, 0);
    expect([before, await preview()]).toEqual([false, true]);
  });

  it('is one batch, however often the same request comes', async () => {
    const { here, payments, body } = await severalPaid(2);
    const key = randomUUID();
    const answers = await Promise.all([create(here, body, key), create(here, body, key)]);
    const ids = answers.map((answer) => answer.body.id as string);
    await finished(here, ids[0] ?? '');
    expect([ids[0] === ids[1], await reversals(here, payments)]).toEqual([true, [1, 1]]);
  });

  it('gives a payment back once that two agents have in their batches', async () => {
    const { here, payments, body } = await severalPaid(3);
    const finance = await here.as('finance');
    const answers = await Promise.all([
      create(here, body),
      finance.post('/api/batches', body, { headers: { 'idempotency-key': randomUUID() } }),
    ]);
    const made = answers.filter(({ status }) => status === 201);
    for (const answer of made) await finished(here, answer.body.id);
    expect(await reversals(here, payments)).toEqual([1, 1, 1]);
  });

  it('goes on after the server was killed in the midst of it, and repeats no row', async () => {
    const { here, payments, body } = await severalPaid(8);
    const { id } = (await create(here, body)).body;
    await eventually(async () => {
      const { rows } = await here.db.query(
        `SELECT 1 FROM batch_rows WHERE batch_id = $1 AND state = 'sending'`,
        [id],
      );
      return rows.length > 0;
    });
    await here.server.restart();
    await here.advance(3);
    await finished(here, id);
    await here.advance(15);
    await eventually(async () => (await reversals(here, payments)).every((count) => count === 1));
    expect(await reversals(here, payments)).toEqual(payments.map(() => 1));
  });

  it('can be read as CSV', async () => {
    const { here, body, payments } = await severalPaid(2);
    const { id } = (await create(here, body)).body;
    await finished(here, id);
    const answer = await (await here.as('support')).get(`/api/batches/${id}/export`);
    const references = payments.map(({ reference }) => answer.text.includes(reference));
    expect([answer.headers.get('content-type'), references]).toEqual([
      'text/csv; charset=utf-8',
      [true, true],
    ]);
  });

  it('refuses what is named twice', async () => {
    const { here, payments } = await severalPaid(1);
    const answer = await create(here, bodyOf([...payments, ...payments]));
    expect([answer.status, answer.body.errors]).toEqual([422, { 'rows.1.transactionId': ['duplicate'] }]);
  });

  it('lets go of whole holds only: an amount of a release is refused', async () => {
    const here = await product();
    const rows = [{ transactionId: randomUUID(), amountMinor: 1 }];
    const answer = await create(here, { kind: 'release', rows, reason: 'Ya no viaja' });
    expect([answer.status, answer.body.errors]).toEqual([422, { rows: ['amount_of_a_release'] }]);
  });

  it('is not made where nothing can be done', async () => {
    const here = await product();
    const answer = await create(here, bodyOf([{ id: randomUUID(), reference: '' }]));
    expect([answer.status, answer.body.errors]).toEqual([422, { rows: ['nothing_possible'] }]);
  });
});

describe('the undo window', () => {
  it('is as long as its site says, and nothing is sent within it', async () => {
    const { here, payments, body } = await severalPaid(2);
    await rules(here, PLENTY, 10);
    const batch = (await create(here, body)).body as BatchView;
    await rules(here, PLENTY, 0);
    const minutes = (Date.parse(batch.sendAt ?? '') - Date.parse(batch.createdAt)) / 60_000;
    expect([batch.state, minutes, await reversals(here, payments)]).toEqual(['scheduled', 10, [0, 0]]);
  });

  it('lets one undo all of it', async () => {
    const { here, payments, body } = await severalPaid(2);
    await rules(here, PLENTY, 10);
    const { id } = (await create(here, body)).body;
    await rules(here, PLENTY, 0);
    const agent = await here.as('support');
    const undone = await agent.post(`/api/batches/${id}/undo`, {});
    await here.advance(11);
    await (await here.as('admin')).post('/api/jobs/batches/run', {});
    expect([undone.body.state, undone.body.counts.undone, await reversals(here, payments)]).toEqual([
      'undone',
      2,
      [0, 0],
    ]);
  });

  it('is closed once rows are sent', async () => {
    const { here, body } = await severalPaid(1);
    const { id } = (await create(here, body)).body;
    await finished(here, id);
    const answer = await (await here.as('support')).post(`/api/batches/${id}/undo`, {});
    expect([answer.status, answer.body.code]).toEqual([409, 'batch_over']);
  });
});

describe('a batch above the limits', () => {
  it('is sent after a second person approved all of it', async () => {
    const { here, payments, body } = await severalPaid(2);
    await rules(here, { ...PLENTY, operationMinor: AMOUNT - 1 }, 0);
    const batch = (await create(here, body)).body as BatchView;
    const before = await reversals(here, payments);
    const manager = await here.as('manager');
    await manager.post(`/api/approvals/${batch.approval?.id}/approve`, {});
    await finished(here, batch.id);
    await rules(here, PLENTY, 0);
    expect([batch.state, before, await reversals(here, payments)]).toEqual(['waiting', [0, 0], [1, 1]]);
  });

  it('is not approved by the agent who made it, in whatever role', async () => {
    const { here, body } = await severalPaid(1);
    await rules(here, null, 0);
    const batch = (await create(here, body)).body as BatchView;
    await rules(here, PLENTY, 0);
    await here.db.query(`UPDATE people SET role = 'manager' WHERE email LIKE 'support@%'`);
    const agent = await here.as('support');
    const answer = await agent.post(`/api/approvals/${batch.approval?.id}/approve`, {});
    await here.db.query(`UPDATE people SET role = 'support' WHERE email LIKE 'support@%'`);
    expect([answer.status, answer.body.code]).toEqual([403, 'own_request']);
  });

  it('is rejected as a whole', async () => {
    const { here, payments, body } = await severalPaid(2);
    await rules(here, null, 0);
    const batch = (await create(here, body)).body as BatchView;
    await rules(here, PLENTY, 0);
    const manager = await here.as('manager');
    await manager.post(`/api/approvals/${batch.approval?.id}/reject`, { note: 'no procede' });
    const { body: after } = await manager.get(`/api/batches/${batch.id}`);
    expect([after.state, after.counts.undone, await reversals(here, payments)]).toEqual([
      'rejected',
      2,
      [0, 0],
    ]);
  });
});
