import { describe, expect, it } from '@jest/globals';
import type { ScheduleView } from '@recaudo/shared';
import { charge, storeInstrument } from '../support/instruments.js';
import { act as money } from '../support/money.js';
import { Api, CARDS, useProduct, type Product } from '../support/product.js';
import { createSchedule, dayFromNow, scheduleOf, untilPeriod } from '../support/schedules.js';

const product = useProduct();
const DAY = 24 * 60;
const TOMORROW = DAY + 30;
const REASON = { reason: 'Disputa con el banco' };

async function due(
  here: Product,
  instrumentId: string,
  more: Record<string, unknown> = {},
): Promise<ScheduleView> {
  return createSchedule(here, instrumentId, { startOn: await dayFromNow(here, 0), chargeHour: 0, ...more });
}

/** Each period as the page of its schedule has it, oldest first. */
async function reads(here: Product, { id }: ScheduleView): Promise<string[]> {
  const { periods } = await scheduleOf(here, id);
  return periods.map(({ number, state }) => `${number} ${state}`).reverse();
}

describe('money of a period’s order that comes in by another way', () => {
  it('pays it when the gateway took more than was asked, and a person is told', async () => {
    const here = await product();
    await here.fault('collect', 'other_amount');
    const made = await due(here, await storeInstrument(here, CARDS.approved));
    await untilPeriod(here, made.id, 1, 'paid');
    const { rows } = await here.db.query<{ kind: string }>(
      `SELECT r.kind FROM reviews r JOIN periods p ON p.order_id = r.order_id
       WHERE p.schedule_id = $1 AND r.resolved_at IS NULL ORDER BY r.kind`,
      [made.id],
    );
    expect(rows.map(({ kind }) => kind)).toEqual(['amount_differs', 'overpaid']);
  });

  it('waits for a person when the gateway took less than was asked, and is not asked for again', async () => {
    const here = await product();
    await here.fault('collect', 'less_amount');
    const made = await due(here, await storeInstrument(here, CARDS.approved));
    const { why } = await untilPeriod(here, made.id, 1, 'waiting');
    await here.advance(3 * DAY);
    // By the time that another one is charged, this one would have been too.
    const other = await due(here, await storeInstrument(here, CARDS.approved));
    await untilPeriod(here, other.id, 1, 'paid');
    const { rows } = await here.db.query<{ state: string }>(
      `SELECT s.state FROM sessions s JOIN periods p ON p.order_id = s.order_id
       WHERE p.schedule_id = $1 AND p.number = 0 AND s.collected`,
      [made.id],
    );
    expect([why, rows]).toEqual(['order_differs', [{ state: 'approved' }]]);
  });

  it('pays it: a hold of the same order that somebody captures', async () => {
    const here = await product();
    const other = await storeInstrument(here, CARDS.approved);
    await here.fault('payment', 'decline', { reason: '14' });
    const made = await due(here, other);
    await untilPeriod(here, made.id, 1, 'unpaid');
    await here.advance(TOMORROW);
    const again = { reference: `${made.reference}-1`, amountMinor: 4_000_000, hold: true };
    const { body } = await charge(here, other, again, await here.as('support'));
    const { transactions } = (await (await here.as('support')).get(`/api/sessions/${body.session.id}`)).body;
    const captured = { amountMinor: 4_000_000, currency: 'COP' };
    await money(await here.as('support'), `/api/preauthorizations/${transactions[0].id}/checkout`, captured);

    expect((await untilPeriod(here, made.id, 1, 'paid')).paidBy).toBe('link');
  });
});

describe('periods that stood still while their means of payment was suspended', () => {
  it('are charged one a day beside the day’s own, oldest first', async () => {
    const here = await product();
    const id = await storeInstrument(here, CARDS.approved);
    const made = await due(here, id, { unit: 'day' });
    await untilPeriod(here, made.id, 1, 'paid');
    await (await here.as('support')).post(`/api/instruments/${id}/suspend`, REASON);
    for (const number of [2, 3]) {
      await here.advance(DAY);
      await untilPeriod(here, made.id, number, 'blocked');
    }
    await (await here.as('support')).post(`/api/instruments/${id}/resume`, REASON);
    await here.advance(DAY);
    await untilPeriod(here, made.id, 4, 'paid');
    await untilPeriod(here, made.id, 2, 'paid');
    const first = await reads(here, made);
    await here.advance(DAY);
    await untilPeriod(here, made.id, 5, 'paid');
    await untilPeriod(here, made.id, 3, 'paid');
    expect(first.slice(1, 4)).toEqual(['2 paid', '3 blocked', '4 paid']);
  });

  it('wait for a person once they are more than three days late', async () => {
    const here = await product();
    const id = await storeInstrument(here, CARDS.approved);
    const made = await due(here, id, { unit: 'week' });
    await untilPeriod(here, made.id, 1, 'paid');
    const support = await here.as('support');
    await support.post(`/api/instruments/${id}/suspend`, REASON);
    await here.advance(7 * DAY + 30);
    await untilPeriod(here, made.id, 2, 'blocked');
    await here.advance(4 * DAY);
    await support.post(`/api/instruments/${id}/resume`, REASON);
    await here.advance(6 * 60);
    const { why, payUrl } = await untilPeriod(here, made.id, 2, 'waiting');
    // It was never asked for: its payer has a link all the same.
    expect([why, payUrl]).toEqual(['late', expect.stringContaining('/p/')]);
  });
});

describe('a period whose payer stands at its link', () => {
  it('keeps the link when its means of payment could not be charged anyway', async () => {
    const here = await product();
    const poor = await storeInstrument(here, CARDS.insufficientFunds);
    const made = await due(here, poor);
    const { payUrl } = await untilPeriod(here, made.id, 1, 'retrying');
    await new Api(here.server.url).get(new URL(payUrl ?? '').pathname);
    await (await here.as('support')).post(`/api/instruments/${poor}/revoke`, REASON);
    await here.advance(TOMORROW);
    const { why } = await untilPeriod(here, made.id, 1, 'blocked');
    const { rows } = await here.db.query<{ state: string }>(
      `SELECT s.state FROM sessions s JOIN periods p ON p.order_id = s.order_id
       WHERE p.schedule_id = $1 AND NOT s.collected`,
      [made.id],
    );
    expect([why, rows]).toEqual(['session_live', [{ state: 'pending' }]]);
  });
});
