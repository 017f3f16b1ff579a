import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { ScheduleView } from '@recaudo/shared';
import { eventually } from '../support/eventually.js';
import { storeInstrument } from '../support/instruments.js';
import { CARDS, useProduct, type Answer, type Api, type Product } from '../support/product.js';
import {
  act,
  createSchedule,
  dayFromNow,
  scheduleInput,
  scheduleOf,
  untilPeriod,
} from '../support/schedules.js';

const product = useProduct();
let known: Promise<string> | null = null;
const card = (here: Product): Promise<string> => (known ??= storeInstrument(here, CARDS.approved));

const DAY = 24 * 60;

async function taken(here: Product, reference: string): Promise<string[]> {
  const lines = (await here.book()).filter((line) => line.reference.startsWith(`${reference}-`));
  return lines.map((line) => `${line.reference.slice(reference.length + 1)} ${line.amountMinor}`);
}

async function tryNew(here: Product, more: Record<string, unknown>, api?: Api): Promise<Answer> {
  const body = await scheduleInput(here, await card(here), more);
  return (api ?? here.shop()).post('/api/schedules', body, { headers: { 'idempotency-key': randomUUID() } });
}

describe('a schedule', () => {
  it('charges each period once, on its day, under a reference of its own', async () => {
    const here = await product();
    const made = await createSchedule(here, await card(here), {
      unit: 'day',
      startOn: await dayFromNow(here, 1),
    });
    await here.advance(2 * DAY);
    await untilPeriod(here, made.id, 1, 'paid');
    await here.advance(DAY);
    await untilPeriod(here, made.id, 2, 'paid');
    expect(await taken(here, made.reference)).toEqual(['1 4000000', '2 4000000']);
  });

  it('tells what it will charge, day by day, before anybody makes it', async () => {
    const here = await product();
    const input = await scheduleInput(here, await card(here), { startOn: '2027-01-31', maxPeriods: 14 });
    const { body } = await here.shop().post('/api/schedules/preview', input);
    const days = body.charges.slice(0, 3).map((charge: { day: string }) => charge.day);
    expect([days, body.more, body.accessEndsOn]).toEqual([
      ['2027-01-31', '2027-02-28', '2027-03-31'],
      2,
      '2028-03-31',
    ]);
  });

  it('is one, however often its request is sent', async () => {
    const here = await product();
    const input = await scheduleInput(here, await card(here));
    const headers = { 'idempotency-key': randomUUID() };
    const first = await here.shop().post('/api/schedules', input, { headers });
    const second = await here.shop().post('/api/schedules', input, { headers });
    expect(second.body.id).toBe(first.body.id);
  });

  it('is the same one for the same key also when its first day has passed, and another body is refused', async () => {
    const here = await product();
    const input = await scheduleInput(here, await card(here), { startOn: await dayFromNow(here, 1) });
    const headers = { 'idempotency-key': randomUUID() };
    const first = await here.shop().post('/api/schedules', input, { headers });
    await here.advance(3 * DAY);
    const second = await here.shop().post('/api/schedules', input, { headers });
    const other = await here.shop().post('/api/schedules', { ...input, plan: 'Otro plan' }, { headers });
    expect([second.status, second.body.id, other.status, other.body.code]).toEqual([
      ...[201, first.body.id],
      ...[409, 'idempotency_key_reused'],
    ]);
  });

  it.each([
    ['a start in the past', { startOn: '2020-01-01' }, 'startOn', 'in_the_past'],
    ['an amount of nothing', { amountMinor: 0 }, 'amountMinor', 'too_small'],
    ['a day that does not exist', { startOn: '2027-02-30' }, 'startOn', 'invalid_format'],
    ['an interval of 0', { interval: 0 }, 'interval', 'too_small'],
    ['an interval of 1,000', { interval: 1_000 }, 'interval', 'too_big'],
    ['every six years', { unit: 'year', interval: 6 }, 'interval', 'too_big'],
    ['a last day in 9999', { endOn: '9999-12-31' }, 'endOn', 'too_big'],
    ['another currency', { currency: 'USD' }, 'currency', 'other_currency'],
    ['an end before the start', { startOn: '2027-02-10', endOn: '2027-02-09' }, 'endOn', 'before_start'],
    [
      'an end within the trial',
      { startOn: '2027-02-10', trialDays: 30, endOn: '2027-02-20' },
      'endOn',
      'before_first_charge',
    ],
    ['a zone that nobody knows', { zone: 'America/Bogotá' }, 'zone', 'unknown_zone'],
    ['an anchor of weeks', { unit: 'week', anchorDay: 31 }, 'anchorDay', 'anchor_without_month'],
    ['a means of payment that nobody knows', { instrumentId: randomUUID() }, 'instrumentId', 'not_found'],
    ['a card number in the plan', { plan: 'Plan 4111 1111 1111 1111' }, 'plan', 'card_number'],
    [
      'taxes above the amount',
      { taxes: [{ kind: 'valueAddedTax', amountMinor: 5_000_000 }] },
      'taxes',
      'taxes_above_amount',
    ],
  ])('names the field of %s', async (_case, more, field, why) => {
    const here = await product();
    const { status, body } = await tryNew(here, more);
    expect([status, body.errors]).toEqual([422, { [field]: [why] }]);
  });

  it('does not take the means of payment of another site', async () => {
    const here = await product();
    const chile = { siteId: await here.siteId('cl'), currency: 'CLP', amountMinor: 5_000 };
    const { body } = await tryNew(here, chile, await here.as('support'));
    expect(body.errors).toEqual({ instrumentId: ['not_found'] });
  });

  it('does not take a means of payment that ends before the first charge', async () => {
    const here = await product();
    const instrumentId = await storeInstrument(here, CARDS.approved, { expiry: '12/27' });
    const { body } = await tryNew(here, { instrumentId, startOn: '2028-01-01' });
    expect(body.errors).toEqual({ instrumentId: ['expires_before_first_charge'] });
  });

  it('does not take a revoked means of payment, nor a reference twice', async () => {
    const here = await product();
    const revoked = await storeInstrument(here, CARDS.approved);
    await (await here.as('support')).post(`/api/instruments/${revoked}/revoke`, { reason: 'Lo pidió' });
    const dead = await tryNew(here, { instrumentId: revoked });
    const made = await createSchedule(here, await card(here));
    const twice = await tryNew(here, { reference: made.reference });
    expect([dead.body.errors, twice.body.errors]).toEqual([
      { instrumentId: ['instrument_revoked'] },
      { reference: ['reference_taken'] },
    ]);
  });
});

