import { describe, expect, it } from '@jest/globals';
import type { ScheduleView } from '@recaudo/shared';
import { eventually } from '../support/eventually.js';
import { storeInstrument } from '../support/instruments.js';
import { CARDS, useProduct, type Product } from '../support/product.js';
import { createSchedule, dayFromNow, scheduleOf, untilPeriod } from '../support/schedules.js';

const product = useProduct();
const DAY = 24 * 60;

let good: Promise<string> | null = null;
const card = (here: Product): Promise<string> => (good ??= storeInstrument(here, CARDS.approved));

async function daily(here: Product, more: Record<string, unknown> = {}): Promise<ScheduleView> {
  const startOn = await dayFromNow(here, 1);
  return createSchedule(here, await card(here), { unit: 'day', startOn, chargeHour: 0, ...more });
}

/** The periods that the gateway's own book knows of, by number. */
async function charged(here: Product, { reference }: ScheduleView): Promise<number[]> {
  const lines = (await here.book()).filter((line) => line.reference.startsWith(`${reference}-`));
  return lines.map((line) => Number(line.reference.slice(reference.length + 1))).sort((a, b) => a - b);
}

async function reads(here: Product, made: ScheduleView): Promise<string[]> {
  const { periods } = await scheduleOf(here, made.id);
  return periods.map(({ number, state }) => `${number} ${state}`).reverse();
}

describe('after we stood still for some days', () => {
  it('charges one overdue period of a schedule a day, oldest first', async () => {
    const here = await product();
    const made = await daily(here);
    await here.server.kill();
    await here.control('POST', '/clock', { advanceMs: 3 * DAY * 60_000 });
    await here.server.start();
    await here.advance(3 * DAY);
    await untilPeriod(here, made.id, 1, 'paid');
    const first = await charged(here, made);
    await here.advance(DAY);
    await untilPeriod(here, made.id, 2, 'paid');
    expect([first, await charged(here, made)]).toEqual([[1], [1, 2]]);
  });

  it('leaves to a person what is more than three days late, and charges what is not', async () => {
    const here = await product();
    const made = await daily(here);
    await here.server.kill();
    await here.server.start();
    await here.advance(6 * DAY);
    await eventually(async () => (await charged(here, made)).length > 0, { seconds: 20, what: 'a charge' });
    const waiting = (await reads(here, made)).filter((each) => each.endsWith('waiting'));
    expect([waiting.length > 0, (await charged(here, made))[0]]).toEqual([true, waiting.length + 1]);
  });

  it('charges all that is late where the site allows more days', async () => {
    const here = await product();
    const made = await daily(here);
    const rules = async (lateDays: number) =>
      (await here.as('admin')).call('PUT', `/api/sites/${await here.siteId()}`, { lateDays });
    await rules(30);
    await here.server.kill();
    await here.server.start();
    await here.advance(6 * DAY);
    await untilPeriod(here, made.id, 1, 'paid');
    await rules(3);
    expect([(await charged(here, made))[0], (await reads(here, made))[0]]).toEqual([1, '1 paid']);
  });
});

describe('charges of one account', () => {
  const brake = async (here: Product): Promise<{ why: string | null }> => {
    const { rows } = await here.db.query<{ why: string | null }>(
      `SELECT collects_stopped_why AS why FROM gateway_accounts WHERE site_id = $1`,
      [await here.siteId()],
    );
    return rows[0] ?? { why: null };
  };

  it('stop when the gateway does not know us any more, and go on by themselves once it does', async () => {
    const here = await product();
    const made = await daily(here);
    const [siteId, admin] = [await here.siteId(), await here.as('admin')];
    const { account } = (await admin.get(`/api/sites/${siteId}`)).body;
    const offered = (await here.control('GET', '/sites')).body as { site: string; secretKey: string }[];
    const secret = offered.find(({ site }) => site === 'CO')?.secretKey ?? '';
    const save = (text: string) =>
      admin.call('PUT', `/api/sites/${siteId}/account`, {
        ...{ baseUrl: account.baseUrl, login: account.login, hash: account.hash, secret: text },
      });
    await save('not-the-secret-of-this-account');
    await here.advance(DAY + 30);
    await eventually(async () => (await brake(here)).why === 'credentials', {
      seconds: 20,
      what: 'the brake',
    });
    await save(secret);
    await admin.post(`/api/sites/${siteId}/account/test`);
    await eventually(async () => (await brake(here)).why === null, {
      seconds: 20,
      what: 'the brake being off',
    });
    await here.advance(DAY + 30);
    await untilPeriod(here, made.id, 1, 'paid');
    expect(await charged(here, made)).toContain(1);
  });

  it('stop when more than half of the last fifty were judged by nobody, and a person lets them go on', async () => {
    const here = await product();
    const id = await card(here);
    // Those that are judged at the same moment do not see each other: as many more as are charged at once.
    await here.fault('payment', 'technical', { count: 42 });
    const [siteId, startOn] = [await here.siteId(), await dayFromNow(here, 0)];
    const made = await Promise.all(
      Array.from({ length: 42 }, () => createSchedule(here, id, { siteId, startOn, chargeHour: 0 })),
    );
    await eventually(async () => (await brake(here)).why === 'unjudged', { seconds: 40, what: 'the brake' });
    const next = await createSchedule(here, id, { startOn, chargeHour: 0 });
    const [blocked] = (await scheduleOf(here, next.id)).periods;
    await here.control('DELETE', '/faults');
    const { status } = await (await here.as('finance')).post('/api/periods/release', { siteId });
    await untilPeriod(here, next.id, 1, 'paid');
    expect([made.length, blocked?.state, blocked?.why, status]).toEqual([
      42,
      'blocked',
      'account_stopped',
      204,
    ]);
  });
});
