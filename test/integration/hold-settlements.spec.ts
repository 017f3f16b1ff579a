import { describe, expect, it } from '@jest/globals';
import type { ReviewView } from '@recaudo/shared';
import { eventually } from '../support/eventually.js';
import { act, held } from '../support/money.js';
import { useProduct, type Answer, type Product } from '../support/product.js';

const product = useProduct();

const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Bogota' }).format(new Date());
const CAPTURED = {
  ended: 'captured',
  amountMinor: 8_450_000,
  day: today,
  evidence: 'Extracto del adquirente, línea 12',
  reason: 'Se capturó en la consola',
};
const RELEASED = {
  ended: 'released',
  evidence: 'Consola de la pasarela: anulada',
  reason: 'El hotel la soltó',
};

/** A hold that somebody ended elsewhere: a capture of ours was refused, and nobody can find out more. */
async function unclear(here: Product) {
  const made = await held(here);
  await here.control('POST', `/transactions/${made.payment.internalReference}/release`);
  const path = `/api/preauthorizations/${made.id}`;
  await act(await here.as('support'), `${path}/checkout`, { amountMinor: 8_450_000, currency: 'COP' });
  return { ...made, path };
}

const openOf = (reviews: readonly ReviewView[]) =>
  reviews.filter(({ resolvedAt }) => resolvedAt === null).map(({ kind }) => kind);

async function settle(here: Product, path: string, body: Record<string, unknown>): Promise<Answer> {
  return (await here.as('finance')).post(`${path}/settle`, body);
}

async function approve(here: Product, asked: Answer): Promise<Answer> {
  return (await here.as('manager')).post(`/api/approvals/${asked.body.approval.id}/approve`, {});
}

describe('a hold of which nobody knows how it ended', () => {
  it('is captured once a person says so with evidence and a second one agrees', async () => {
    const here = await product();
    const { path, session } = await unclear(here);
    const asked = await settle(here, path, CAPTURED);
    const before = (await here.session(session.id)).order.state;
    const { body: decided } = await approve(here, asked);
    const support = await here.as('support');
    const { body: hold } = await support.get(path);
    const { body: capture } = await support.get(`/api/transactions/${decided.transactionId}`);
    const { order, reviews } = await here.session(session.id, support);
    expect({
      ...{ before, state: hold.state, capturedMinor: hold.capturedMinor, order: order.state },
      ...{ open: openOf(reviews), refundable: capture.refundable.refundableMinor },
    }).toEqual({
      ...{ before: 'held', state: 'captured', capturedMinor: 8_450_000, order: 'paid' },
      ...{ open: [], refundable: 8_450_000 },
    });
  });

  it('holds nothing any more once it is said that it was let go', async () => {
    const here = await product();
    const { path, session } = await unclear(here);
    await approve(here, await settle(here, path, RELEASED));
    const { body: hold } = await (await here.as('support')).get(path);
    const { order, reviews } = await here.session(session.id, await here.as('support'));
    expect([hold.state, order.state, order.heldMinor, openOf(reviews)]).toEqual(['released', 'due', 0, []]);
  });

  it.each([
    ['more than was held', { ...CAPTURED, amountMinor: 8_450_001 }, { amountMinor: ['above_hold'] }],
    ['a capture without an amount', { ...CAPTURED, amountMinor: undefined }, { amountMinor: ['required'] }],
    ['a capture without a day', { ...CAPTURED, day: undefined }, { day: ['required'] }],
    ['a capture before it was held', { ...CAPTURED, day: '2026-01-15' }, { day: ['before_payment'] }],
    [
      'a release with an amount',
      { ...RELEASED, amountMinor: 100 },
      { amountMinor: ['not_of_a_released_one'] },
    ],
    ['no evidence', { ...RELEASED, evidence: '' }, { evidence: [expect.any(String)] }],
  ])('cannot be said to have ended with %s', async (_what, body, errors) => {
    const here = await product();
    const { path } = await unclear(here);
    const answer = await settle(here, path, body);
    expect([answer.status, answer.body.errors]).toEqual([422, errors]);
  });

  it('can be told of once at a time', async () => {
    const here = await product();
    const { path } = await unclear(here);
    await settle(here, path, CAPTURED);
    const other = await settle(here, path, RELEASED);
    expect([other.status, other.body.code]).toEqual([409, 'request_waiting']);
  });
});

