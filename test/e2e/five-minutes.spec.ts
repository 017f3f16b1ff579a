import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchBrowser, shoot } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { Place } from '../support/launcher.js';
import { CARDS } from '../support/product.js';

/** The README's five minutes, as a stranger would live them: the real launcher, two windows of a real browser. */
let place: Place;
let browser: Browser;
let staff: Page;

beforeAll(async () => {
  [place, browser] = await Promise.all([Place.make(), launchBrowser()]);
  await place.launch({ DEMO_HISTORY: '24' }).ready();
  staff = await (await spanish()).newPage();
}, 90_000);

const spanish = (): Promise<BrowserContext> =>
  browser.newContext({
    locale: 'es-CO',
    timezoneId: 'America/Bogota',
    viewport: { width: 1440, height: 900 },
  });

async function openPayment(reference: string): Promise<string> {
  await staff.goto(`${place.url}/sessions/create`);
  await staff.getByRole('combobox', { name: 'Sitio' }).click();
  await staff.getByRole('option', { name: 'Ferretería La Candelaria' }).click();
  await staff.getByRole('textbox', { name: 'Valor' }).fill('84.500');
  await staff.getByRole('textbox', { name: 'Referencia' }).fill(reference);
  await staff.getByRole('textbox', { name: 'Descripción' }).fill('Curso de inglés, nivel 3');
  await staff.getByRole('button', { name: 'Crear pago' }).click();
  const link = staff.getByText(/\/p\/[\w-]{43}/).first();
  await link.waitFor();
  return (await link.textContent())?.trim() ?? '';
}

/** In a window of the payer's own: nothing is shared with staff but the link. */
async function pay(link: string): Promise<Page> {
  const payer = await (await spanish()).newPage();
  await payer.goto(link);
  await payer.getByLabel('Nombres').fill('Ana');
  await payer.getByLabel('Apellidos').fill('Ruiz');
  await payer.getByLabel('Correo electrónico').fill('ana@example.com');
  await payer.getByLabel('Tipo de documento').selectOption({ index: 1 });
  await payer.getByLabel('Número de documento').fill('1020304050');
  await payer.getByLabel('Número de la tarjeta').fill(CARDS.approved.number);
  await payer.getByLabel('Nombre en la tarjeta').fill('ANA RUIZ');
  await payer.getByLabel('Vence').fill('12/30');
  await payer.getByLabel('Código de seguridad').fill('123');
  await payer.getByRole('button', { name: /^Pagar/ }).click();
  await payer.getByRole('heading', { name: 'Pago aprobado' }).waitFor();
  return payer;
}

async function bookedTimes(reference: string): Promise<number> {
  const lines = await (await fetch(`http://127.0.0.1:${place.sandboxPort}/control/book`)).text();
  return lines.split('\n').filter((line) => line.includes(`"${reference}"`)).length;
}

describe('the first five minutes', () => {
  it('sign in with a click', async () => {
    await staff.goto(place.url);
    await shoot(staff, 'sign-in');
    await staff.getByRole('button', { name: /Sofía Cárdenas/ }).click();
    await staff.getByRole('heading', { name: /Sofía/ }).waitFor();
    await shoot(staff, 'home-support');
  }, 60_000);

  it('a payment made by staff is paid in a second window and becomes final without reloading', async () => {
    const link = await openPayment('CURSO-001');
    await shoot(staff, 'payment-waiting');
    const payer = await pay(link);
    await shoot(payer, 'gateway-approved');
    await staff.getByRole('main').getByText('Aprobado', { exact: true }).first().waitFor({ timeout: 20_000 });
    await shoot(staff, 'payment-approved');
    await payer.getByRole('link', { name: 'Volver al comercio' }).click();
    await payer.getByText('Su pago fue aprobado').waitFor();
    await shoot(payer, 'payer-return');
    expect(await bookedTimes('CURSO-001')).toBe(1);
  }, 90_000);

  it('a payment made right before kill -9 of the server is final again, once, in our list and in the book', async () => {
    const link = await openPayment('CURSO-002');
    await pay(link);
    process.kill(place.pidOf('server'), 'SIGKILL');
    await place.healthy();
    await staff.goto(`${place.url}/sessions?q=CURSO-002`);
    const row = staff.getByRole('row').filter({ hasText: 'CURSO-002' });
    await eventually(
      async () => {
        await staff.reload();
        await row.first().waitFor({ timeout: 5_000 });
        return (await row.first().textContent())?.includes('Aprobado');
      },
      { seconds: 60, what: 'the payment being approved in the list' },
    );
    expect([await row.count(), await bookedTimes('CURSO-002')]).toEqual([1, 1]);
    await shoot(staff, 'list-search');
  }, 120_000);
});