describe('a schedule whose first period could have no order', () => {
  it('is not made: something else has used that reference', async () => {
    const here = await product();
    const reference = `S-${randomUUID().slice(0, 18)}`;
    await here.open({ reference: `${reference}-1` });
    const { status, body } = await tryNew(here, { reference });
    const told = await here
      .shop()
      .post('/api/schedules/preview', await scheduleInput(here, await card(here), { reference }));
    const errors = { reference: ['period_reference_taken'] };
    expect([status, body.errors, told.body.errors]).toEqual([422, errors, errors]);
  });
});

describe('a means of payment of another payer', () => {
  const LUIS = { name: 'Luis', surname: 'Mora', email: 'luis@example.com', document: '79000111' };
  const changeTo = (instrumentId: string, more: Record<string, unknown> = {}) => ({
    act: 'instrument',
    instrumentId,
    ...more,
  });

  it('is refused until it is said that it is meant', async () => {
    const here = await product();
    const { id, instrument } = await createSchedule(here, await card(here));
    const other = await storeInstrument(here, CARDS.approved, LUIS);
    const silent = await act(here, id, changeTo(other));
    const denied = await act(here, id, changeTo(other, { anotherPayer: false }));
    const before = (await scheduleOf(here, id)).instrument.id;
    const said = await act(here, id, changeTo(other, { anotherPayer: true }));
    expect([silent.status, silent.body.code, silent.body.errors, denied.body.code]).toEqual([
      ...[409, 'another_payer', { anotherPayer: ['another_payer'] }],
      'another_payer',
    ]);
    expect([before, said.body.instrument.id, said.body.payer.name]).toEqual([instrument.id, other, 'Ana']);
  });

  it('has its owner’s name in the preview, and the payer’s own has none', async () => {
    const here = await product();
    const { id } = await createSchedule(here, await card(here));
    const support = await here.as('support');
    const told = async (instrumentId: string) =>
      (await support.post(`/api/schedules/${id}/preview`, changeTo(instrumentId))).body.anotherPayer;
    const others = await told(await storeInstrument(here, CARDS.approved, LUIS));
    const own = await told(await storeInstrument(here, CARDS.approved));
    expect([others?.name, others?.surname, others?.email, own]).toEqual([
      ...['Luis', 'Mora', 'luis@example.com'],
      null,
    ]);
  });

  it('is another’s as well where nobody knows whose it is', async () => {
    const here = await product();
    const { id } = await createSchedule(here, await card(here));
    const nobodys = await storeInstrument(here, CARDS.approved);
    await here.db.query('UPDATE instruments SET payer_id = NULL WHERE id = $1', [nobodys]);
    expect((await act(here, id, changeTo(nobodys))).body.code).toBe('another_payer');
  });

  it('makes a new schedule its owner’s: nobody else is charged by it', async () => {
    const here = await product();
    const { payer } = await createSchedule(here, await storeInstrument(here, CARDS.approved, LUIS));
    expect(payer.email).toBe('luis@example.com');
  });
});