/** How all that was captured could be given back now. */
async function routeBack(here: Product, settled: Answer): Promise<[route: string, why: string]> {
  const path = `/api/transactions/${settled.body.transactionId}/reverse?amountMinor=8450000`;
  const { body } = await (await here.as('support')).get(path);
  return [body.route, body.why];
}

describe('a capture that a person stated', () => {
  it('is given back through the gateway where its number is known', async () => {
    const here = await product();
    const { path } = await unclear(here);
    const numbered = { ...CAPTURED, internalReference: '990000001' };
    const settled = await approve(here, await settle(here, path, numbered));
    expect(await routeBack(here, settled)).toEqual(['reverse', 'before_cut_off']);
  });

  it('is not given back through the gateway where nobody knows its number', async () => {
    const here = await product();
    const { path } = await unclear(here);
    const settled = await approve(here, await settle(here, path, CAPTURED));
    expect(await routeBack(here, settled)).toEqual(['impossible', 'number_unknown']);
  });

  it('does not have the number of another movement', async () => {
    const here = await product();
    const { path, payment } = await unclear(here);
    const internalReference = payment.internalReference ?? '';
    const { status, body } = await settle(here, path, { ...CAPTURED, internalReference });
    expect([status, body.errors]).toEqual([422, { internalReference: ['taken'] }]);
  });

  it('names its operation to whoever approves it, and why it failed when it could not be carried out', async () => {
    const here = await product();
    const { path } = await unclear(here);
    await here.db.query('UPDATE gateway_accounts SET over_capture = true');
    const asked = await settle(here, path, { ...CAPTURED, amountMinor: 9_000_000 });
    await here.db.query('UPDATE gateway_accounts SET over_capture = false');
    const { body } = await approve(here, asked);
    expect([asked.body.approval.data.operation, body.state, body.note]).toEqual([
      'checkin',
      'failed',
      'above_hold',
    ]);
  });

  it('of more than was held is more than is owed: nobody allowed it', async () => {
    const here = await product();
    const { path, session } = await unclear(here);
    const overCapture = (allowed: boolean) =>
      here.db.query(`UPDATE gateway_accounts SET over_capture = ${allowed}`);
    await overCapture(true);
    await approve(here, await settle(here, path, { ...CAPTURED, amountMinor: 9_000_000 }));
    await overCapture(false);
    const { order, reviews } = await here.session(session.id, await here.as('finance'));
    expect([order.dueMinor, openOf(reviews)]).toEqual([8_450_000, ['overpaid']]);
  });
});

describe('a hold whose capture was sent twice', () => {
  /** The first answer is lost; the second says that the hold is closed. */
  async function sentTwice(here: Product) {
    const made = await held(here);
    const support = await here.as('support');
    const path = `/api/preauthorizations/${made.id}`;
    await here.fault('transaction.checkout', 'drop_after');
    const { body } = await act(support, `${path}/checkout`, { amountMinor: 8_450_000, currency: 'COP' });
    await here.advance(5);
    await eventually(async () => (await support.get(path)).body.state === 'unclear', {
      what: 'the second send',
    });
    return { ...made, operation: `/api/transactions/${body.transaction.id}` };
  }

  it('has ended, and people are asked about the capture alone', async () => {
    const here = await product();
    const { session } = await sentTwice(here);
    const finance = await here.as('finance');
    const asked = await eventually(
      async () => {
        const open = openOf((await here.session(session.id, finance)).reviews);
        return open.length > 0 && open;
      },
      { what: 'people being asked' },
    );
    expect(asked).toEqual(['operation_unknown']);
  });

  it('is asked about itself once the capture is stated not to have been done', async () => {
    const here = await product();
    const { session, operation } = await sentTwice(here);
    const stated = { state: 'rejected', evidence: 'No está en el extracto', reason: 'No se cobró' };
    await approve(here, await settle(here, operation, stated));
    const { reviews } = await here.session(session.id, await here.as('finance'));
    expect(openOf(reviews)).toEqual(['hold_unclear']);
  });
});

describe('a hold that is active', () => {
  it('cannot be said to have ended: it can be captured and released', async () => {
    const here = await product();
    const { id } = await held(here);
    const answer = await settle(here, `/api/preauthorizations/${id}`, RELEASED);
    expect([answer.status, answer.body.code]).toEqual([409, 'hold_not_unclear']);
  });
});
