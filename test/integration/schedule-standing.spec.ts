import { describe, expect, it } from '@jest/globals';
import type { ScheduleView } from '@recaudo/shared';
import { storeInstrument } from '../support/instruments.js';
import { CARDS, useProduct, type Answer, type Product } from '../support/product.js';
import { act, createSchedule, dayFromNow, scheduleOf, untilPeriod } from '../support/schedules.js';

const product = useProduct();
const DAY = 24 * 60;

async function onCard(
  here: Product,
  more: Record<string, unknown> = {},
): Promise<{ card: string; made: ScheduleView }> {
  const card = await storeInstrument(here, CARDS.approved);
  return { card, made: await createSchedule(here, card, more) };
}

const listed = async (here: Product, { reference }: ScheduleView, state = 'active'): Promise<ScheduleView> =>
  (await (await here.as('support')).get(`/api/schedules?state=${state}&q=${reference}`)).body.items[0];

async function end(here: Product, card: string, how: 'revoke' | 'suspend'): Promise<void> {
  await (await here.as('support')).post(`/api/instruments/${card}/${how}`, { reason: 'Lo pidió' });
}

const preview = async (here: Product, id: string, body: object): Promise<Answer> =>
  (await here.as('support')).post(`/api/schedules/${id}/preview`, body);

describe('a schedule whose means of payment cannot be charged', () => {
  it.each([
    ['revoke', 'instrument_revoked'],
    ['suspend', 'instrument_suspended'],
  ] as const)('says so in its list, on its page and of its planned period: %s', async (how, why) => {
    const here = await product();
    const { card, made } = await onCard(here);
    await end(here, card, how);
    const view = await scheduleOf(here, made.id);
    const [planned] = view.periods;
    expect([
      ...[(await listed(here, made)).whyNotCharged, view.whyNotCharged, view.outlook.whyNotCharged],
      [planned?.why, planned?.nextTryAt],
    ]).toEqual([why, why, why, [why, null]]);
  });

  it('says so of a card that ends before the next charge', async () => {
    const here = await product();
    const { card, made } = await onCard(here);
    await here.db.query('UPDATE instruments SET valid_until = $2 WHERE id = $1', [
      card,
      await dayFromNow(here, 1),
    ]);
    expect((await scheduleOf(here, made.id)).whyNotCharged).toBe('instrument_expires');
  });

  it('warns before it is resumed, and no more once another card is chosen', async () => {
    const here = await product();
    const { card, made } = await onCard(here);
    await act(here, made.id, { act: 'pause' });
    await end(here, card, 'revoke');
    const warned = await preview(here, made.id, { act: 'resume' });
    const other = await storeInstrument(here, CARDS.approved);
    await act(here, made.id, { act: 'instrument', instrumentId: other });
    const after = await preview(here, made.id, { act: 'resume' });
    expect([warned.body.whyNotCharged, after.body.whyNotCharged]).toEqual(['instrument_revoked', null]);
  });

  it('is not among what is expected to come in', async () => {
    const here = await product();
    const { card, made } = await onCard(here);
    const expected = async (): Promise<boolean> => {
      const { body } = await (
        await here.as('manager')
      ).get('/api/revenue/rows?figure=expected&currency=COP&limit=100');
      return body.items.some(({ scheduleId }: { scheduleId: string }) => scheduleId === made.id);
    };
    const before = await expected();
    await end(here, card, 'suspend');
    expect([before, await expected()]).toEqual([true, false]);
  });
});

describe('a schedule that stands still or ends', () => {
  const skips = ({ periods: [planned] }: ScheduleView): unknown[] => [
    planned?.why,
    planned?.nextTryAt,
    planned?.availableActions.find(({ action }) => action === 'skip')?.why,
  ];

  it('has no next charge while it is paused, and nothing to skip', async () => {
    const here = await product();
    const { made } = await onCard(here);
    await act(here, made.id, { act: 'pause' });
    const view = await scheduleOf(here, made.id);
    expect([view.next, skips(view)]).toEqual([null, ['paused', null, 'is_paused']]);
  });

  it('has none once it is cancelled for later, and can only be kept', async () => {
    const here = await product();
    const { made } = await onCard(here);
    await act(here, made.id, { act: 'cancel', when: 'period_end' });
    const view = await scheduleOf(here, made.id);
    const acts = view.availableActions.filter(({ allowed }) => allowed).map(({ action }) => action);
    expect([view.next, skips(view), acts.filter((name) => ['pause', 'skip', 'keep'].includes(name))]).toEqual(
      [null, ['cancelled', null, 'no_next_charge'], ['keep']],
    );
  });
});

describe('what a payer has of a subscription', () => {
  it('is nothing before it begins, a trial, then what is paid', async () => {
    const here = await product();
    const plan = { unit: 'day', interval: 7, chargeHour: 0 };
    const { made } = await onCard(here, { ...plan, startOn: await dayFromNow(here, 1), trialDays: 2 });
    await here.advance(2 * DAY);
    const trial = (await listed(here, made)).access;
    await here.advance(2 * DAY);
    await untilPeriod(here, made.id, 1, 'paid');
    expect([made.access, trial, (await listed(here, made)).access]).toEqual(['none', 'trial', 'given']);
  });

  it('is owed while nobody has paid it', async () => {
    const here = await product();
    const card = await storeInstrument(here, CARDS.insufficientFunds);
    const startOn = await dayFromNow(here, 1);
    const made = await createSchedule(here, card, { unit: 'day', interval: 7, chargeHour: 0, startOn });
    await here.advance(2 * DAY);
    await untilPeriod(here, made.id, 1, 'retrying');
    expect((await listed(here, made)).access).toBe('owed');
  });
});
