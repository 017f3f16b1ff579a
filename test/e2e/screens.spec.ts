import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Role } from '@recaudo/shared';
import type { Browser, Page, Request } from 'playwright-core';
import { violations } from '../support/accessibility.js';
import { launchBrowser } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { DEMO_PASSWORD, useProduct, type Product } from '../support/product.js';

/** Enough of the demo history that every list has something in it. */
const product = useProduct({ DEMO_HISTORY: '24' });
let browser: Browser;

const ROOMS: Record<Role, string[]> = {
  support: [
    ...['/', '/sessions', '/sessions/create', '/reviews?tab=partial', '/reviews?tab=confirm'],
    ...['/schedules', '/schedules/create', '/schedules/import', '/periods'],
  ],
  finance: [
    ...['/', '/sessions?state=approved', '/sessions/adopt', '/reviews', '/reviews?tab=partial'],
    ...['/policies', '/policies/create'],
  ],
  manager: ['/', '/audit', '/revenue'],
  auditor: ['/sessions?state=failed', '/instruments', '/mails', '/policies'],
  admin: ['/', '/sites', '/sites/create', '/people', '/keys', '/jobs'],
};

beforeAll(async () => {
  const here = await product();
  browser = await launchBrowser();
  await eventually(
    async () => {
      const { history } = (await here.anonymous().get('/api/practice')).body as {
        history: { made: number; planned: number } | null;
      };
      return history !== null && history.made >= history.planned;
    },
    { seconds: 60, what: 'the demo history' },
  );
}, 90_000);

