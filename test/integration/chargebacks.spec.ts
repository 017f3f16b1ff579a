import { describe, expect, it } from '@jest/globals';
import { addDays, localDay, type TransactionDetail } from '@recaudo/shared';
import { act, paid, paidInDollars, refund } from '../support/money.js';
import { useProduct, type Api, type Product } from '../support/product.js';

const product = useProduct();

const detail = async (api: Api, id: string): Promise<TransactionDetail> =>
  (await api.get(`/api/transactions/${id}`)).body as TransactionDetail;

const dollars = { currency: 'USD' };

/** By the practice clock, in the shops' westernmost zone. */
async function today(here: Product): Promise<string> {
  const { body } = await here.anonymous().get('/api/practice');
  return localDay(Date.now() + Number(body.clockOffsetMs), 'America/Bogota');
}

/** A payment that went out twice: given back whole, and claimed back whole by its payer. `win` wins so much of the dispute. */
async function returnedAndClaimed() {
  const here = await product();
  const finance = await here.as('finance');
  const { id } = await paid(here);
  await refund(await here.as('support'), id, 8_450_000);
  const day = await today(here);
  const claim = { amountMinor: 8_450_000, currency: 'COP', day, reason: 'Desconoce la compra' };
  const { body } = await act(finance, `/api/transactions/${id}/chargeback`, claim);
  const win = (amountMinor: number) =>
    act(finance, `/api/transactions/${body.transaction.id}/chargeback-reversal`, {
      ...{ amountMinor, day, reason: 'Disputa ganada' },
    });
  return { finance, id, win };
}

describe('a chargeback', () => {
  it('takes from what may be refunded, and gives it back when it is won', async () => {
    const here = await product();
    const finance = await here.as('finance');
    const { id } = await paid(here);
    const day = await today(here);
    const recorded = await act(finance, `/api/transactions/${id}/chargeback`, {
      ...{ amountMinor: 5_000_000, currency: 'COP', day, caseNumber: 'CB-77' },
      reason: 'Desconoce la compra',
    });
    const between = await detail(finance, id);
    await act(finance, `/api/transactions/${recorded.body.transaction.id}/chargeback-reversal`, {
      ...{ amountMinor: 5_000_000, day, reason: 'Disputa ganada' },
    });
    const after = await detail(finance, id);
    expect([
      recorded.body.result,
      between.refundable?.refundableMinor,
      after.refundable?.refundableMinor,
    ]).toEqual(['approved', 3_450_000, 8_450_000]);
  });

  it('is not won before it was made', async () => {
    const here = await product();
    const finance = await here.as('finance');
    const { id } = await paid(here);
    await here.advance(2 * 24 * 60);
    const day = await today(here);
    const claim = { amountMinor: 5_000_000, currency: 'COP', day, reason: 'Desconoce la compra' };
    const { body } = await act(finance, `/api/transactions/${id}/chargeback`, claim);
    const won = await act(finance, `/api/transactions/${body.transaction.id}/chargeback-reversal`, {
      ...{ amountMinor: 5_000_000, day: addDays(day, -1), reason: 'Disputa ganada' },
    });
    expect([won.status, won.body.errors]).toEqual([422, { day: ['before_payment'] }]);
  });
});

describe('a chargeback of a payment that was given back already', () => {
  it('is said aloud: the money went out twice, until the dispute is won', async () => {
    const { finance, id, win } = await returnedAndClaimed();
    const claimed = await detail(finance, id);
    await win(8_450_000);
    const won = await detail(finance, id);
    const found = [claimed, won].map(({ reviews }) =>
      reviews.map((each) => [each.kind, each.resolvedAt === null]),
    );
    expect(found).toEqual([[['returned_twice', true]], [['returned_twice', false]]]);
  });
});

describe('a dispute that is won in part', () => {
  it('leaves only the rest to be looked at', async () => {
    const { finance, id, win } = await returnedAndClaimed();
    await win(5_000_000);
    const { reviews } = await detail(finance, id);
    expect(reviews.map(({ kind, amountMinor, resolvedAt }) => [kind, amountMinor, resolvedAt])).toEqual([
      ['returned_twice', 3_450_000, null],
    ]);
  });

  it('opens nothing anew once a person has seen that the money went out twice', async () => {
    const { finance, id, win } = await returnedAndClaimed();
    const [review] = (await detail(finance, id)).reviews;
    await finance.post(`/api/reviews/${review?.id}/resolve`, { note: 'Se disputó con el adquirente' });
    await win(5_000_000);
    const { reviews } = await detail(finance, id);
    expect(reviews.map(({ kind, resolvedAt }) => [kind, resolvedAt === null])).toEqual([
      ['returned_twice', false],
    ]);
  });
});

describe('a chargeback of a payment whose refund is under way', () => {
  it('is recorded all the same: evidence always gets in', async () => {
    const here = await product();
    const { id } = await paidInDollars(here);
    await refund(await here.as('support'), id, 4_000, dollars);
    const day = await today(here);
    const finance = await here.as('finance');
    const claim = { amountMinor: 8_000, currency: 'USD', day, reason: 'Desconoce la compra' };
    const recorded = await act(finance, `/api/transactions/${id}/chargeback`, claim);
    const before = await act(finance, `/api/transactions/${id}/chargeback`, { ...claim, day: '1900-01-01' });
    const { refundable, reviews } = await detail(finance, id);
    expect([
      ...[recorded.body.result, before.body.errors, refundable?.chargedBackMinor],
      reviews.map(({ kind, amountMinor }) => [kind, amountMinor]),
    ]).toEqual(['approved', { day: ['before_payment'] }, 8_000, [['returned_twice', 2_000]]]);
  });

  it('needs nobody any more once the refund is withdrawn', async () => {
    const here = await product();
    const { id } = await paidInDollars(here);
    const { body } = await refund(await here.as('support'), id, 4_000, dollars);
    const finance = await here.as('finance');
    const day = await today(here);
    const claim = { amountMinor: 8_000, currency: 'USD', day, reason: 'Desconoce la compra' };
    await act(finance, `/api/transactions/${id}/chargeback`, claim);
    await act(finance, `/api/transactions/${body.transaction.id}/withdraw`, { reason: 'Ya hay contracargo' });
    const { reviews } = await detail(finance, id);
    expect(reviews.map(({ kind, resolvedAt }) => [kind, resolvedAt === null])).toEqual([
      ['returned_twice', false],
    ]);
  });
});
