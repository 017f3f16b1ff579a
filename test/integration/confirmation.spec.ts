import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { SessionView } from '@recaudo/shared';
import { eventually } from '../support/eventually.js';
import { CARDS, useProduct, type Api, type Answer, type Product } from '../support/product.js';

const product = useProduct();

/** Captured, and waiting for our word. */
async function captured(here: Product): Promise<{ session: SessionView; payment: string }> {
  const opened = await here.open({ requiresConfirmation: true });
  await here.pay(await here.follow(opened), CARDS.approved);
  const support = await here.as('support');
  const { body } = await support.post(`/api/sessions/${opened.id}/check`);
  const session = body as SessionView;
  return { session, payment: session.confirmation?.transactionId ?? '' };
}

const act = (
  api: Api,
  payment: string,
  verb: 'confirm' | 'cancel',
  key: string = randomUUID(),
): Promise<Answer> =>
  api.post(`/api/transactions/${payment}/${verb}`, undefined, { headers: { 'idempotency-key': key } });

describe('a captured payment', () => {
  it('waits for our word until its deadline, and nothing of it is settled', async () => {
    const here = await product();
    const { session } = await captured(here);
    const [transaction] = session.transactions;
    const deadline = Date.parse(session.confirmation?.deadline ?? '') - Date.parse(transaction?.at ?? '');
    expect([session.state, transaction?.state, session.queue, session.order.settledMinor, deadline]).toEqual([
      'pending',
      'to_confirm',
      'confirm',
      0,
      1_440 * 60_000,
    ]);
  });

  it('is paid once confirmed', async () => {
    const here = await product();
    const { payment } = await captured(here);
    const { body } = await act(await here.as('support'), payment, 'confirm');
    expect([body.state, body.order.state, body.order.settledMinor, body.queue]).toEqual([
      'approved',
      'paid',
      8_450_000,
      null,
    ]);
  });

  it('is rejected once cancelled, and the operation succeeded', async () => {
    const here = await product();
    const { payment } = await captured(here);
    const { body } = await act(await here.as('finance'), payment, 'cancel');
    const operation = (body as SessionView).transactions.find((each) => each.kind === 'cancel');
    expect([body.order.settledMinor, operation?.state, operation?.parentId]).toEqual([
      0,
      'approved',
      payment,
    ]);
  });

  it('is confirmed once by two clicks with one key', async () => {
    const here = await product();
    const { payment, session } = await captured(here);
    const support = await here.as('support');
    const key = randomUUID();
    const answers = await Promise.all([
      act(support, payment, 'confirm', key),
      act(support, payment, 'confirm', key),
    ]);
    const after = await here.session(session.id, support);
    expect([
      answers.filter((answer) => answer.status === 200).length > 0,
      after.transactions.filter((each) => each.kind === 'confirm').length,
    ]).toEqual([true, 1]);
  });

  it('is decided once by two people at once, and the other is told', async () => {
    const here = await product();
    const { payment, session } = await captured(here);
    const [confirmed, cancelled] = await Promise.all([
      act(await here.as('support'), payment, 'confirm'),
      act(await here.as('finance'), payment, 'cancel'),
    ]);
    const after = await here.session(session.id, await here.as('support'));
    const done = after.transactions.filter((each) => ['confirm', 'cancel'].includes(each.kind));
    expect([[confirmed.status, cancelled.status].sort(), done.map((each) => each.state)]).toEqual([
      [200, 409],
      ['approved'],
    ]);
  });

  it('that is decided already is refused by name', async () => {
    const here = await product();
    const { payment } = await captured(here);
    const support = await here.as('support');
    await act(support, payment, 'confirm');
    const again = await act(support, payment, 'cancel');
    expect([again.status, again.body.code]).toEqual([409, 'not_to_confirm']);
  });

  it.each(['drop_after', 'error_500_after', 'malformed'])(
    'is settled by asking when the answer to its confirmation is lost (%s)',
    async (kind) => {
      const here = await product();
      const { payment, session } = await captured(here);
      await here.fault('transaction.confirm', kind);
      await act(await here.as('support'), payment, 'confirm');
      const after = await here.reaches(session.id, 'approved');
      const operation = after.transactions.find((each) => each.kind === 'confirm');
      expect([operation?.state, after.order.settledMinor]).toEqual(['approved', 8_450_000]);
    },
  );

  it('whose confirmation never arrived is confirmed by sending it again, once seen to wait still', async () => {
    const here = await product();
    const { payment, session } = await captured(here);
    await here.fault('transaction.confirm', 'drop_before');
    const answer = await act(await here.as('support'), payment, 'confirm');
    expect([answer.status, answer.body.code]).toEqual([502, 'gateway_unreachable']);
    await here.advance(1);
    const after = await here.reaches(session.id, 'approved', 15);
    const lines = (await here.book()).filter((line) => line.reference === session.reference);
    expect([after.order.settledMinor, lines.length]).toEqual([8_450_000, 1]);
  });

  it('that we did not take cannot be paid again by its link', async () => {
    const here = await product();
    const { payment, session } = await captured(here);
    await act(await here.as('support'), payment, 'cancel');
    const page = await here.anonymous().get(new URL(session.order.linkUrl).pathname);
    expect([page.status, page.headers.get('location')]).toEqual([200, null]);
  });

  it('confirmed with another amount opens an item for a person', async () => {
    const here = await product();
    const { payment, session } = await captured(here);
    await here.fault('transaction.confirm', 'other_amount');
    await act(await here.as('support'), payment, 'confirm');
    const { reviews } = await here.session(session.id, await here.as('finance'));
    expect(reviews.map((review) => review.kind)).toContain('amount_differs');
  });

  it('cannot be cancelled as a session', async () => {
    const here = await product();
    const { session } = await captured(here);
    const answer = await (await here.as('support')).post(`/api/sessions/${session.id}/cancel`);
    expect([answer.status, answer.body.code]).toEqual([409, 'session_being_paid']);
  });
});

