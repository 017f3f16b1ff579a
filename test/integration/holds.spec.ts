import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { PreauthorizationView } from '@recaudo/shared';
import { eventually } from '../support/eventually.js';
import { act, held, refund } from '../support/money.js';
import { useProduct, type Api, type Product } from '../support/product.js';

const product = useProduct();

const hold = async (api: Api, id: string): Promise<PreauthorizationView> =>
  (await api.get(`/api/preauthorizations/${id}`)).body as PreauthorizationView;

const step = (api: Api, id: string, verb: string, amountMinor?: number, currency = 'COP') =>
  act(
    api,
    `/api/preauthorizations/${id}/${verb}`,
    amountMinor === undefined ? {} : { amountMinor, currency, reason: 'Más noches' },
  );

/** Changes a rule of the site's contract; it stays so until it is changed back. */
async function contract(here: Product, rules: Record<string, unknown>, code = 'co'): Promise<void> {
  const admin = await here.as('admin');
  const id = await here.siteId(code);
  const { body } = await admin.get(`/api/sites/${id}`);
  const { baseUrl, login, hash } = body.account;
  const saved = await admin.call('PUT', `/api/sites/${id}/account`, { baseUrl, login, hash, ...rules });
  if (saved.status >= 300) throw new Error(saved.text);
}

