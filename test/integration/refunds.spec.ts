import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { TransactionDetail } from '@recaudo/shared';
import { eventually } from '../support/eventually.js';
import { act, paid, paidInDollars, refund } from '../support/money.js';
import { useProduct, type Api, type Product } from '../support/product.js';

const product = useProduct();

const detail = async (api: Api, id: string): Promise<TransactionDetail> =>
  (await api.get(`/api/transactions/${id}`)).body as TransactionDetail;

/** A paid order in a country that refunds, past its settlement. */
async function settled(here: Product, amountMinor = 10_000) {
  const made = await paidInDollars(here, amountMinor);
  // Beyond the weekend, whatever today is.
  await here.advance(5 * 24 * 60);
  return made;
}

const dollars = { currency: 'USD' };

describe('a refund of the whole', () => {
  it('is reversed at once before the cut-off, and the order says so', async () => {
    const here = await product();
    const support = await here.as('support');
    const { id, session } = await paid(here);
    const { body, status } = await refund(support, id, 8_450_000);
    const after = await here.session(session.id, support);
    expect([
      status,
      body.result,
      body.transaction?.kind,
      after.order.state,
      after.order.returnedMinor,
    ]).toEqual([200, 'approved', 'reverse', 'returned', 8_450_000]);
  });

  it('stands in the gateway’s book once, with our number', async () => {
    const here = await product();
    const { id, payment } = await paid(here);
    const { body } = await refund(await here.as('support'), id, 8_450_000);
    const lines = (await here.book()).filter((line) => String(line.parent) === payment.internalReference);
    expect(
      lines.map(({ kind, amountMinor, internalReference }) => [kind, amountMinor, String(internalReference)]),
    ).toEqual([['reverse', 8_450_000, body.transaction.internalReference]]);
  });

  it('asked twice with one key is one refund', async () => {
    const here = await product();
    const support = await here.as('support');
    const { id } = await paid(here);
    const key = randomUUID();
    await Promise.all([refund(support, id, 8_450_000, {}, key), refund(support, id, 8_450_000, {}, key)]);
    expect((await detail(support, id)).operations).toHaveLength(1);
  });

  it('asked by two people at once is one refund, and the other is told whose', async () => {
    const here = await product();
    const [support, finance] = [await here.as('support'), await here.as('finance')];
    const { id } = await paid(here);
    const answers = await Promise.all([refund(support, id, 8_450_000), refund(finance, id, 8_450_000)]);
    const loser = answers.find(({ status }) => status !== 200)?.body;
    expect([
      answers.filter(({ status }) => status === 200).length,
      ['operation_live', 'not_refundable'].includes(loser?.code),
      (await detail(support, id)).operations.length,
    ]).toEqual([1, true, 1]);
  });

  it('is a letter in Colombia once the day is over', async () => {
    const here = await product();
    const support = await here.as('support');
    const { id } = await paid(here);
    await here.advance(25 * 60);
    const { body } = await refund(await here.as('support'), id, 8_450_000);
    const letter = await (await here.as('support')).get(`/api/transactions/${body.transaction.id}/letter`);
    expect([body.result, body.transaction.state, letter.text.slice(0, 5)]).toEqual([
      'letter',
      'pending',
      '%PDF-',
    ]);
    expect(support).toBeDefined();
  });
});

