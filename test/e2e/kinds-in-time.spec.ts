import { describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { CARDS, read, useStage } from './stage.js';

/** What becomes of a payment as days pass: the practice clock is moved, so these go one after the other. */
const stage = useStage();
const HOUR = 60;
const PATIENCE_MS = 90_000;

describe('a partial payment', () => {
  it(
    'that expires half paid is completed by a link for the remainder',
    async () => {
      const before = await stage.desk('support');
      const link = await before.opens({
        reference: 'PARCIAL-2',
        kind: 'Pago parcial',
        amount: '84.500',
        button: 'Crear pago parcial',
        more: async (page) => {
          await page.getByRole('combobox', { name: 'El enlace vence en' }).click();
          await page.getByRole('option', { name: '1 hora' }).click();
        },
      });
      const payer = await stage.payer(link);
      await payer.pays(CARDS.visa, { part: '30000' });
      await payer.page.getByText('Falta por pagar').waitFor();
      await payer.leaves();
      const page = before.page.url();
      await stage.passes(2 * HOUR);

      const desk = await stage.desk('support');
      await desk.go(new URL(page).pathname);
      const ended = await desk.hears('Terminó');
      await desk.go('/reviews');
      await desk.page.getByRole('tab', { name: 'Parciales y vencidos' }).click();
      await desk.press('Enlace por lo que falta: PARCIAL-2');
      await desk.press('Crear enlace por $ 54.500 COP', desk.page.getByRole('dialog'));
      const other = await stage.payer(await desk.link());
      await other.pays(CARDS.mastercard);
      await other.sees('Pago aprobado');
      const paid = await desk.hears('Aprobado');
      await desk.go(new URL(page).pathname);
      expect([ended, paid, await desk.hears('Terminó')]).toEqual([
        expect.stringMatching(
          /^Terminó .+ con \$ 30\.000 COP pagados de \$ 84\.500 COP; faltan \$ 54\.500 COP\./,
        ),
        expect.stringContaining('La orden quedó pagada'),
        expect.stringContaining('Lo que faltaba se pagó con otro pago'),
      ]);
    },
    PATIENCE_MS,
  );
});

describe('a recurring payment', () => {
  it(
    'is charged again by the gateway, which reports it, and finance vouches for the charge',
    async () => {
      const before = await stage.desk('support');
      const link = await before.opens({
        reference: 'MENSUAL-1',
        kind: 'Pago recurrente',
        amount: '89.000',
        button: 'Crear pago recurrente',
        more: async (page) => {
          await page.getByRole('combobox', { name: 'Se repite' }).click();
          await page.getByRole('option', { name: 'Por días' }).click();
          await page.getByLabel('Número de cobros').fill('3');
        },
      });
      const payer = await stage.payer(link);
      await payer.pays(CARDS.visa);
      await payer.sees('Pago aprobado');
      const first = await before.hears('Primer pago aprobado');
      const page = before.page.url();
      await stage.passes(26 * HOUR);

      const desk = await stage.desk('finance');
      await desk.go(new URL(page).pathname);
      const charges = desk.page.getByRole('list', { name: 'Cobros informados' });
      // A payment that is final is not read again by itself: the charge comes when it comes.
      await eventually(async () => {
        await desk.page.reload();
        await charges.getByText('Informado', { exact: true }).waitFor({ timeout: 2_000 });
        return true;
      });
      const reported = await read(charges);
      await desk.press('Confirmar el cobro de $ 89.000 COP', charges);
      const dialog = desk.page.getByRole('dialog');
      await dialog.getByLabel('Dónde lo vio').fill('Está en el extracto de hoy');
      await desk.press('Confirmar el cobro de $ 89.000 COP', dialog);
      await charges.getByText('Confirmado', { exact: true }).waitFor();
      const calendar = await read(desk.page.getByRole('list', { name: 'Calendario de cobros' }));
      expect([first, reported, calendar]).toEqual([
        expect.stringMatching(/La pasarela cobra sola \$ 89\.000 COP cada día; el próximo cobro es el .+\.$/),
        expect.stringMatching(/Aprobado Informado \d+ \$ 89\.000 COP Confirmar$/),
        expect.stringMatching(/^.+ Confirmado .+ Esperado .+ Esperado$/),
      ]);
    },
    PATIENCE_MS,
  );
});
