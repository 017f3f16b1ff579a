import { randomUUID } from 'node:crypto';
import type { PeriodState, PeriodView, ScheduleView } from '@recaudo/shared';
import { eventually } from './eventually.js';
import type { Answer, Product } from './product.js';

/** A calendar day in Bogotá, so many days after the product's own today. */
export async function dayFromNow(here: Product, days: number): Promise<string> {
  const { body } = await here.anonymous().get('/api/practice');
  const now = Date.now() + (body.clockOffsetMs as number) + days * 86_400_000;
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Bogota' }).format(now);
}

/** What it takes to plan a monthly subscription of 40 000 COP that begins in three days. */
export async function scheduleInput(
  here: Product,
  instrumentId: string,
  more: Record<string, unknown> = {},
): Promise<Record<string, unknown>> {
  return {
    siteId: more.siteId ?? (await here.siteId()),
    reference: `S-${randomUUID().slice(0, 18)}`,
    plan: 'Plan de prueba',
    instrumentId,
    ...{ amountMinor: 4_000_000, currency: 'COP', unit: 'month', interval: 1 },
    startOn: await dayFromNow(here, 3),
    ...more,
  };
}

/** Plans it as the shop would; fails the test if it is not planned. */
export async function createSchedule(
  here: Product,
  instrumentId: string,
  more: Record<string, unknown> = {},
): Promise<ScheduleView> {
  const body = await scheduleInput(here, instrumentId, more);
  const headers = { 'idempotency-key': randomUUID() };
  const answer = await here.shop().post('/api/schedules', body, { headers });
  if (answer.status !== 201) throw new Error(`not planned: ${answer.text}`);
  return answer.body as ScheduleView;
}

export async function act(
  here: Product,
  id: string,
  body: Record<string, unknown>,
  key: string = randomUUID(),
): Promise<Answer> {
  const support = await here.as('support');
  return support.post(`/api/schedules/${id}/acts`, body, { headers: { 'idempotency-key': key } });
}

export async function scheduleOf(here: Product, id: string): Promise<ScheduleView> {
  return (await (await here.as('support')).get(`/api/schedules/${id}`)).body as ScheduleView;
}

/** Waits until a schedule's period is in that state. */
export async function untilPeriod(
  here: Product,
  id: string,
  number: number,
  state: PeriodState,
  seconds = 20,
): Promise<PeriodView> {
  return eventually(
    async () => {
      const { periods } = await scheduleOf(here, id);
      const period = periods.find((each) => each.number === number);
      return period?.state === state && period;
    },
    { seconds, what: `period ${number} being ${state}` },
  );
}
