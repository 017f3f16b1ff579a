import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { ScheduleView } from '@recaudo/shared';
import { eventually } from '../support/eventually.js';
import { storeInstrument } from '../support/instruments.js';
import { Api, CARDS, useProduct, type Answer, type Product } from '../support/product.js';
import { act, createSchedule, dayFromNow, scheduleOf, untilPeriod } from '../support/schedules.js';

const product = useProduct();
const DAY = 24 * 60;
/** Past the hour of the charge, whatever hour it is now. */
const TOMORROW = DAY + 30;

let good: Promise<string> | null = null;
let poor: Promise<string> | null = null;
const card = (here: Product): Promise<string> => (good ??= storeInstrument(here, CARDS.approved));
const poorCard = (here: Product): Promise<string> =>
  (poor ??= storeInstrument(here, CARDS.insufficientFunds));

/** Due at once. */
async function due(
  here: Product,
  instrumentId: string,
  more: Record<string, unknown> = {},
): Promise<ScheduleView> {
  return createSchedule(here, instrumentId, { startOn: await dayFromNow(here, 0), chargeHour: 0, ...more });
}

async function charges(here: Product, { reference }: ScheduleView): Promise<number> {
  return (await here.book()).filter((line) => line.reference.startsWith(`${reference}-`)).length;
}

async function decide(here: Product, path: string, body?: unknown): Promise<Answer> {
  const support = await here.as('support');
  return support.post(`/api/periods/${path}`, body, { headers: { 'idempotency-key': randomUUID() } });
}

describe('a period that the bank refuses for lack of balance', () => {
  it('is tried again on the next three days, and then its schedule is cancelled', async () => {
    const here = await product();
    const made = await due(here, await poorCard(here));
    const first = await untilPeriod(here, made.id, 1, 'retrying');
    for (const tries of [2, 3, 4]) {
      await here.advance(TOMORROW);
      await eventually(
        async () =>
          (await scheduleOf(here, made.id)).periods.find(({ number }) => number === 1)?.tries === tries,
        {
          seconds: 20,
          what: `try ${tries}`,
        },
      );
    }
    await untilPeriod(here, made.id, 1, 'unpaid');
    const { state, endedWhy, periods } = await scheduleOf(here, made.id);
    expect([first.reason, state, endedWhy, periods.map((each) => each.state)]).toEqual([
      ...['51', 'cancelled', 'unpaid'],
      ['cancelled', 'unpaid'],
    ]);
  });

  it('is tried no sooner than a day after it was sent, by the gateway’s own day', async () => {
    const here = await product();
    const made = await due(here, await poorCard(here));
    const { nextTryAt } = await untilPeriod(here, made.id, 1, 'retrying');
    const { rows } = await here.db.query<{ at: Date }>(
      'SELECT c.sent_at AS at FROM collects c JOIN periods p ON p.session_id = c.id WHERE p.schedule_id = $1',
      [made.id],
    );
    const hours = (Date.parse(nextTryAt ?? '') - (rows[0]?.at.getTime() ?? 0)) / 3_600_000;
    expect(hours).toBeGreaterThanOrEqual(24);
  });

  it('is unpaid, and tried no more, once its schedule has come to the end that was chosen', async () => {
    const here = await product();
    const made = await due(here, await poorCard(here), { unit: 'day' });
    await untilPeriod(here, made.id, 1, 'retrying');
    await act(here, made.id, { act: 'cancel', when: 'period_end' });
    await here.advance(TOMORROW);
    const { why, nextTryAt } = await untilPeriod(here, made.id, 1, 'unpaid');
    expect([why, nextTryAt]).toEqual(['cancelled', null]);
  });

  it('is paid by the link that its payer was sent, and tried no more', async () => {
    const here = await product();
    const made = await due(here, await poorCard(here));
    const { payUrl } = await untilPeriod(here, made.id, 1, 'retrying');
    const led = await new Api(here.server.url).get(new URL(payUrl ?? '').pathname);
    await here.pay(led.headers.get('location') ?? '', CARDS.approved);
    const paid = await untilPeriod(here, made.id, 1, 'paid');
    await here.advance(TOMORROW);
    const { pastDueSince } = await scheduleOf(here, made.id);
    expect([paid.paidBy, paid.nextTryAt, pastDueSince, await charges(here, made)]).toEqual([
      'link',
      null,
      null,
      1,
    ]);
  });

  it('tells its payer by e-mail why, when it is tried again and where to pay', async () => {
    const here = await product();
    const made = await due(here, await poorCard(here));
    const { payUrl } = await untilPeriod(here, made.id, 1, 'retrying');
    const { rows } = await here.db.query<{ recipient: string; data: Record<string, unknown> }>(
      `SELECT recipient, data FROM mails WHERE template = 'charge_failed' AND data->>'reference' = $1`,
      [`${made.reference}-1`],
    );
    expect([rows.length, rows[0]?.recipient, rows[0]?.data.reasonClass, rows[0]?.data.payUrl]).toEqual([
      ...[1, 'ana@example.com', 'balance'],
      payUrl,
    ]);
  });

  it('is not tried while its schedule is paused', async () => {
    const here = await product();
    const made = await due(here, await poorCard(here));
    await untilPeriod(here, made.id, 1, 'retrying');
    await act(here, made.id, { act: 'pause' });
    await here.advance(TOMORROW);
    const { periods } = await scheduleOf(here, made.id);
    const first = periods.find(({ number }) => number === 1);
    expect([first?.state, first?.why, first?.tries]).toEqual(['unpaid', 'paused', 1]);
  });
});