describe('a pending payment', () => {
  it('is cancelled by support, and its order may be opened again', async () => {
    const here = await product();
    const opened = await here.open();
    const { body } = await (await here.as('support')).post(`/api/sessions/${opened.id}/cancel`);
    expect([body.state, body.reason, body.order.reservedMinor]).toEqual(['cancelled', 'MC', 0]);
  });

  it('that we cancelled cannot be opened again by its link', async () => {
    const here = await product();
    const opened = await here.open();
    await (await here.as('support')).post(`/api/sessions/${opened.id}/cancel`);
    const page = await here.anonymous().get(new URL(opened.order.linkUrl).pathname);
    expect([page.status, page.text.includes('data-state="withdrawn"')]).toEqual([200, true]);
  });

  it('that we cancelled just after the payer gave it up cannot be opened again by its link either', async () => {
    const here = await product();
    const opened = await here.open();
    await here.loseNotifications(1);
    await here.giveUp(await here.follow(opened));
    await (await here.as('support')).post(`/api/sessions/${opened.id}/cancel`);
    const page = await here.anonymous().get(new URL(opened.order.linkUrl).pathname);
    expect([page.status, page.text.includes('data-state="withdrawn"')]).toEqual([200, true]);
  });

  it('that could not be opened again stays closed', async () => {
    const here = await product();
    const opened = await here.open();
    await (await here.as('support')).post(`/api/sessions/${opened.id}/cancel`);
    await here.fault('session.create', 'drop_before');
    await here.open({ reference: opened.reference }).catch(() => null);
    const page = await here.anonymous().get(new URL(opened.order.linkUrl).pathname);
    expect([page.status, page.headers.get('location')]).toEqual([200, null]);
  });

  it('that we cancelled is opened again by us, and then by its link', async () => {
    const here = await product();
    const opened = await here.open();
    await (await here.as('support')).post(`/api/sessions/${opened.id}/cancel`);
    const again = await here.open({ reference: opened.reference });
    expect(await here.follow(again)).toContain(`/${again.gatewayNumber}/`);
  });

  it('whose cancel did not reach the gateway is not said to be under payment', async () => {
    const here = await product();
    const opened = await here.open();
    await here.gateway.kill();
    const answer = await (await here.as('support')).post(`/api/sessions/${opened.id}/cancel`);
    await here.gateway.start();
    expect([answer.status, answer.body.code]).toEqual([502, 'gateway_unreachable']);
  });

  it('that a payer paid meanwhile is shown as what it is', async () => {
    const here = await product();
    const opened = await here.open();
    await here.loseNotifications(1);
    await here.pay(await here.follow(opened), CARDS.approved);
    const support = await here.as('support');
    const answer = await support.post(`/api/sessions/${opened.id}/cancel`);
    const after = await here.session(opened.id);
    expect([answer.status, answer.body.code, after.state]).toEqual([409, 'session_being_paid', 'approved']);
  });

  it('whose bank has not answered is not cancelled', async () => {
    const here = await product();
    const opened = await here.open();
    await here.pay(await here.follow(opened), CARDS.pendingThenApproved);
    const answer = await (await here.as('support')).post(`/api/sessions/${opened.id}/cancel`);
    expect([answer.body.code, (await here.session(opened.id)).state]).toEqual([
      'session_being_paid',
      'pending',
    ]);
  });

  it.each(['drop_before', 'drop_after'])(
    'is cancelled in the end when the answer is lost (%s)',
    async (kind) => {
      const here = await product();
      const opened = await here.open();
      await here.fault('session.cancel', kind);
      await (await here.as('support')).post(`/api/sessions/${opened.id}/cancel`);
      await here.advance(1);
      const after = await here.reaches(opened.id, 'cancelled', 15);
      expect(after.cancelAskedAt).toBeNull();
    },
  );

  it('that is over already cannot be cancelled', async () => {
    const here = await product();
    const opened = await here.open();
    const support = await here.as('support');
    await support.post(`/api/sessions/${opened.id}/cancel`);
    const again = await support.post(`/api/sessions/${opened.id}/cancel`);
    expect([again.status, again.body.code]).toEqual([409, 'session_over']);
  });
});

