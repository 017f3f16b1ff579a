import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Role } from '@recaudo/shared';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
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

type State = Awaited<ReturnType<BrowserContext['storageState']>>;
const states = new Map<Role, Promise<State>>();

/** One sign-in per role for the whole file: they are rationed. */
function stateOf(here: Product, role: Role): Promise<State> {
  const known = states.get(role) ?? signIn(here, role);
  states.set(role, known);
  return known;
}

async function signIn(here: Product, role: Role): Promise<State> {
  const context = await browser.newContext();
  const data = { email: `${role}@demo.recaudo.test`, password: DEMO_PASSWORD };
  await context.request.post(`${here.server.url}/api/login`, { data });
  return context.storageState();
}

async function signedIn(
  here: Product,
  role: Role,
  options: BrowserContextOptions,
): Promise<{ page: Page; errors: string[] }> {
  const context = await browser.newContext({
    locale: 'es-CO',
    timezoneId: 'America/Bogota',
    reducedMotion: 'reduce',
    storageState: await stateOf(here, role),
    ...options,
  });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  return { page, errors };
}

async function visit(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.waitForLoadState('networkidle');
}

interface Findings {
  errors: string[];
  found: string[];
  overflow: number;
}

const NOTHING: Findings = { errors: [], found: [], overflow: 0 };

/** Opens a page as that person, does what there is to do on it, and tells everything that is wrong with it. */
async function findings(
  role: Role,
  path: string,
  options: BrowserContextOptions,
  work: (page: Page) => Promise<void> = () => Promise.resolve(),
): Promise<Findings> {
  const here = await product();
  const { page, errors } = await signedIn(here, role, options);
  await visit(page, here.server.url + path);
  await work(page);
  const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
  const found = await violations(page);
  await page.context().close();
  return { errors, found, overflow: Math.max(0, overflow) };
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

describe.each([
  ['light, at a desk', { viewport: { width: 1440, height: 900 }, colorScheme: 'light' }],
  ['dark, on a telephone', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' }],
] as const)('%s', (_name, options) => {
  it.each(cases)('%s finds %s accessible, within the screen and without an error', async (role, path) => {
    expect(await findings(role, path, options)).toEqual(NOTHING);
  });

  it.each(KINDS)('the form of a “%s” is accessible, within the screen and without an error', async (kind) => {
    const choose = (page: Page) => page.getByRole('radio', { name: kind }).check();
    expect(await findings('support', '/sessions/create', options, choose)).toEqual(NOTHING);
  });

  it('the page of a stored means of payment is accessible, within the screen and without an error', async () => {
    const { db } = await product();
    const { rows } = await db.query<{ id: string }>('SELECT id FROM instruments LIMIT 1');
    const path = `/instruments/${rows[0]?.id}/show`;
    const charge = (page: Page) => page.getByRole('button', { name: 'Cobrar ahora' }).click();
    expect([
      await findings('support', path, options),
      await findings('support', path, options, charge),
    ]).toEqual([NOTHING, NOTHING]);
  });

  it('the page of a letter is accessible, within the screen and without an error', async () => {
    expect(await findings('support', `/mails/${await letter(await product())}/show`, options)).toEqual(
      NOTHING,
    );
  });

  it.each(PAYMENTS)(
    'the page of a payment that is %s is accessible, within the screen and without an error',
    async (_what, condition) => {
      const { db } = await product();
      const { rows } = await db.query<{ id: string }>(`SELECT id FROM sessions WHERE ${condition} LIMIT 1`);
      expect(await findings('finance', `/sessions/${rows[0]?.id}/show`, options)).toEqual(NOTHING);
    },
  );
});

describe('a list at a desk', () => {
  it.each(['/sessions', '/transactions'])(
    '%s shows the active row beside itself with p, and hides it with Escape',
    async (path) => {
      const beside = (page: Page) => page.getByRole('complementary', { name: 'Vista rápida' });
      const options = { viewport: { width: 1440, height: 900 } };
      let hidden = false;
      const found = await findings('support', path, options, async (page) => {
        await page.getByRole('row').nth(1).waitFor();
        await page.keyboard.press('p');
        await beside(page).getByRole('link', { name: 'Abrir' }).waitFor();
        await page.keyboard.press('Escape');
        await beside(page).waitFor({ state: 'detached' });
        hidden = true;
        await page.keyboard.press('p');
        await beside(page).getByRole('link', { name: 'Abrir' }).waitFor();
      });
      expect([found, hidden]).toEqual([NOTHING, true]);
    },
  );
});
