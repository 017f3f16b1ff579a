import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { CARDS, read, useStage } from './stage.js';

/** Each kind of payment: opened with its form, paid on the gateway's page, read again at the desk. */
const stage = useStage();
const PATIENCE_MS = 60_000;

describe('a payment with articles and taxes', () => {
  it(
    'is paid, and its page says what was asked for',
    async () => {
      const desk = await stage.desk('support');
      const link = await desk.opens({
        reference: 'KIT-100',
        amount: '119.000',
        button: 'Crear pago',
        more: async (page) => {
          await page.getByText('Artículos, impuestos y detalles (opcional)').click();
          await desk.press('Agregar artículo');
          const items = page.getByRole('group', { name: 'Artículos' });
          await items.getByLabel('Nombre').fill('Martillo');
          await items.getByLabel('Cantidad').fill('2');
          await items.getByLabel('Precio por unidad').fill('50.000');
          await desk.press('Agregar impuesto');
          const taxes = page.getByRole('group', { name: 'Impuestos' });
          await taxes.getByLabel('Valor del impuesto').fill('19.000');
          await taxes.getByLabel('Base').fill('100.000');
        },
      });
      const payer = await stage.payer(link);
      await payer.pays(CARDS.visa);
      await payer.sees('Pago aprobado');
      const sentence = await desk.hears('Aprobado');
      const terms = await read(desk.block('Lo que se pidió'));
      expect([sentence, terms]).toEqual([
        expect.stringMatching(/^Aprobado .+ por .+\. La orden quedó pagada; no hay que hacer nada\.$/),
        expect.stringMatching(/2 × Martillo \$ 100\.000 COP.*IVA \$ 19\.000 COP/),
      ]);
    },
    PATIENCE_MS,
  );
});

describe('a payment that offers to save the card', () => {
  it.each([
    ['saves it for a payer who agrees', true, /Además guardó su medio de pago: Visa ···· 0081\.$/],
    [
      'is a plain payment for a payer who does not',
      false,
      /El pagador prefirió no guardar su medio de pago\.$/,
    ],
  ])(
    '%s',
    async (_what, keeps, words) => {
      const desk = await stage.desk('support');
      const link = await desk.opens({
        reference: keeps ? 'GUARDA-1' : 'GUARDA-2',
        amount: '45.000',
        button: 'Crear pago',
        more: (page) => page.getByLabel('Ofrecer guardar el medio de pago').check(),
      });
      const payer = await stage.payer(link);
      await payer.pays(CARDS.visa, { keeps });
      await payer.sees('Pago aprobado');
      expect(await desk.hears('Aprobado')).toMatch(words);
    },
    PATIENCE_MS,
  );
});

describe('a partial payment', () => {
  it(
    'is completed by a second card, and is half paid in between',
    async () => {
      const desk = await stage.desk('support');
      const link = await desk.opens({
        reference: 'PARCIAL-1',
        kind: 'Pago parcial',
        amount: '84.500',
        button: 'Crear pago parcial',
      });
      const payer = await stage.payer(link);
      await payer.pays(CARDS.visa, { part: '30000' });
      await payer.page
        .getByLabel('Valor que paga ahora')
        .and(payer.page.locator('[value="54500"]'))
        .waitFor();
      await desk.press('Consultar ahora');
      const between = await desk.hears('Van');
      await payer.pays(CARDS.mastercard);
      await payer.sees('Pago aprobado');
      const done = await desk.hears('Aprobado');
      const progress = await read(desk.block('Avance'));
      expect([between, done, progress]).toEqual([
        expect.stringContaining('Van $ 30.000 COP de $ 84.500 COP; faltan $ 54.500 COP.'),
        expect.stringContaining('La orden quedó pagada'),
        'Avance $ 84.500 COP pagados: completo',
      ]);
    },
    PATIENCE_MS,
  );
});

/** Two parts: the first below 200 dollars, the second above. */
async function fillParts(page: Page): Promise<void> {
  const part = (number: number) => page.getByRole('group', { name: `Parte ${number}` });
  await part(1).getByLabel('Valor').fill('500.000');
  await part(1).getByLabel('Convenio').fill('1299');
  await part(2).getByLabel('Valor').fill('2.000.000');
  await part(2).getByLabel('Convenio').fill('1300');
}