describe('kinds that are asked for', () => {
  it('leave a hold, with the day it is presumed released', async () => {
    const here = await product();
    const opened = await here.open({ preauthorization: true });
    await here.pay(await here.follow(opened), CARDS.approved);
    const { hold, order, transactions } = await here.reaches(opened.id, 'approved');
    const days = (Date.parse(hold?.expiresAt ?? '') - Date.parse(transactions[0]?.at ?? '')) / 86_400_000;
    expect([hold?.state, hold?.amountMinor, order.state, order.settledMinor, order.heldMinor, days]).toEqual([
      'active',
      8_450_000,
      'held',
      0,
      8_450_000,
      30,
    ]);
  });

  it('leave a stored means of payment, masked, whose token no answer and no row holds openly', async () => {
    const here = await product();
    const opened = await here.open({
      subscription: true,
      amountMinor: undefined,
      currency: undefined,
    });
    await here.pay(await here.follow(opened), CARDS.approved);
    const session = await here.reaches(opened.id, 'approved');
    const { rows } = await here.db.query<{ row: string }>(
      'SELECT i.secret_sealed AS row FROM instruments i WHERE i.session_id = $1',
      [opened.id],
    );
    expect([
      session.instrument?.lastFour,
      session.order.state,
      rows.length,
      /^[0-9a-f]{64}$/.test(rows[0]?.row ?? ''),
      /"[0-9a-f]{64}"/.test(JSON.stringify(session)),
    ]).toEqual(['0081', 'nothing', 1, false, false]);
  });

  it.each([
    ['agrees', { subscribe: 'yes' }, '0081'],
    ['declines', {}, undefined],
  ])('store the card while paying only if the payer %s', async (_word, form, lastFour) => {
    const here = await product();
    const opened = await here.open({ subscribe: true });
    await here.pay(await here.follow(opened), CARDS.approved, form);
    const session = await here.reaches(opened.id, 'approved');
    expect([session.instrument?.lastFour, session.order.state]).toEqual([lastFour, 'paid']);
  });

  it('are decided by the shop too, through its key', async () => {
    const here = await product();
    const { payment } = await captured(here);
    const { status, body } = await act(here.shop(), payment, 'confirm');
    expect([status, body.state]).toEqual([200, 'approved']);
  });

  it('wait for the work of another process: nothing is confirmed twice by two replicas', async () => {
    const here = await product();
    const { payment, session } = await captured(here);
    const other = await here.replica();
    const support = await here.as('support');
    await Promise.all([act(support, payment, 'confirm'), act(support.at(other.url), payment, 'confirm')]);
    await other.stop();
    const lines = await eventually(async () => {
      const found = (await here.book()).filter((line) => line.reference === session.reference);
      return found.length > 0 && found;
    });
    expect(lines.length).toBe(1);
  });
});