const WINDOWS = {
  'light, at a desk': { viewport: { width: 1440, height: 900 }, colorScheme: 'light' },
  'dark, on a telephone': { viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
} as const;
type Window = keyof typeof WINDOWS;

interface Desk {
  page: Page;
  /** What went wrong on it so far. */
  errors: string[];
  underWay: Set<Request>;
}
const desks = new Map<Role, Promise<Desk>>();

/** The window in which that person works: opened once, as people do. */
function deskOf(here: Product, role: Role): Promise<Desk> {
  const known = desks.get(role) ?? openDesk(here, role);
  desks.set(role, known);
  return known;
}

async function openDesk(here: Product, role: Role): Promise<Desk> {
  const context = await browser.newContext({
    locale: 'es-CO',
    timezoneId: 'America/Bogota',
    reducedMotion: 'reduce',
    ...WINDOWS['light, at a desk'],
  });
  const data = { email: `${role}@demo.recaudo.test`, password: DEMO_PASSWORD };
  await context.request.post(`${here.server.url}/api/login`, { data });
  const page = await context.newPage();
  const desk: Desk = { page, errors: [], underWay: new Set() };
  page.on('pageerror', (error) => desk.errors.push(error.message));
  page.on('console', (message) => message.type() === 'error' && desk.errors.push(message.text()));
  page.on('request', (request) => desk.underWay.add(request));
  page.on('requestfinished', (request) => desk.underWay.delete(request));
  page.on('requestfailed', (request) => desk.underWay.delete(request));
  await page.goto(here.server.url);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await settled(desk);
  return desk;
}

const QUIET_MS = 200;

/** Nothing was asked of the server, and nothing on the page has changed, for a moment. */
async function settled({ page, underWay }: Desk): Promise<void> {
  const quiet = `new Promise((done) => {
    let timer;
    const watcher = new MutationObserver(() => wait());
    const wait = () => { clearTimeout(timer); timer = setTimeout(() => { watcher.disconnect(); done(); }, ${QUIET_MS}); };
    watcher.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    wait();
  })`;
  await eventually(
    async () => {
      await page.evaluate(quiet);
      return underWay.size === 0;
    },
    { seconds: 20, what: `${page.url()} being still` },
  );
}

/**
 * Goes there as a link of the product does, without loading the program anew. A page is there when the heading of the one
 * before is gone: each has its own as soon as its path is another, while a change of the query alone keeps it.
 */
async function visit(desk: Desk, path: string): Promise<void> {
  const { page } = desk;
  const here = new URL(page.url());
  if (new URL(path, here).pathname === here.pathname) {
    if (path === '/') return;
    await visit(desk, '/');
  }
  // By its element: a dialog that stands before the page takes the role from it.
  const left = await page.locator('h1').first().elementHandle();
  await page.evaluate(
    `history.pushState(null, '', ${JSON.stringify(path)}); dispatchEvent(new PopStateEvent('popstate', { state: null }))`,
  );
  await left?.waitForElementState('hidden');
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await settled(desk);
}

type Findings = Record<string, unknown>;

/** What a page is when nothing is wrong with it. */
const NOTHING: Findings = Object.fromEntries([
  ['errors', []],
  ...Object.keys(WINDOWS).map((window) => [window, { found: [], overflow: 0 }]),
]);

async function showIn(desk: Desk, window: Window): Promise<void> {
  const { viewport, colorScheme } = WINDOWS[window];
  await desk.page.setViewportSize(viewport);
  await desk.page.emulateMedia({ colorScheme });
  await settled(desk);
}

/** The page as it stands. */
async function findingsOn(page: Page) {
  const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
  return { found: await violations(page), overflow: Math.max(0, overflow) };
}

/** Opens a page as that person, does what there is to do on it, and tells everything that is wrong in each window. */
async function findings(
  role: Role,
  path: string,
  work: (page: Page) => Promise<void> = () => Promise.resolve(),
): Promise<Findings> {
  const desk = await deskOf(await product(), role);
  await showIn(desk, 'light, at a desk');
  await visit(desk, path);
  await work(desk.page);
  await settled(desk);
  const found: Findings = {};
  for (const window of Object.keys(WINDOWS) as Window[]) {
    await showIn(desk, window);
    found[window] = await findingsOn(desk.page);
  }
  return { errors: desk.errors.splice(0), ...found };
}

const cases = (Object.keys(ROOMS) as Role[]).flatMap((role) =>
  ROOMS[role].map((path) => [role, path] as const),
);

/** A receipt sent by an agent, shown by practice. */
async function letter(here: Product): Promise<string> {
  const support = await here.as('support');
  const { items } = (await support.get('/api/transactions?state=approved&kind=payment&limit=1')).body;
  await support.post(`/api/transactions/${items[0].id}/receipt`, { email: 'ana@example.com' });
  return (await support.get('/api/mails?limit=1')).body.items[0].id as string;
}

/** The history shows each of these at least once. */
const PAYMENTS: [what: string, condition: string][] = [
  ...['pending', 'approved', 'expired', 'failed', 'cancelled', 'rejected'].map((state): [string, string] => [
    state,
    `kind = 'basic' AND state = '${state}'`,
  ]),
  ['partial and open', `state = 'partial'`],
  ['partial and expired', `kind = 'partial' AND state = 'partial_expired'`],
  ['a dispersion', `kind = 'dispersion' AND state = 'approved'`],
  ['a dispersion approved in part', `kind = 'dispersion' AND state = 'partial_expired'`],
  ['a hold', `kind = 'preauthorization'`],
  ['a subscription', `kind = 'subscription'`],
  ['recurring', `kind = 'recurring'`],
  ['waiting for confirmation', `queue = 'confirm'`],
  ['confirmed', `kind = 'confirmation' AND state = 'approved'`],
  ['paid with a stored card', `(terms ->> 'subscribe')::boolean AND state = 'approved'`],
  ['opened elsewhere', `origin = 'gateway'`],
];

const KINDS = [
  'Pago parcial',
  'Pago recurrente',
  'Dispersión',
  'Preautorización',
  'Suscripción',
  'Pago con confirmación',
];

describe('in light at a desk and in dark on a telephone', () => {
  it.each(cases)('%s finds %s accessible, within the screen and without an error', async (role, path) => {
    expect(await findings(role, path)).toEqual(NOTHING);
  });

  it.each(KINDS)('the form of a “%s” is accessible, within the screen and without an error', async (kind) => {
    const choose = (page: Page) => page.getByRole('radio', { name: kind }).check();
    expect(await findings('support', '/sessions/create', choose)).toEqual(NOTHING);
  });

  it('the page of a stored means of payment is accessible, within the screen and without an error', async () => {
    const { db } = await product();
    const { rows } = await db.query<{ id: string }>('SELECT id FROM instruments LIMIT 1');
    const path = `/instruments/${rows[0]?.id}/show`;
    const charge = (page: Page) => page.getByRole('button', { name: 'Cobrar ahora' }).click();
    expect([await findings('support', path), await findings('support', path, charge)]).toEqual([
      NOTHING,
      NOTHING,
    ]);
  });

  it('the page of a letter is accessible, within the screen and without an error', async () => {
    expect(await findings('support', `/mails/${await letter(await product())}/show`)).toEqual(NOTHING);
  });

  it.each(PAYMENTS)(
    'the page of a payment that is %s is accessible, within the screen and without an error',
    async (_what, condition) => {
      const { db } = await product();
      const { rows } = await db.query<{ id: string }>(`SELECT id FROM sessions WHERE ${condition} LIMIT 1`);
      expect(await findings('finance', `/sessions/${rows[0]?.id}/show`)).toEqual(NOTHING);
    },
  );

  it('goes from page to page by the address alone', async () => {
    const desk = await deskOf(await product(), 'support');
    await showIn(desk, 'light, at a desk');
    const headings: string[] = [];
    for (const path of ['/sessions', '/schedules', '/sessions/create']) {
      await visit(desk, path);
      headings.push(await desk.page.getByRole('heading', { level: 1 }).innerText());
    }
    expect(headings).toEqual(['Pagos', 'Programaciones', 'Nuevo pago']);
  });

  it('is light in the one and dark in the other', async () => {
    const desk = await deskOf(await product(), 'support');
    await visit(desk, '/');
    const schemes: unknown[] = [];
    for (const window of Object.keys(WINDOWS) as Window[]) {
      await showIn(desk, window);
      schemes.push(await desk.page.evaluate('getComputedStyle(document.documentElement).colorScheme'));
    }
    expect(schemes).toEqual(['light', 'dark']);
  });
});

/** The files that a page offers, as it offers them. */
async function offered(page: Page): Promise<string[]> {
  const links = await page.locator('a[download]').all();
  return Promise.all(
    links.map(async (link) => new URL((await link.getAttribute('href')) ?? '', page.url()).href),
  );
}

describe('a file that a page offers', () => {
  it.each(['/sessions?sort=oldest&state=approved', '/transactions?sort=oldest&state=approved'])(
    'is there: %s',
    async (path) => {
      const desk = await deskOf(await product(), 'finance');
      await showIn(desk, 'light, at a desk');
      await visit(desk, path);
      const files = await offered(desk.page);
      const answers = await Promise.all(files.map((href) => desk.page.context().request.get(href)));
      expect(answers.map((answer) => answer.status())).toEqual([200]);
    },
  );

  it.each(['oldest', 'newest'])('is in the order of its list: the %s first', async (sort) => {
    const desk = await deskOf(await product(), 'finance');
    await visit(desk, `/transactions?sort=${sort}`);
    const [file = ''] = await offered(desk.page);
    const [, ...lines] = (await (await desk.page.context().request.get(file)).text()).trim().split('\r\n');
    const times = lines.map((line) => Date.parse(line.split(',')[0] ?? ''));
    const sorted = [...times].sort((left, right) => (sort === 'oldest' ? left - right : right - left));
    expect([times.length > 10, times]).toEqual([true, sorted]);
  });
});

describe('a list at a desk', () => {
  it.each(['/sessions', '/transactions'])(
    '%s shows the active row beside itself with p, and hides it with Escape',
    async (path) => {
      const desk = await deskOf(await product(), 'support');
      const { page, errors } = desk;
      await showIn(desk, 'light, at a desk');
      await visit(desk, path);
      const beside = page.getByRole('complementary', { name: 'Vista rápida' });
      await page.getByRole('row').nth(1).waitFor();
      await page.keyboard.press('p');
      await beside.getByRole('link', { name: 'Abrir' }).waitFor();
      await page.keyboard.press('Escape');
      await beside.waitFor({ state: 'detached' });
      await page.keyboard.press('p');
      await beside.getByRole('link', { name: 'Abrir' }).waitFor();
      expect([errors.splice(0), await findingsOn(page)]).toEqual([[], { found: [], overflow: 0 }]);
    },
  );
});