describe('a period whose live link may still be paid', () => {
  it('is charged only once that link is cancelled, and proven so', async () => {
    const here = await product();
    const made = await due(here, await poorCard(here));
    const { payUrl } = await untilPeriod(here, made.id, 1, 'retrying');
    await new Api(here.server.url).get(new URL(payUrl ?? '').pathname);
    await act(here, made.id, { act: 'instrument', instrumentId: await card(here) });
    await here.advance(TOMORROW);
    await untilPeriod(here, made.id, 1, 'paid');
    const { rows } = await here.db.query<{ state: string }>(
      `SELECT s.state FROM sessions s JOIN periods p ON p.order_id = s.order_id
       WHERE p.schedule_id = $1 AND p.number = 0 ORDER BY s.created_at`,
      [made.id],
    );
    expect([rows.map(({ state }) => state), await charges(here, made)]).toEqual([
      ['rejected', 'cancelled', 'approved'],
      1,
    ]);
  });

  it('is blocked while its payer’s bank has not said how the payment ended, and says until when', async () => {
    const here = await product();
    const made = await due(here, await poorCard(here));
    const { payUrl } = await untilPeriod(here, made.id, 1, 'retrying');
    const led = await new Api(here.server.url).get(new URL(payUrl ?? '').pathname);
    await here.fault('payment', 'pending_for_ever');
    await here.pay(led.headers.get('location') ?? '', CARDS.approved);
    await here.advance(TOMORROW);
    const blocked = await untilPeriod(here, made.id, 1, 'blocked');
    expect([blocked.why, blocked.until !== null, blocked.blockedBy !== null]).toEqual([
      'session_live',
      true,
      true,
    ]);
  });
});

