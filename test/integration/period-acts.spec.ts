import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { PeriodView, Replacement, ScheduleView } from '@recaudo/shared';
import { eventually } from '../support/eventually.js';
import { askForAnother, storeInstrument } from '../support/instruments.js';
import { Api, CARDS, useProduct, type Answer, type Product } from '../support/product.js';
import { act, createSchedule, dayFromNow, scheduleOf, untilPeriod } from '../support/schedules.js';

const product = useProduct();
const DAY = 24 * 60;
/** Past the hour of the charge, whatever hour it is now. */
const TOMORROW = DAY + 30;
const CANCEL = { act: 'cancel', when: 'now' };

let good: Promise<string> | null = null;
const card = (here: Product): Promise<string> => (good ??= storeInstrument(here, CARDS.approved));

/** Due at once. */
async function due(
  here: Product,
  instrumentId: string,
  more: Record<string, unknown> = {},
): Promise<ScheduleView> {
  return createSchedule(here, instrumentId, { startOn: await dayFromNow(here, 0), chargeHour: 0, ...more });
}

/** Refused by the bank for good, and past due. */
async function unpaid(here: Product, more: Record<string, unknown> = {}): Promise<ScheduleView> {
  const declined = await storeInstrument(here, CARDS.approved);
  await here.fault('payment', 'decline', { reason: '14' });
  const made = await due(here, declined, more);
  await untilPeriod(here, made.id, 1, 'unpaid');
  return made;
}

async function decide(here: Product, path: string, body?: unknown): Promise<Answer> {
  const support = await here.as('support');
  return support.post(`/api/periods/${path}`, body, { headers: { 'idempotency-key': randomUUID() } });
}

async function before(here: Product, id: string, body: object): Promise<ScheduleView['outlook']> {
  return (await (await here.as('support')).post(`/api/schedules/${id}/preview`, body)).body;
}

async function periodOf(here: Product, { id }: ScheduleView, number = 1): Promise<PeriodView> {
  const found = (await scheduleOf(here, id)).periods.find((each) => each.number === number);
  if (!found) throw new Error(`no period ${number}`);
  return found;
}

const whyNotCharge = ({ availableActions }: PeriodView): string | null | undefined =>
  availableActions.find(({ action }) => action === 'charge')?.why;

async function payAtLink(here: Product, { payUrl }: PeriodView): Promise<void> {
  const led = await new Api(here.server.url).get(new URL(payUrl ?? '').pathname);
  await here.pay(led.headers.get('location') ?? '', CARDS.approved);
}

/** Charges of the site's account stand still while it does something. */
async function whileStopped(here: Product, work: () => Promise<unknown>): Promise<void> {
  const stop = (at: string): Promise<unknown> =>
    here.db.query(`UPDATE gateway_accounts SET collects_stopped_at = ${at}`);
  await stop('now()');
  try {
    await work();
  } finally {
    await stop('NULL');
  }
}

describe('a period whose reference something else has used', () => {
  it('is not offered to be charged, and is refused with the reason', async () => {
    const here = await product();
    const made = await createSchedule(here, await card(here), {
      startOn: await dayFromNow(here, 1),
      chargeHour: 0,
    });
    await here.open({ reference: `${made.reference}-1` });
    await here.advance(TOMORROW);
    const period = await untilPeriod(here, made.id, 1, 'waiting');
    const { body } = await decide(here, `${period.id}/charge`);
    const waived = await decide(here, `${period.id}/waive`, { reason: 'Se cobró por aparte' });
    expect([whyNotCharge(period), body.code, body.detail, waived.body.state]).toEqual([
      ...['reference_taken', 'order_differs', 'reference_taken'],
      'skipped',
    ]);
  });
});

describe('charging a period by hand within the gateway’s day', () => {
  it('says beforehand what went out, who asked for it and until when, and nothing once that day is over', async () => {
    const here = await product();
    const made = await unpaid(here);
    const { id } = await periodOf(here, made);
    const support = await here.as('support');
    const look = async () => (await support.get(`/api/periods/${id}/charge`)).body;
    const soon = await look();
    const refused = await decide(here, `${id}/charge`);
    await here.advance(TOMORROW);
    const later = await look();
    const hours = (Date.parse(soon.shield.until) - Date.parse(soon.shield.sentAt)) / 3_600_000;
    expect([soon.shield.state, soon.shield.by, hours, later]).toEqual([
      ...['rejected', '', 24],
      { shield: null, why: null },
    ]);
    expect([refused.body.code, refused.body.detail, refused.body.other.kind]).toEqual([
      ...['charged_already', soon.shield.until],
      'collect',
    ]);
  });

  it('names the person whose charge it was', async () => {
    const here = await product();
    const made = await unpaid(here);
    const { id } = await periodOf(here, made);
    await here.advance(TOMORROW);
    await here.fault('payment', 'decline', { reason: '14' });
    await decide(here, `${id}/charge`);
    const support = await here.as('support');
    const { body } = await support.get(`/api/periods/${id}/charge`);
    const { person } = (await support.get('/api/login')).body;
    expect(body.shield.by).toBe(person.name);
  });
});