describe('a refund of a part', () => {
  it('waits for its settlement, and is sent then', async () => {
    const here = await product();
    const { id } = await paidInDollars(here);
    const { body } = await refund(await here.as('support'), id, 4_000, dollars);
    await here.advance(5 * 24 * 60);
    const sent = await eventually(
      async () => {
        const now = await detail(await here.as('support'), body.transaction.id);
        return now.state === 'approved' && now;
      },
      { seconds: 15, what: 'the planned refund being sent' },
    );
    expect([body.result, body.transaction.state, sent.route, sent.amountMinor]).toEqual([
      'waiting',
      'waiting',
      'partial',
      4_000,
    ]);
  });

  it('is sent at once after the settlement, and a second one leaves the rest', async () => {
    const here = await product();
    const { id, session } = await settled(here);
    const support = await here.as('support');
    await refund(support, id, 4_000, dollars);
    await refund(support, id, 2_500, dollars);
    const after = await detail(support, id);
    const order = (await here.session(session.id, support)).order;
    expect([after.refundable?.returnedMinor, after.refundable?.refundableMinor, order.state]).toEqual([
      6_500,
      3_500,
      'part_returned',
    ]);
  });

  it('is never more than what is left', async () => {
    const here = await product();
    const { id } = await settled(here);
    const support = await here.as('support');
    await refund(support, id, 7_000, dollars);
    const { status, body } = await refund(support, id, 3_001, dollars);
    expect([status, body.code, body.errors]).toEqual([
      409,
      'not_refundable',
      { amountMinor: ['not_refundable'] },
    ]);
  });

  it('of the same amount within a day asks once more, naming who made the other', async () => {
    const here = await product();
    const { id } = await settled(here);
    await refund(await here.as('support'), id, 2_000, dollars);
    const finance = await here.as('finance');
    const asked = await refund(finance, id, 2_000, dollars);
    const meant = await refund(finance, id, 2_000, { ...dollars, again: true });
    expect([asked.status, asked.body.code, asked.body.other.by, meant.body.result]).toEqual([
      409,
      'again_needed',
      'Sofía Cárdenas',
      'approved',
    ]);
  });

  it('is impossible in a country that nobody documents', async () => {
    const here = await product();
    const { id } = await paid(here, {
      siteId: await here.siteId('cl'),
      currency: 'CLP',
      amountMinor: 20_000,
    });
    const { body } = await refund(await here.as('support'), id, 5_000, { currency: 'CLP' });
    expect([body.code, body.detail]).toEqual(['refund_impossible', 'whole_only']);
  });
});

describe('a refund whose answer is lost', () => {
  it('is found by the flag that was not there before', async () => {
    const here = await product();
    const { id } = await paid(here);
    await here.fault('transaction.reverse', 'drop_after');
    const { body } = await refund(await here.as('support'), id, 8_450_000);
    await here.advance(1);
    const found = await eventually(
      async () => {
        const now = await detail(await here.as('support'), body.transaction.id);
        return now.state === 'approved' && now;
      },
      { seconds: 15, what: 'the refund being found' },
    );
    expect([body.result, found.grade, found.sends]).toEqual(['unknown', 'inferred', 1]);
  });

  it('is sent once more after ten minutes when it was not done', async () => {
    const here = await product();
    const { id } = await paid(here);
    await here.fault('transaction.reverse', 'drop_before');
    const { body } = await refund(await here.as('support'), id, 8_450_000);
    await here.advance(11);
    const found = await eventually(
      async () => {
        const now = await detail(await here.as('support'), body.transaction.id);
        return now.state === 'approved' && now;
      },
      { seconds: 15, what: 'the refund being sent again' },
    );
    expect([body.result, found.grade, found.sends]).toEqual(['unknown', null, 2]);
  });

  it('of a part is never sent again: a person states it, and a second one agrees', async () => {
    const here = await product();
    const { id } = await settled(here);
    await here.fault('transaction.reverse', 'drop_before');
    const { body } = await refund(await here.as('support'), id, 4_000, dollars);
    await here.advance(120);
    const operation = body.transaction.id as string;
    const settle = { state: 'rejected', evidence: 'Extracto de marzo, sin movimiento', reason: 'No se hizo' };
    const asked = await eventually(
      async () => {
        const now = await detail(await here.as('finance'), operation);
        const waits = now.reviews.some(
          (each) =>
            each.kind === 'operation_unknown' && !each.resolvedAt && each.data.transactionId === operation,
        );
        return waits && act(await here.as('finance'), `/api/transactions/${operation}/settle`, settle);
      },
      { seconds: 15, what: 'the unknown refund waiting for a person' },
    );
    const manager = await here.as('manager');
    const approved = await manager.post(`/api/approvals/${asked.body.approval.id}/approve`, {});
    const after = await detail(manager, operation);
    expect([asked.body.result, approved.body.state, after.state, after.grade, after.sends]).toEqual([
      'approval',
      'done',
      'rejected',
      'confirmed',
      1,
    ]);
  });
});

