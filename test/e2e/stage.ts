import type { Role } from '@recaudo/shared';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.js';
import { DEMO_PASSWORD, useProduct, type Product } from '../support/product.js';

/** A card as it is typed. */
export const CARDS = {
  visa: '4110760000000081',
  mastercard: '5367680000000005',
  /** Approved below 200 US dollars only. */
  limited: '4110760000000057',
} as const;

/** What staff type into the form of a new payment; the rest of the form is a test's own. */
export interface NewPayment {
  reference: string;
  /** As the form's radio says; a plain payment needs no choice. */
  kind?: string;
  /** As it is typed; a subscription has none. */
  amount?: string;
  /** The button that sends the form. */
  button: string;
  more?: (page: Page) => Promise<void>;
}

/** What the eye reads: spaces of any sort are one. */
export async function read(locator: Locator): Promise<string> {
  return (await locator.innerText()).replace(/\s+/g, ' ').trim();
}

/** A person of the staff before their screen. */
export class Desk {
  constructor(
    readonly page: Page,
    private readonly url: string,
  ) {}

  async go(path: string): Promise<void> {
    await this.page.goto(this.url + path);
  }

  async press(name: string | RegExp, within: Page | Locator = this.page): Promise<void> {
    await within.getByRole('button', { name, exact: typeof name === 'string' }).click();
  }

  /** Opens a payment with the form of its kind; answers the link for the payer. */
  async opens({ reference, kind, amount, button, more }: NewPayment): Promise<string> {
    const { page } = this;
    await this.go('/sessions/create');
    if (kind) await page.getByRole('radio', { name: kind }).check();
    await page.getByRole('combobox', { name: 'Sitio' }).click();
    await page.getByRole('option', { name: 'Ferretería La Candelaria' }).click();
    if (amount) await page.getByRole('textbox', { name: 'Valor', exact: true }).first().fill(amount);
    await page.getByRole('textbox', { name: 'Referencia' }).fill(reference);
    await page.getByRole('textbox', { name: 'Descripción' }).fill('Pedido de herramientas');
    await more?.(page);
    await this.press(button);
    return this.link();
  }

  /** The link on the page of a payment. */
  async link(): Promise<string> {
    const shared = this.block('Enlace de pago').getByText(/\/p\/[\w-]{43}/);
    await shared.waitFor();
    return (await shared.innerText()).trim();
  }

  /** Waits until the payment's sentence says so, as it does without reloading; answers the whole sentence. */
  async hears(words: string | RegExp): Promise<string> {
    const sentence = this.block('Resumen').getByRole('status').filter({ hasText: words });
    await sentence.waitFor({ timeout: 20_000 });
    return read(sentence);
  }

  /** A titled part of the page. */
  block(name: string): Locator {
    return this.page.getByRole('region', { name, exact: true });
  }
}

/** Somebody with a link, in a window of their own. */
export class Payer {
  constructor(readonly page: Page) {}

  /** Types the whole form as it stands and sends it; `part` is what they want to pay of it now. */
  async pays(card: string, { part, keeps = false, button = /^Pagar/ }: PayerChoice = {}): Promise<void> {
    const { page } = this;
    if (part) await page.getByLabel('Valor que paga ahora').fill(part);
    await page.getByLabel('Nombres').fill('Ana');
    await page.getByLabel('Apellidos').fill('Ruiz');
    await page.getByLabel('Correo electrónico').fill('ana@example.com');
    await page.getByLabel('Tipo de documento').selectOption('CC');
    await page.getByLabel('Número de documento').fill('1020304050');
    await page.getByLabel('Número de la tarjeta').fill(card);
    await page.getByLabel('Nombre en la tarjeta').fill('ANA RUIZ');
    await page.getByLabel('Vence').fill('12/30');
    await page.getByLabel('Código de seguridad').fill('123');
    if (keeps) await page.getByLabel('Guardar esta tarjeta').check();
    await page.getByRole('button', { name: button }).click();
  }

  /** Waits for the page that the gateway shows at the end, and leaves. */
  async sees(heading: string): Promise<void> {
    await this.page.getByRole('heading', { name: heading }).waitFor();
    await this.leaves();
  }

  leaves(): Promise<void> {
    return this.page.context().close();
  }
}

interface PayerChoice {
  part?: string;
  keeps?: boolean;
  button?: RegExp;
}

const WINDOW = {
  locale: 'es-CO',
  timezoneId: 'America/Bogota',
  reducedMotion: 'reduce',
  viewport: { width: 1440, height: 900 },
} as const;

/** One product and one browser for the tests of a file, and the people who meet there. */
export class Stage {
  private browser: Promise<Browser> | null = null;
  private readonly desks = new Map<Role, Promise<Desk>>();

  constructor(readonly product: () => Promise<Product>) {}

  /** The demo person of that role, signed in once. */
  desk(role: Role): Promise<Desk> {
    const known = this.desks.get(role) ?? this.signIn(role);
    this.desks.set(role, known);
    return known;
  }

  async payer(link: string): Promise<Payer> {
    const page = await (await this.window()).newPage();
    await page.goto(link);
    return new Payer(page);
  }

  /** Moves the practice clock. Logins end with time, so that everybody signs in again. */
  async passes(minutes: number): Promise<void> {
    await (await this.product()).advance(minutes);
    const desks = await Promise.all(this.desks.values());
    this.desks.clear();
    await Promise.all(desks.map(({ page }) => page.context().close()));
  }

  private async signIn(role: Role): Promise<Desk> {
    const { server } = await this.product();
    const context = await this.window();
    const data = { email: `${role}@demo.recaudo.test`, password: DEMO_PASSWORD };
    const answer = await context.request.post(`${server.url}/api/login`, { data });
    if (!answer.ok()) throw new Error(`${role} could not sign in: ${await answer.text()}`);
    return new Desk(await context.newPage(), server.url);
  }

  private async window(): Promise<BrowserContext> {
    this.browser ??= launchBrowser();
    const context = await (await this.browser).newContext(WINDOW);
    context.setDefaultTimeout(15_000);
    return context;
  }
}

export function useStage(): Stage {
  return new Stage(useProduct());
}