describe('a schedule that is cancelled now', () => {
  it('tells beforehand what stays owed, charges it no more, and lets its payer pay it at the link', async () => {
    const here = await product();
    const made = await unpaid(here);
    const told = await before(here, made.id, CANCEL);
    const { body } = await act(here, made.id, CANCEL);
    const owed = await periodOf(here, made);
    await here.advance(TOMORROW);
    const charged = await decide(here, `${owed.id}/charge`);
    await payAtLink(here, owed);
    const paid = await untilPeriod(here, made.id, 1, 'paid');
    const after = await scheduleOf(here, made.id);
    expect([told.owed, body.outlook.owed, whyNotCharge(owed), charged.body.detail]).toEqual([
      ...[
        { count: 1, amountMinor: 4_000_000 },
        { count: 1, amountMinor: 4_000_000 },
      ],
      ...['schedule_over', 'cancelled'],
    ]);
    expect([paid.paidBy, after.state, after.outlook.owed.count, after.pastDueSince]).toEqual([
      ...['link', 'cancelled', 0],
      null,
    ]);
  });

  it('owes what fell due before and was never asked for, which can be paid at a link or waived', async () => {
    const here = await product();
    const made = await createSchedule(here, await card(here), {
      ...{ unit: 'day', startOn: await dayFromNow(here, 1), chargeHour: 0 },
    });
    await whileStopped(here, async () => {
      await here.advance(2 * DAY);
      const told = await before(here, made.id, CANCEL);
      await act(here, made.id, CANCEL);
      const after = await scheduleOf(here, made.id);
      expect([told.owed.count, after.outlook.owed]).toEqual([2, { count: 2, amountMinor: 8_000_000 }]);
    });
    const [first, second] = [await periodOf(here, made, 1), await periodOf(here, made, 2)];
    await payAtLink(here, first);
    const { paidBy } = await untilPeriod(here, made.id, 1, 'paid');
    const waived = await decide(here, `${second.id}/waive`, { reason: 'Cortesía' });
    const charges = (await here.book()).filter(({ reference }) => reference.startsWith(`${made.reference}-`));
    expect([first.why, paidBy, waived.body.state, charges.length]).toEqual([
      ...['cancelled', 'link', 'skipped'],
      1,
    ]);
  });

  it('owes nothing of a day that had not come', async () => {
    const here = await product();
    const made = await createSchedule(here, await card(here));
    const told = await before(here, made.id, CANCEL);
    await act(here, made.id, CANCEL);
    expect([told.owed.count, (await periodOf(here, made)).state]).toEqual([0, 'cancelled']);
  });

  it('owes the last period of its plan as well when that was due', async () => {
    const here = await product();
    const made = await createSchedule(here, await card(here), {
      ...{ startOn: await dayFromNow(here, 1), chargeHour: 0, maxPeriods: 1 },
    });
    await whileStopped(here, async () => {
      await here.advance(TOMORROW);
      const { body } = await act(here, made.id, CANCEL);
      expect([body.state, body.endedWhy, body.outlook.owed.count]).toEqual(['cancelled', 'chosen', 1]);
    });
  });
});

describe('the last period of a schedule that has finished', () => {
  it('is tried again by its policy, and paid', async () => {
    const here = await product();
    const poor = await storeInstrument(here, CARDS.insufficientFunds);
    const made = await due(here, poor, { maxPeriods: 1 });
    await untilPeriod(here, made.id, 1, 'retrying');
    const finished = await scheduleOf(here, made.id);
    const changed = await act(here, made.id, { act: 'instrument', instrumentId: await card(here) });
    await here.advance(TOMORROW);
    await untilPeriod(here, made.id, 1, 'paid');
    expect([finished.state, changed.status, (await scheduleOf(here, made.id)).state]).toEqual([
      ...['finished', 200],
      'finished',
    ]);
  });

  it('is charged by hand to another card when its own is of no use any more', async () => {
    const here = await product();
    const made = await unpaid(here, { maxPeriods: 1 });
    const { state, availableActions, instrument } = await scheduleOf(here, made.id);
    await (await here.as('support')).post(`/api/instruments/${instrument.id}/revoke`, { reason: 'Perdida' });
    const { id } = await periodOf(here, made);
    await here.advance(TOMORROW);
    const dead = await decide(here, `${id}/charge`);
    await act(here, made.id, { act: 'instrument', instrumentId: await card(here) });
    const { body } = await decide(here, `${id}/charge`);
    const offered = availableActions.filter(({ allowed }) => allowed).map(({ action }) => action);
    expect([state, offered, dead.body.code, body.result]).toEqual([
      ...['finished', ['instrument', 'policy'], 'instrument_unusable'],
      'approved',
    ]);
  });

  it('goes over to the card that its payer stored in the place of the old one', async () => {
    const here = await product();
    const made = await unpaid(here, { maxPeriods: 1 });
    const { instrument } = await scheduleOf(here, made.id);
    const asked: Replacement = (await askForAnother(await here.as('support'), instrument.id)).body;
    const led = await here.anonymous().get(new URL(asked.linkUrl).pathname);
    await here.pay(led.headers.get('location') ?? '', CARDS.approved);
    await eventually(async () => (await scheduleOf(here, made.id)).instrument.id !== instrument.id, {
      seconds: 20,
      what: 'the new card',
    });
    await here.advance(TOMORROW);
    const { body } = await decide(here, `${(await periodOf(here, made)).id}/charge`);
    expect(body.result).toBe('approved');
  });

  it('once it is paid the schedule takes no other card', async () => {
    const here = await product();
    const made = await due(here, await card(here), { maxPeriods: 1 });
    await untilPeriod(here, made.id, 1, 'paid');
    const { body } = await act(here, made.id, { act: 'instrument', instrumentId: await card(here) });
    expect([body.code, body.detail]).toEqual(['schedule_state', 'schedule_over']);
  });
});