describe('what is done to a schedule', () => {
  const daily = async (here: Product, more: Record<string, unknown> = {}): Promise<ScheduleView> =>
    createSchedule(here, await card(here), { unit: 'day', startOn: await dayFromNow(here, 1), ...more });
  const view = async (here: Product, id: string): Promise<ScheduleView> =>
    (await (await here.as('support')).get(`/api/schedules/${id}`)).body;
  const states = ({ periods }: ScheduleView): string[] =>
    periods.map(({ number, state }) => `${number} ${state}`).reverse();

  it('paused, it charges nothing; resumed, never what was paused', async () => {
    const here = await product();
    const { id, reference } = await daily(here);
    await act(here, id, { act: 'pause' });
    await here.advance(3 * DAY);
    const today = await dayFromNow(here, 0);
    const resumed = await act(here, id, { act: 'resume' });
    await here.advance(DAY);
    await eventually(async () => (await taken(here, reference)).length > 0, {
      seconds: 20,
      what: 'a charge',
    });
    expect([
      resumed.body.state,
      resumed.body.next.day >= today,
      (await taken(here, reference)).length,
    ]).toEqual([...['active', true], 1]);
  });

  it('paused, it leaves to a person what was due by then and not charged', async () => {
    const here = await product();
    const { id } = await daily(here, { chargeHour: 0 });
    const stop = (at: string): Promise<unknown> =>
      here.db.query(`UPDATE gateway_accounts SET collects_stopped_at = ${at}`);
    await stop('now()');
    await here.advance(2 * DAY);
    await act(here, id, { act: 'pause' });
    await here.advance(2 * DAY);
    await stop('NULL');
    await act(here, id, { act: 'resume' });
    const [first, second] = (await view(here, id)).periods
      .filter(({ state }) => state === 'waiting')
      .reverse();
    expect([first?.number, first?.why, second?.number]).toEqual([1, 'late', 2]);
  });

  it('skipped, the next period is not charged and the one after it is', async () => {
    const here = await product();
    const { id } = await daily(here);
    const { body } = await act(here, id, { act: 'skip' });
    expect(states(body)).toEqual(['1 skipped', '2 planned']);
  });

  it('skipped twice for the same day by two people, only that one charge is skipped', async () => {
    const here = await product();
    const { id, next } = await daily(here);
    await act(here, id, { act: 'skip', day: next?.day });
    const second = await act(here, id, { act: 'skip', day: next?.day });
    expect([second.body.code, second.body.detail, states(await view(here, id))]).toEqual([
      ...['schedule_state', 'other_next_charge'],
      ['1 skipped', '2 planned'],
    ]);
  });

  it('does not change to a means of payment that ends before the next charge', async () => {
    const here = await product();
    const soonOver = await storeInstrument(here, CARDS.approved, { expiry: '12/27' });
    const startOn = '2028-01-01';
    const { id } = await daily(here, { startOn });
    const { body } = await act(here, id, { act: 'instrument', instrumentId: soonOver });
    expect(body.errors).toEqual({ instrumentId: ['expires_before_first_charge'] });
  });

  it('asks for another amount from the day on that was said', async () => {
    const here = await product();
    const { id, startOn } = await daily(here, { maxPeriods: 3 });
    const fromOn = new Date(Date.parse(startOn) + 86_400_000).toISOString().slice(0, 10);
    const { body } = await act(here, id, { act: 'amount', amountMinor: 5_000_000, fromOn });
    expect(body.outlook.charges.map(({ amountMinor }: { amountMinor: number }) => amountMinor)).toEqual([
      4_000_000, 5_000_000, 5_000_000,
    ]);
  });

  it('asks for the amount that was changed before it began', async () => {
    const here = await product();
    const startOn = await dayFromNow(here, 9);
    const { id } = await createSchedule(here, await card(here), { startOn });
    const fromOn = await dayFromNow(here, 2);
    const { body } = await act(here, id, { act: 'amount', amountMinor: 5_000_000, fromOn });
    const asked = body.outlook.charges.map((charge: { amountMinor: number }) => charge.amountMinor);
    expect(new Set(asked)).toEqual(new Set([5_000_000]));
  });

  it('cancelled now, it charges nothing more, and says so beforehand', async () => {
    const here = await product();
    const { id, reference } = await daily(here);
    const wanted = { act: 'cancel', when: 'now', reason: 'Ya no lo quiere' };
    const before = await (await here.as('support')).post(`/api/schedules/${id}/preview`, wanted);
    await act(here, id, wanted);
    await here.advance(2 * DAY);
    const after = await view(here, id);
    expect([before.body.charges, after.state, after.endedWhy, await taken(here, reference)]).toEqual([
      ...[[], 'cancelled', 'chosen'],
      [],
    ]);
  });

  it('cancelled for later, it goes on to the end of what is paid for and no further', async () => {
    const here = await product();
    const { id, startOn } = await daily(here);
    const { body } = await act(here, id, { act: 'cancel', when: 'period_end' });
    await here.advance(2 * DAY);
    const ended = await eventually(
      async () => {
        const now = await view(here, id);
        return now.state === 'cancelled' && now;
      },
      { seconds: 20, what: 'its end' },
    );
    expect([body.state, body.endsOn, states(ended)]).toEqual(['active', startOn, ['1 cancelled']]);
  });

  it('that was cancelled for later may be kept after all', async () => {
    const here = await product();
    const { id } = await daily(here);
    await act(here, id, { act: 'cancel', when: 'period_end' });
    const { body } = await act(here, id, { act: 'keep' });
    expect([body.endsOn, body.outlook.charges.length]).toEqual([null, 12]);
  });

  it('is charged to another means of payment from then on', async () => {
    const here = await product();
    const { id } = await daily(here);
    const other = await storeInstrument(here, CARDS.approved);
    const { body } = await act(here, id, { act: 'instrument', instrumentId: other });
    expect(body.instrument.id).toBe(other);
  });

  it('is refused when it is over, with the reason', async () => {
    const here = await product();
    const { id } = await daily(here);
    await act(here, id, { act: 'cancel', when: 'now' });
    const { status, body } = await act(here, id, { act: 'pause' });
    expect([status, body.code, body.detail]).toEqual([409, 'schedule_state', 'schedule_over']);
  });

  it('is done once, however often its request is sent', async () => {
    const here = await product();
    const { id } = await daily(here);
    const key = randomUUID();
    await act(here, id, { act: 'skip' }, key);
    const { body } = await act(here, id, { act: 'skip' }, key);
    expect(states(body)).toEqual(['1 skipped', '2 planned']);
  });
});

describe('the list of schedules', () => {
  it('finds one by whatever somebody says of it', async () => {
    const here = await product();
    const { id, reference } = await createSchedule(here, await card(here));
    const support = await here.as('support');
    const found = async (q: string): Promise<boolean> => {
      const { body } = await support.get(`/api/schedules?limit=100&q=${encodeURIComponent(q)}`);
      return body.items.some((each: { id: string }) => each.id === id);
    };
    const asked = [reference, reference.slice(0, 12), 'ana@example.com', '1020304050', '0081', id, 'plan'];
    expect(await Promise.all(asked.map(found))).toEqual(asked.map(() => true));
  });

  it('counts what stands in each tab', async () => {
    const here = await product();
    await createSchedule(here, await card(here));
    const { body } = await (await here.as('support')).get('/api/schedules/counts');
    expect(body.byState.active.count).toBeGreaterThan(0);
  });
});
