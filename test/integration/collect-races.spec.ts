import { describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { storeInstrument } from '../support/instruments.js';
import { Api, CARDS, useProduct, type Product } from '../support/product.js';
import { createSchedule, dayFromNow } from '../support/schedules.js';

const product = useProduct();

/** `npm run races` asks for five hundred; here is a sample. */
const PERIODS = Number(process.env.RACES ?? 40);
const AT_ONCE = 8;
const SOON = { seconds: 60 + PERIODS / 2, what: '' };

/** Does it for each, so many at a time. */
async function forEach<T>(items: readonly T[], what: (item: T) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) await what(items[index] as T);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

async function standing(here: Product): Promise<Record<string, number>> {
  const { rows } = await here.db.query<{ state: string; paid_by: string | null; count: number }>(
    'SELECT state, paid_by, count(*)::int AS count FROM periods WHERE number = 0 GROUP BY 1, 2',
  );
  return Object.fromEntries(rows.map((row) => [row.paid_by ?? row.state, row.count]));
}

/** Periods that the bank refused once: each is due again tomorrow, and its payer stands before the payment form. */
async function dueAgain(here: Product): Promise<string[]> {
  await here.db.query('UPDATE gateway_accounts SET collects_per_second = 1000');
  const [poor, good] = [
    await storeInstrument(here, CARDS.insufficientFunds),
    await storeInstrument(here, CARDS.approved),
  ];
  const plan = { siteId: await here.siteId(), startOn: await dayFromNow(here, 0), chargeHour: 0 };
  await forEach([...Array(PERIODS).keys()], async () => void (await createSchedule(here, poor, plan)));
  await eventually(async () => (await standing(here)).retrying === PERIODS, { ...SOON, what: 'refusals' });
  await here.db.query('UPDATE schedules SET instrument_id = $1', [good]);
  const support = await here.as('support');
  const forms: string[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const { body } = await support.get(`/api/periods?limit=100${cursor && `&cursor=${cursor}`}`);
    await forEach<{ payUrl: string }>(body.items, async ({ payUrl }) => {
      // Five hundred payers are not one browser, whose visits are rationed: those under the practice clock are not.
      const payer = new Api(here.server.url, { 'x-practice-clock': new Date().toISOString() });
      const led = await payer.get(new URL(payUrl).pathname);
      const form = led.headers.get('location');
      if (!form) throw new Error(`the link leads nowhere: ${led.status} ${led.text}`);
      forms.push(form);
    });
    cursor = body.next as string | null;
  }
  return forms;
}

describe('periods whose payer pays at the link at the moment of the charge', () => {
  it('are paid once each, by the one or the other', async () => {
    const here = await product();
    const forms = await dueAgain(here);
    const replica = await here.replica();
    await here.advance(24 * 60 + 30);
    // The job goes from the oldest to the newest, and the payers come towards it.
    await eventually(async () => (await standing(here)).retrying !== PERIODS, { ...SOON, what: 'the job' });
    await forEach(forms.reverse(), async (form) => void (await here.pay(form, CARDS.approved)));
    const done = await eventually(
      async () => {
        const now = await standing(here);
        return (now.link ?? 0) + (now.collect ?? 0) === PERIODS && now;
      },
      { ...SOON, what: 'everybody having paid' },
    );
    const taken = (await here.book()).map(({ reference }) => reference);
    await replica.kill();
    expect([taken.length, new Set(taken).size, (done.link ?? 0) > 0, (done.collect ?? 0) > 0]).toEqual([
      ...[PERIODS, PERIODS],
      ...[true, true],
    ]);
  }, 900_000);
});