describe('a dispersion', () => {
  const dispersion = { kind: 'Dispersión', amount: '2.500.000', button: 'Crear dispersión', more: fillParts };

  it(
    'is approved with its parts beneath it',
    async () => {
      const desk = await stage.desk('support');
      const payer = await stage.payer(await desk.opens({ reference: 'REPARTO-1', ...dispersion }));
      await payer.pays(CARDS.visa);
      await payer.sees('Pago aprobado');
      await desk.hears('Aprobado');
      const rows = await Promise.all((await desk.block('Intentos').getByRole('row').all()).map(read));
      expect(rows.slice(1)).toEqual([
        expect.stringMatching(/Aprobado Dispersión · Visa.*\$ 2\.500\.000 COP$/),
        expect.stringMatching(/Aprobado Para 1299.*\$ 500\.000 COP$/),
        expect.stringMatching(/Aprobado Para 1300.*\$ 2\.000\.000 COP$/),
      ]);
    },
    PATIENCE_MS,
  );

  it(
    'approved in part is completed by a link for the rejected part, with its agreement',
    async () => {
      const desk = await stage.desk('support');
      const payer = await stage.payer(await desk.opens({ reference: 'REPARTO-2', ...dispersion }));
      await payer.pays(CARDS.limited);
      const half = await desk.hears('Se aprobaron');
      await payer.leaves();
      await desk.go('/reviews?tab=partial');
      await desk.press('Enlace por lo que falta: REPARTO-2');
      const dialog = desk.page.getByRole('dialog');
      const asked = await read(dialog.getByRole('list'));
      await desk.press(/^Crear enlace por/, dialog);
      const other = await stage.payer(await desk.link());
      await other.pays(CARDS.visa);
      await other.sees('Pago aprobado');
      expect([half, asked, await desk.hears('Aprobado')]).toEqual([
        expect.stringContaining('Se aprobaron 1 de 2 partes: $ 500.000 COP de $ 2.500.000 COP'),
        '$ 2.000.000 COP · 1300',
        expect.stringContaining('La orden quedó pagada'),
      ]);
    },
    PATIENCE_MS,
  );
});

describe('a preauthorization', () => {
  it(
    'holds the money until a day, and takes none',
    async () => {
      const desk = await stage.desk('support');
      const link = await desk.opens({
        reference: 'RETENER-1',
        kind: 'Preautorización',
        amount: '300.000',
        button: 'Crear preautorización',
      });
      const payer = await stage.payer(link);
      await payer.pays(CARDS.visa);
      await payer.sees('Pago aprobado');
      const sentence = await desk.hears('Se retuvieron');
      const hold = await read(desk.block('Retención'));
      expect([sentence, hold]).toEqual([
        expect.stringMatching(
          /^Se retuvieron \$ 300\.000 COP .+; todavía no se ha cobrado nada\. La retención dura hasta .+\.$/,
        ),
        expect.stringMatching(/Retenido \$ 300\.000 COP Hasta .+/),
      ]);
    },
    PATIENCE_MS,
  );
});

describe('a subscription', () => {
  it(
    'stores the card and charges nothing',
    async () => {
      const desk = await stage.desk('support');
      const link = await desk.opens({
        reference: 'SUSCRIBE-1',
        kind: 'Suscripción',
        button: 'Crear suscripción',
      });
      const payer = await stage.payer(link);
      await payer.pays(CARDS.visa, { button: /^Guardar tarjeta$/ });
      await payer.sees('Tarjeta guardada');
      const sentence = await desk.hears('El pagador guardó');
      const instrument = await read(desk.block('Medio de pago guardado'));
      expect([sentence, instrument]).toEqual([
        expect.stringMatching(/^El pagador guardó su medio de pago .+: Visa ···· 0081\. No se cobró nada\.$/),
        expect.stringMatching(/Visa ···· 0081.*Sirve hasta .*2030/),
      ]);
    },
    PATIENCE_MS,
  );
});
