// The lists and pages about subscriptions with many rows, and a whole file of them.
import { randomUUID } from 'node:crypto';
import { median, milliseconds } from './measure.js';
import { fillSchedules } from './schedules.js';
import { storePages } from './store-pages.js';

const LIMIT = 25;
const ROUNDS = 15;
const WARM_UP = 3;
const IMPORTED = 5_000;
/** A page that a person waits for; what is counted anew over all subscriptions takes longer. */
const PAGE_MS = 100;
const SUM_MS = 500;
const IMPORT_MS = { rehearsed: 5_000, made: 20_000 };

const page = { place: null, newestFirst: true, limit: LIMIT + 1 };
const query = (filter) => new URLSearchParams({ limit: String(LIMIT), ...filter });

function listsOf({ sites, email }) {
  const siteId = sites.find(({ code }) => code === 'co').id;
  const schedules = (name, filter) => ({
    name: `schedules, ${name}`,
    path: `/api/schedules?${query(filter)}`,
    store: ['schedules/schedule-list.store', 'ScheduleListStore'],
    work: async (store) => {
      await store.page(null, { state: 'active', ...filter }, page);
      await store.count(null, { state: 'active', ...filter });
    },
  });
  const periods = (name, filter) => ({
    name: `periods, ${name}`,
    path: `/api/periods?${query(filter)}`,
    store: ['schedules/schedule-list.store', 'ScheduleListStore'],
    work: async (store) => {
      await store.periods(null, filter, page);
      await store.countPeriods(null, filter);
    },
  });
  const finance = { scope: null, permissions: new Set() };
  const mails = (name, filter) => ({
    name: `letters, ${name}`,
    path: `/api/mails?${query(filter)}`,
    store: ['mail/mail.store', 'MailStore'],
    work: async (store) => {
      await store.page(finance, filter, page);
      await store.count(finance, filter);
    },
  });
  return [
    schedules('active', {}),
    schedules('past due', { pastDue: 'true' }),
    schedules('past due of a site', { pastDue: 'true', siteId }),
    schedules('cancelled of a site', { state: 'cancelled', siteId }),
    schedules('found by plan', { q: 'Plan 7' }),
    schedules('found by e-mail', { q: email }),
    periods('past due', { view: 'past_due' }),
    periods('past due of a site', { view: 'past_due', siteId }),
    periods('waiting', { view: 'waiting' }),
    mails('all', {}),
    mails('that failed', { state: 'failed' }),
    mails('found by e-mail', { q: email }),
  ];
}

/** Pages that are put together of many statements: by the time that a person would wait. */
async function pages(caller, wanted) {
  const figures = [];
  for (const [name, path, limit] of wanted) {
    const took = [];
    for (let round = 0; round < WARM_UP + ROUNDS; round += 1)
      took.push(await milliseconds(() => caller('GET', path)));
    figures.push({ name: `${name}, p50`, value: median(took.slice(WARM_UP)), unit: 'ms', limit });
  }
  return figures;
}

/** A file of the greatest size, rehearsed and made. */
async function imports({ db, sites, shop }) {
  const siteId = sites.find(({ code }) => code === 'co').id;
  const { rows } = await db.query(
    `SELECT id FROM instruments WHERE site_id = $1 AND state = 'active' AND valid_until > now() + interval '1 year' LIMIT 500`,
    [siteId],
  );
  const startOn = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
  const lines = Array.from({ length: IMPORTED }, (_, n) =>
    [`IMP-${n}`, 'Plan mensual', rows[n % rows.length].id, '40000.00', 'COP', 'month', '1', startOn].join(
      ',',
    ),
  );
  const csv = ['reference,plan,instrumentId,amount,currency,unit,interval,startOn', ...lines].join('\n');
  const file = Buffer.from(csv).toString('base64');
  const send = (rehearse) =>
    milliseconds(async () => {
      const { text } = await shop('POST', '/api/schedules/import', {
        body: { siteId, file, rehearse },
        headers: { 'idempotency-key': randomUUID() },
      });
      const { errorCount, made } = JSON.parse(text);
      if (errorCount > 0 || made !== (rehearse ? 0 : IMPORTED)) throw new Error(text.slice(0, 500));
    });
  const rehearsed = await send(true);
  const made = await send(false);
  const name = `file of ${IMPORTED.toLocaleString('en')} schedules`;
  return [
    { name: `${name}, rehearsed`, value: rehearsed, unit: 'ms', limit: IMPORT_MS.rehearsed },
    { name: `${name}, made`, value: made, unit: 'ms', limit: IMPORT_MS.made },
  ];
}

/** Pages of finance and of a manager, who see all sites. */
export async function subscriptionLists(product) {
  await fillSchedules(product);
  const [found] = (
    await product.db.query(
      `SELECT s.id, p.email, to_char(now() - interval '2 months', 'YYYY-MM') AS month
       FROM schedules s JOIN payers p ON p.id = s.payer_id WHERE s.state = 'active' ORDER BY s.id LIMIT 1`,
    )
  ).rows;
  const finance = await product.signIn('finance@demo.recaudo.test');
  const manager = await product.signIn('manager@demo.recaudo.test');
  const rows = `/api/revenue/rows?${query({ currency: 'COP', month: found.month })}`;
  return [
    ...(await storePages(product, finance, listsOf({ ...product, email: found.email }))),
    ...(await pages(finance, [['schedule page', `/api/schedules/${found.id}`, PAGE_MS]])),
    ...(await pages(manager, [
      ['revenue of twelve months', '/api/revenue/movements?months=12', PAGE_MS],
      ['revenue by cohort', '/api/revenue/cohorts?months=12', PAGE_MS],
      ['charges approved by issuer', '/api/revenue/approval?months=12', PAGE_MS],
      ['rows of a month’s movements', `${rows}&figure=movements`, PAGE_MS],
      ['rows of MRR', `${rows}&figure=mrr`, SUM_MS],
      ['rows of recoveries', `${rows}&figure=recoveries`, PAGE_MS],
      ['rows of charges', `${rows}&figure=approvals`, PAGE_MS],
      ['expected income', '/api/revenue/expected', SUM_MS],
    ])),
    ...(await imports(product)),
  ];
}