describe('a refund made in the gateway’s console', () => {
  it('is recognised, blocks further ones, and counts once its amount was stated', async () => {
    const here = await product();
    const { id, payment } = await settled(here);
    await here.control('POST', `/transactions/${payment.internalReference}/refund`, { amountMinor: 3_000 });
    const support = await here.as('support');
    const blocked = await refund(support, id, 1_000, dollars);
    const seen = (await detail(support, id)).operations[0];
    const asked = await act(await here.as('finance'), `/api/transactions/${seen?.id}/settle`, {
      ...{ state: 'approved', amountMinor: 3_000 },
      ...{ evidence: 'Consola de la pasarela, movimiento 1', reason: 'Hecho por teléfono' },
    });
    await (await here.as('manager')).post(`/api/approvals/${asked.body.approval.id}/approve`, {});
    const after = await detail(support, id);
    expect([
      blocked.status,
      seen?.origin,
      seen?.amountKnown,
      after.refundable?.returnedMinor,
      after.refundable?.refundableMinor,
    ]).toEqual([409, 'gateway', false, 3_000, 7_000]);
  });
});

describe('a refund made in the gateway’s console that nobody looks for', () => {
  it('is found within a day', async () => {
    const here = await product();
    const { id, payment } = await settled(here);
    await here.advance(60);
    await here.control('POST', `/transactions/${payment.internalReference}/refund`, { amountMinor: 3_000 });
    await here.advance(3 * 24 * 60);
    const found = await eventually(
      async () =>
        (await detail(await here.as('finance'), id)).operations.find(({ origin }) => origin === 'gateway'),
      { seconds: 20, what: 'the sweep seeing the refund' },
    );
    const { body } = await (await here.as('finance')).get('/api/reviews');
    const waits = body.items.find(
      ({ kind, data }: { kind: string; data: { transactionId?: string } }) =>
        kind === 'external_refund' && data.transactionId === found.id,
    );
    expect([found.state, found.amountKnown, Boolean(waits)]).toEqual(['unknown', false, true]);
  });
});

describe('an order that was paid twice', () => {
  it('needs nobody any more once one of the payments is given back', async () => {
    const here = await product();
    const { id, session } = await paid(here);
    await here.db.query(
      `UPDATE obligations SET due_minor = due_minor / 2 WHERE id = (SELECT obligation_id FROM orders WHERE id = $1)`,
      [session.orderId],
    );
    await here.db.query(
      `INSERT INTO reviews (id, site_id, kind, subject, order_id, data, opened_at)
       VALUES (gen_random_uuid(), $1, 'overpaid', $2, $3, '{}', now())`,
      [session.siteId, `order:${session.orderId}`, session.orderId],
    );
    await refund(await here.as('support'), id, 8_450_000);
    const { reviews } = await here.session(session.id, await here.as('support'));
    expect(reviews.map(({ kind, resolvedAt }) => [kind, resolvedAt !== null])).toEqual([['overpaid', true]]);
  });
});

describe('a shop that comes too late', () => {
  it('is told what was done, and not by whom of the house', async () => {
    const here = await product();
    const { id } = await paid(here);
    await refund(await here.as('support'), id, 8_450_000);
    const { body } = await refund(here.shop(), id, 8_450_000);
    expect([body.code, body.other.kind, body.other.by]).toEqual(['not_refundable', 'reverse', null]);
  });
});

describe('a refund above the limit', () => {
  it('is not sent before a second person approves it, and then exactly once', async () => {
    const here = await product();
    const support = await here.as('support');
    const { id } = await paid(here, { amountMinor: 90_000_000 });
    const asked = await refund(support, id, 90_000_000);
    const before = (await detail(support, id)).operations.length;
    const manager = await here.as('manager');
    const approved = await manager.post(`/api/approvals/${asked.body.approval.id}/approve`, {});
    const repeated = await manager.post(`/api/approvals/${asked.body.approval.id}/approve`, {});
    const after = await detail(support, id);
    expect([
      asked.body.result,
      before,
      approved.body.state,
      repeated.status,
      after.operations.map(({ kind, state }) => [kind, state]),
    ]).toEqual(['approval', 0, 'done', 409, [['reverse', 'approved']]]);
  });
});
