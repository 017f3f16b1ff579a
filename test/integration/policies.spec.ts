import { describe, expect, it } from '@jest/globals';
import { DEFAULT_POLICY, type PolicyView } from '@recaudo/shared';
import { storeInstrument } from '../support/instruments.js';
import { CARDS, useProduct, type Answer, type Product } from '../support/product.js';
import { act, createSchedule, dayFromNow, scheduleOf, untilPeriod } from '../support/schedules.js';

const product = useProduct();
const own = {
  by: { ...DEFAULT_POLICY.by, balance: { days: [5], last: 'pause', mail: false } },
  hour: null,
};

/** Random digits would look like a card's number now and then. */
let names = 0;

async function create(here: Product, more: Record<string, unknown> = {}): Promise<Answer> {
  const body = { siteId: await here.siteId(), name: `Política ${(names += 1)}`, rules: own, ...more };
  return (await here.as('finance')).post('/api/policies', body);
}

async function makeDefault(here: Product, policyId: string | null): Promise<void> {
  await (await here.as('manager')).post('/api/policies/default', { siteId: await here.siteId(), policyId });
}

describe('a policy of one’s own', () => {
  it('says on which day a refused charge is tried again, and what becomes of the schedule', async () => {
    const here = await product();
    const { id: policyId } = (await create(here)).body as PolicyView;
    const poor = await storeInstrument(here, CARDS.insufficientFunds);
    const startOn = await dayFromNow(here, 0);
    const made = await createSchedule(here, poor, { startOn, chargeHour: 0, policyId });
    const period = await untilPeriod(here, made.id, 1, 'retrying');
    const days = (Date.parse(period.nextTryAt ?? '') - Date.parse(period.at)) / 86_400_000;
    await here.advance(5 * 24 * 60 + 30);
    await untilPeriod(here, made.id, 1, 'unpaid');
    const { state } = await scheduleOf(here, made.id);
    const { rows } = await here.db.query(`SELECT 1 FROM mails WHERE data->>'reference' = $1`, [
      `${made.reference}-1`,
    ]);
    expect([days, state, rows.length]).toEqual([5, 'paused', 0]);
  });

  it('holds for every schedule of the site that names none, once somebody made it the default', async () => {
    const here = await product();
    const { id } = (await create(here)).body as PolicyView;
    await makeDefault(here, id);
    const made = await createSchedule(here, await storeInstrument(here, CARDS.approved));
    await makeDefault(here, null);
    const { policy } = await scheduleOf(here, made.id);
    const before = made.policy;
    expect([before.id, policy.id]).toEqual([id, null]);
  });

  it('is a schedule’s own choice only while the schedule names it', async () => {
    const here = await product();
    const { id: policyId } = (await create(here)).body as PolicyView;
    const made = await createSchedule(here, await storeInstrument(here, CARDS.approved), { policyId });
    await act(here, made.id, { act: 'policy', policyId: null });
    const { policy } = await scheduleOf(here, made.id);
    expect([made.policy.named, policy.named]).toEqual([true, false]);
  });

  it.each([
    [
      'days that do not rise',
      { days: [3, 2], last: 'keep', mail: true },
      'rules.by.balance.days',
      'not_rising',
    ],
    [
      'a day beyond two months',
      { days: [61], last: 'keep', mail: true },
      'rules.by.balance.days.0',
      'too_big',
    ],
    [
      'an end that nobody knows',
      { days: [], last: 'sue', mail: true },
      'rules.by.balance.last',
      'invalid_value',
    ],
  ])('names the field of %s', async (_case, balance, field, why) => {
    const here = await product();
    const { body } = await create(here, { rules: { ...own, by: { ...own.by, balance } } });
    expect(body.errors).toEqual({ [field]: [why] });
  });

  it('has a name of its own at its site', async () => {
    const here = await product();
    await create(here, { name: 'Suave' });
    const { body } = await create(here, { name: 'Suave' });
    expect(body.errors).toEqual({ name: ['name_taken'] });
  });

  it('is the same to a reader whatever its case, blanks and way to write an accent', async () => {
    const here = await product();
    await create(here, { name: 'Política ÁGIL' });
    const other = (await create(here)).body as PolicyView;
    const said = [(await create(here, { name: '  poli\u0301tica   ágil ' })).body.errors];
    const renamed = { name: 'política\u00a0Ágil', rules: own };
    said.push(
      (await (await here.as('finance')).call('PUT', `/api/policies/${other.id}`, renamed)).body.errors,
    );
    expect(said).toEqual([{ name: ['name_taken'] }, { name: ['name_taken'] }]);
  });

  it('has nothing invisible in its name', async () => {
    const here = await product();
    const { status, body } = await create(here, { name: 'Suave\u200b' });
    expect([status, body.errors]).toEqual([422, { name: ['control_characters'] }]);
  });

  it('is changed by whoever may, and the audit keeps what it said before', async () => {
    const here = await product();
    const made = (await create(here)).body as PolicyView;
    const changed = { name: made.name, rules: DEFAULT_POLICY };
    const { body } = await (await here.as('manager')).call('PUT', `/api/policies/${made.id}`, changed);
    const { rows } = await here.db.query<{ data: { before: unknown } }>(
      `SELECT data FROM audit_log WHERE kind = 'policy.updated' AND subject_id = $1`,
      [made.id],
    );
    expect([body.rules, rows[0]?.data.before]).toEqual([DEFAULT_POLICY, own]);
  });
});

describe('the policy lab', () => {
  it('tells what rules would have made of the refusals of the last 90 days', async () => {
    const here = await product();
    const poor = await storeInstrument(here, CARDS.insufficientFunds);
    const made = await createSchedule(here, poor, { startOn: await dayFromNow(here, 0), chargeHour: 0 });
    await untilPeriod(here, made.id, 1, 'retrying');
    const asked = { siteId: await here.siteId(), rules: own };
    const { body } = await (await here.as('manager')).post('/api/policies/lab', asked);
    expect([body.periods.balance > 0, body.tries.would.most > 0, body.recovered[0].currency]).toEqual([
      true,
      true,
      'COP',
    ]);
  });
});