describe('a hold', () => {
  it('is listed by the time it has left, with what may be done to it', async () => {
    const here = await product();
    const { id } = await held(here);
    const support = await here.as('support');
    const { body } = await support.get('/api/preauthorizations?state=active');
    const listed = body.items.find((each: PreauthorizationView) => each.id === id);
    expect([listed.heldMinor, listed.rules.maxCaptureMinor, listed.availableActions]).toEqual([
      { least: 8_450_000, most: 8_450_000 },
      8_450_000,
      [
        { action: 'checkout', allowed: true, why: null },
        { action: 'reauthorization', allowed: true, why: null },
        { action: 'release', allowed: true, why: null },
      ],
    ]);
  });

  it.each([
    ['its own id', (of: PreauthorizationView) => of.id],
    ['the reference', (of: PreauthorizationView) => of.reference.toLowerCase()],
    ['the last digits of the card', (of: PreauthorizationView) => of.lastFour],
    ['the payer’s e-mail', (of: PreauthorizationView) => of.payer?.email?.toUpperCase()],
    ['the payer’s document', (of: PreauthorizationView) => of.payer?.document],
  ])('is found by %s', async (_what, wordOf) => {
    const here = await product();
    const support = await here.as('support');
    const { id } = await held(here);
    const q = wordOf(await hold(support, id)) ?? 'nothing';
    const { body } = await support.get(`/api/preauthorizations?${new URLSearchParams({ q })}`);
    expect(body.items.map((each: PreauthorizationView) => each.id)).toContain(id);
  });

  it('is captured in part, pays its order so far, and is closed', async () => {
    const here = await product();
    const support = await here.as('support');
    const { id, session } = await held(here);
    const { body } = await step(support, id, 'checkout', 5_000_000);
    const after = await hold(support, id);
    const { order } = await here.session(session.id, support);
    expect([body.result, after.state, after.capturedMinor, order.settledMinor, order.heldMinor]).toEqual([
      'approved',
      'captured',
      5_000_000,
      5_000_000,
      0,
    ]);
  });

  it('is raised, and captured up to the new amount', async () => {
    const here = await product();
    const support = await here.as('support');
    const { id, session } = await held(here);
    await step(support, id, 'reauthorization', 9_000_000);
    const { body } = await step(support, id, 'checkout', 9_000_000);
    const { order } = await here.session(session.id, support);
    expect([body.result, (await hold(support, id)).capturedMinor, order.state, order.dueMinor]).toEqual([
      'approved',
      9_000_000,
      'paid',
      9_000_000,
    ]);
  });

  it('is raised beyond the limit only when a second person approves', async () => {
    const here = await product();
    const { id } = await held(here);
    const asked = await step(await here.as('support'), id, 'reauthorization', 58_450_001);
    const manager = await here.as('manager');
    const before = await hold(manager, id);
    await manager.post(`/api/approvals/${asked.body.approval.id}/approve`, {});
    expect([asked.body.result, before.heldMinor.most, (await hold(manager, id)).heldMinor]).toEqual([
      'approval',
      8_450_000,
      { least: 58_450_001, most: 58_450_001 },
    ]);
  });

  it('is raised in steps by one person no further than at once', async () => {
    const here = await product();
    const support = await here.as('support');
    const { id } = await held(here);
    const first = await step(support, id, 'reauthorization', 58_450_000);
    const second = await step(support, id, 'reauthorization', 58_450_001);
    expect([first.body.result, second.body.result]).toEqual(['approved', 'approval']);
  });

  it('is raised once by the same request, whatever became of the hold and the limit since', async () => {
    const here = await product();
    const [support, key] = [await here.as('support'), randomUUID()];
    const { id } = await held(here);
    const raise = () =>
      act(
        support,
        `/api/preauthorizations/${id}/reauthorization`,
        { amountMinor: 20_000_000, currency: 'COP', reason: 'Más noches' },
        key,
      );
    const first = await raise();
    await step(support, id, 'reauthorization', 8_450_000);
    const limits = `UPDATE sites SET refund_limits = $1 WHERE code = 'co' RETURNING refund_limits`;
    const { rows } = await here.db.query(`SELECT refund_limits AS now FROM sites WHERE code = 'co'`);
    await here.db.query(limits, [null]);
    const second = await raise();
    await here.db.query(limits, [JSON.stringify(rows[0].now)]);
    expect([second.body.result, second.body.transaction?.id]).toEqual([
      'approved',
      first.body.transaction.id,
    ]);
  });

  it('is lowered by one person, however far it was raised', async () => {
    const here = await product();
    const { id } = await held(here);
    const support = await here.as('support');
    const asked = await step(support, id, 'reauthorization', 90_000_000);
    await (await here.as('manager')).post(`/api/approvals/${asked.body.approval.id}/approve`, {});
    const { body } = await step(support, id, 'reauthorization', 80_000_000);
    expect([body.result, (await hold(support, id)).heldMinor.least]).toEqual(['approved', 80_000_000]);
  });

  it('tells a second person why it is to be raised so far', async () => {
    const here = await product();
    const { id } = await held(here);
    const path = `/api/preauthorizations/${id}/reauthorization`;
    const { status, body } = await act(await here.as('support'), path, {
      ...{ amountMinor: 90_000_000, currency: 'COP' },
    });
    expect([status, body.errors]).toEqual([422, { reason: ['required'] }]);
  });

  it('is let go of, and its order owes again', async () => {
    const here = await product();
    const support = await here.as('support');
    const { id, session } = await held(here);
    const { body } = await step(support, id, 'release');
    const { order } = await here.session(session.id, support);
    expect([body.result, (await hold(support, id)).state, order.heldMinor, order.state]).toEqual([
      'approved',
      'released',
      0,
      'due',
    ]);
  });

  it('that was let go leaves its order to be paid through the next link', async () => {
    const here = await product();
    const { id, session } = await held(here);
    await step(await here.as('support'), id, 'release');
    const again = await here.open({ reference: session.reference });
    const answer = await here.follow(again);
    expect([again.orderId === session.orderId, answer]).toEqual([true, expect.stringMatching(/\/session\//)]);
  });

  it('is not captured for more than it holds', async () => {
    const here = await product();
    const { id } = await held(here);
    const { status, body } = await step(await here.as('support'), id, 'checkout', 8_450_001);
    expect([status, body.errors]).toEqual([422, { amountMinor: ['above_hold'] }]);
  });

  it('is captured for more where the contract allows it and a second person approves', async () => {
    const here = await product();
    await contract(here, { overCapture: true });
    const { id } = await held(here);
    const asked = await step(await here.as('support'), id, 'checkout', 9_000_000);
    const manager = await here.as('manager');
    await manager.post(`/api/approvals/${asked.body.approval.id}/approve`, {});
    await contract(here, { overCapture: false });
    expect([asked.body.result, (await hold(manager, id)).capturedMinor]).toEqual(['approval', 9_000_000]);
  });

  it('is only raised where the provider only raises', async () => {
    const here = await product();
    await contract(here, { increaseOnly: true });
    const { id } = await held(here);
    const { body } = await step(await here.as('support'), id, 'reauthorization', 8_000_000);
    await contract(here, { increaseOnly: false });
    expect(body.errors).toEqual({ amountMinor: ['only_increases'] });
  });

  it('is not changed in Puerto Rico', async () => {
    const here = await product();
    const { id } = await held(here, {
      siteId: await here.siteId('pr'),
      currency: 'USD',
      amountMinor: 10_000,
    });
    const support = await here.as('support');
    const { body } = await step(support, id, 'reauthorization', 12_000, 'USD');
    const actions = (await hold(support, id)).availableActions;
    expect([body.errors, actions.find((each) => each.action === 'reauthorization')?.why]).toEqual([
      { amountMinor: ['country_without_reauthorization'] },
      'country_without_reauthorization',
    ]);
  });

  it('asked to be captured and released at once does one of them', async () => {
    const here = await product();
    const [support, finance] = [await here.as('support'), await here.as('finance')];
    const { id } = await held(here);
    const answers = await Promise.all([
      step(support, id, 'checkout', 8_450_000),
      step(finance, id, 'release'),
    ]);
    const done = answers.filter(({ status }) => status === 200);
    const loser = answers.find(({ status }) => status !== 200)?.body;
    expect([done.length, ['operation_live', 'hold_over'].includes(loser?.code)]).toEqual([1, true]);
  });
});

describe('a hold whose change got no answer', () => {
  it('is a range, and only its lower end may be captured', async () => {
    const here = await product();
    const support = await here.as('support');
    const { id } = await held(here);
    await here.fault('transaction.reauthorization', 'drop_after');
    const changed = await step(support, id, 'reauthorization', 9_000_000);
    const between = await hold(support, id);
    const tooMuch = await step(support, id, 'checkout', 9_000_000);
    const { body } = await step(support, id, 'checkout', 8_450_000);
    expect([changed.body.result, between.heldMinor, tooMuch.status, body.result]).toEqual([
      'unknown',
      { least: 8_450_000, most: 9_000_000 },
      422,
      'approved',
    ]);
  });
});

describe('a capture whose answer is lost', () => {
  it('is sent once more, and taken once', async () => {
    const here = await product();
    const { id, payment } = await held(here);
    await here.fault('transaction.checkout', 'drop_before');
    const { body } = await step(await here.as('support'), id, 'checkout', 8_450_000);
    await here.advance(2);
    const support = await here.as('support');
    await eventually(async () => (await hold(support, id)).state === 'captured', {
      seconds: 15,
      what: 'the capture being found',
    });
    const taken = (await here.book()).filter(
      (line) => line.kind === 'checkout' && String(line.parent) === payment.internalReference,
    );
    expect([body.result, taken.length]).toEqual(['unknown', 1]);
  });

  it('that was done leaves it to a person: a refusal does not say by whom', async () => {
    const here = await product();
    const { id } = await held(here);
    await here.fault('transaction.checkout', 'drop_after');
    const { body } = await step(await here.as('support'), id, 'checkout', 8_450_000);
    await here.advance(2);
    const support = await here.as('support');
    const review = await eventually(
      async () => {
        const { body: page } = await support.get(`/api/transactions/${body.transaction.id}`);
        return (
          page.sends === 2 && page.reviews.find((each: { kind: string }) => each.kind === 'operation_unknown')
        );
      },
      { seconds: 15, what: 'the capture waiting for a person' },
    );
    expect([body.result, Boolean(review)]).toEqual(['unknown', true]);
  });
});

describe('a release', () => {
  it('of a hold that is gone already is as good as done', async () => {
    const here = await product();
    const support = await here.as('support');
    const { id, payment } = await held(here);
    await here.control('POST', `/transactions/${payment.internalReference}/release`);
    const { body } = await step(support, id, 'release');
    expect([body.result, (await hold(support, id)).state]).toEqual(['approved', 'released']);
  });
});

describe('a capture of a hold that is gone already', () => {
  it('is refused, and nobody says how the hold ended', async () => {
    const here = await product();
    const support = await here.as('support');
    const { id, payment } = await held(here);
    await here.control('POST', `/transactions/${payment.internalReference}/release`);
    const { body } = await step(support, id, 'checkout', 8_450_000);
    expect([body.result, (await hold(support, id)).state]).toEqual(['rejected', 'unclear']);
  });
});

describe('what was captured of a hold', () => {
  it('is refunded as the capture’s, not as the hold’s', async () => {
    const here = await product();
    const support = await here.as('support');
    const { id, session } = await held(here);
    const captured = await step(support, id, 'checkout', 8_450_000);
    const { body } = await refund(support, captured.body.transaction.id, 8_450_000);
    const { order } = await here.session(session.id, support);
    const { body: onHold } = await refund(support, id, 8_450_000);
    expect([body.result, order.state, onHold.code]).toEqual(['approved', 'returned', 'refund_impossible']);
  });
});

describe('a hold that runs out', () => {
  it('is warned of at 72, 24 and 6 hours, and then presumed released', async () => {
    const here = await product();
    const { id, session } = await held(here);
    const told = async (): Promise<number[]> => {
      const { timeline } = await here.session(session.id, await here.as('support'));
      return timeline.filter(({ kind }) => kind === 'hold.warned').map(({ data }) => Number(data.hours));
    };
    const seen: number[][] = [];
    for (const hoursBefore of [71, 23, 5]) {
      const { expiresAt } = await hold(await here.as('support'), id);
      const { body: practice } = await here.anonymous().get('/api/practice');
      const now = Date.now() + Number(practice.clockOffsetMs);
      await here.advance(Math.round((Date.parse(expiresAt) - now) / 60_000) - hoursBefore * 60);
      const warned = seen.length + 1;
      seen.push(
        await eventually(async () => ((await told()).length === warned ? told() : false), {
          seconds: 15,
          what: `warning ${warned}`,
        }),
      );
    }
    await here.advance(6 * 60);
    const support = await here.as('support');
    const gone = await eventually(
      async () => {
        const now = await hold(support, id);
        return now.state === 'presumed_released' && now;
      },
      { seconds: 15, what: 'the hold being presumed released' },
    );
    const { order } = await here.session(session.id, support);
    const mails = await here.db.query<{ count: string }>(
      `SELECT count(*) AS count FROM mails WHERE template = 'hold_expiring' AND state <> 'failed' AND data->>'preauthorizationId' = $1`,
      [id],
    );
    expect([
      seen.at(-1),
      gone.availableActions.map(({ why }) => why),
      order.heldMinor,
      mails.rows[0]?.count,
    ]).toEqual([[6, 24, 72], ['hold_over', 'hold_over', 'hold_over', 'no_permission'], 0, '6']);
  });
});

describe('what somebody did to a hold elsewhere', () => {
  it('is not taken for a release once a capture of ours was refused', async () => {
    const here = await product();
    const support = await here.as('support');
    const { id, payment } = await held(here);
    await here.control('POST', `/transactions/${payment.internalReference}/release`);
    await step(support, id, 'checkout', 8_450_000);
    const { body } = await step(support, id, 'release');
    expect([body.result, (await hold(support, id)).state]).toEqual(['rejected', 'unclear']);
  });

  it('leaves the link of its order closed when all we know is that the hold is gone', async () => {
    const here = await product();
    const support = await here.as('support');
    const { id, payment, session } = await held(here);
    await here.control('POST', `/transactions/${payment.internalReference}/release`);
    await step(support, id, 'release');
    const { rows } = await here.db.query<{ closed: boolean }>(
      'SELECT closed_at IS NOT NULL AS closed FROM orders WHERE id = $1',
      [session.orderId],
    );
    expect(rows).toEqual([{ closed: true }]);
  });
});

describe('a request about a hold', () => {
  it('to capture more is not carried out once the hold is another', async () => {
    const here = await product();
    await contract(here, { overCapture: true });
    const { id } = await held(here);
    const support = await here.as('support');
    const asked = await step(support, id, 'checkout', 9_000_000);
    const other = await step(support, id, 'checkout', 9_500_000);
    await step(support, id, 'reauthorization', 1_000_000);
    const manager = await here.as('manager');
    const { body } = await manager.post(`/api/approvals/${asked.body.approval.id}/approve`, {});
    await contract(here, { overCapture: false });
    const now = await hold(manager, id);
    expect([other.body.code, body.state, body.note, now.state, now.capturedMinor]).toEqual([
      'request_waiting',
      'failed',
      'approval_differs',
      'active',
      0,
    ]);
  });

  it('is not asked for any more once the hold has ended', async () => {
    const here = await product();
    const { id } = await held(here);
    const support = await here.as('support');
    const asked = await step(support, id, 'reauthorization', 90_000_000);
    const released = await step(support, id, 'release');
    const { body } = await support.get(`/api/approvals/${asked.body.approval.id}`);
    expect([released.body.result, body.state, body.note]).toEqual(['approved', 'expired', 'hold_over']);
  });
});