describe('a period that is hopeless to charge again', () => {
  it('stays unpaid after a hard decline, and its schedule goes on', async () => {
    const here = await product();
    const declined = await storeInstrument(here, CARDS.approved);
    await here.fault('payment', 'decline', { reason: '14' });
    const made = await due(here, declined);
    const period = await untilPeriod(here, made.id, 1, 'unpaid');
    const { state, pastDueSince } = await scheduleOf(here, made.id);
    expect([period.why, period.reason, period.nextTryAt, state, pastDueSince !== null]).toEqual([
      ...['hard', '14', null, 'active'],
      true,
    ]);
  });

  it('waits for a person when the code is one that nobody documents', async () => {
    const here = await product();
    await here.fault('payment', 'decline', { reason: 'Q7' });
    const made = await due(here, await card(here));
    const period = await untilPeriod(here, made.id, 1, 'waiting');
    expect([period.why, period.reason]).toEqual(['unlisted', 'Q7']);
  });

  it('is unpaid at once when its means of payment was revoked, and can be paid at its link', async () => {
    const here = await product();
    const dead = await storeInstrument(here, CARDS.approved);
    const made = await createSchedule(here, dead, { startOn: await dayFromNow(here, 1), chargeHour: 0 });
    await (await here.as('support')).post(`/api/instruments/${dead}/revoke`, { reason: 'Lo pidió' });
    await here.advance(TOMORROW);
    const period = await untilPeriod(here, made.id, 1, 'unpaid');
    expect([period.why, period.tries, period.payUrl !== null]).toEqual(['instrument_revoked', 0, true]);
  });

  it('waits while its means of payment is suspended, and is charged once somebody resumes it', async () => {
    const here = await product();
    const support = await here.as('support');
    const id = await storeInstrument(here, CARDS.approved);
    const made = await createSchedule(here, id, { startOn: await dayFromNow(here, 1), chargeHour: 0 });
    await support.post(`/api/instruments/${id}/suspend`, { reason: 'Disputa con el banco' });
    await here.advance(TOMORROW);
    const blocked = await untilPeriod(here, made.id, 1, 'blocked');
    await support.post(`/api/instruments/${id}/resume`, { reason: 'Resuelta' });
    await here.advance(6 * 60 + 5);
    await untilPeriod(here, made.id, 1, 'paid');
    expect([blocked.why, blocked.tries]).toEqual(['instrument_suspended', 0]);
  });

  it('is left to a person when somebody else has used its reference, and the next one goes on', async () => {
    const here = await product();
    const made = await createSchedule(here, await card(here), {
      startOn: await dayFromNow(here, 1),
      chargeHour: 0,
    });
    await here.open({ reference: `${made.reference}-1` });
    await here.advance(TOMORROW);
    const { why } = await untilPeriod(here, made.id, 1, 'waiting');
    const { next } = await scheduleOf(here, made.id);
    expect([why, next !== null]).toEqual(['reference_taken', true]);
  });

  it('is tried again when nobody judged the charge, and that counts as no try', async () => {
    const here = await product();
    await here.fault('payment', 'technical');
    const made = await due(here, await card(here));
    const period = await untilPeriod(here, made.id, 1, 'retrying');
    await here.advance(TOMORROW);
    await untilPeriod(here, made.id, 1, 'paid');
    expect(period.why).toBe('technical');
  });
});

describe('a schedule that was cancelled because nobody paid', () => {
  it('tries none of its other periods either', async () => {
    const here = await product();
    const made = await due(here, await poorCard(here), { unit: 'day' });
    await untilPeriod(here, made.id, 1, 'retrying');
    for (const tries of [2, 3, 4]) {
      await here.advance(TOMORROW);
      await eventually(
        async () =>
          (await scheduleOf(here, made.id)).periods.find(({ number }) => number === 1)?.tries === tries,
        { seconds: 20, what: `try ${tries}` },
      );
    }
    await untilPeriod(here, made.id, 1, 'unpaid');
    const { state, periods } = await scheduleOf(here, made.id);
    expect([state, periods.filter((each) => each.state === 'retrying')]).toEqual(['cancelled', []]);
  });
});

describe('what people decide about a period', () => {
  it('is charged by hand once its day at the gateway is over, and not before', async () => {
    const here = await product();
    await here.fault('payment', 'decline', { reason: '14' });
    const made = await due(here, await card(here));
    const { id } = await untilPeriod(here, made.id, 1, 'unpaid');
    const soon = await decide(here, `${id}/charge`);
    await here.advance(TOMORROW);
    const later = await decide(here, `${id}/charge`);
    expect([soon.body.code, later.body.result, (await untilPeriod(here, made.id, 1, 'paid')).paidBy]).toEqual(
      [...['charged_already', 'approved'], 'collect'],
    );
  });

  it('is waived: nobody charges it, and nobody can pay it', async () => {
    const here = await product();
    const made = await due(here, await poorCard(here));
    const { id, payUrl } = await untilPeriod(here, made.id, 1, 'retrying');
    const { body } = await decide(here, `${id}/waive`, { reason: 'Cortesía' });
    await here.advance(TOMORROW);
    const led = await new Api(here.server.url).get(new URL(payUrl ?? '').pathname);
    const { pastDueSince } = await scheduleOf(here, made.id);
    expect([body.state, body.why, led.headers.get('location'), pastDueSince]).toEqual([
      'skipped',
      'waived',
      null,
      null,
    ]);
  });

  it('is refused for one that is paid', async () => {
    const here = await product();
    const made = await due(here, await card(here));
    const { id } = await untilPeriod(here, made.id, 1, 'paid');
    const { status, body } = await decide(here, `${id}/charge`);
    expect([status, body.code, body.detail]).toEqual([409, 'period_over', 'paid']);
  });
});
