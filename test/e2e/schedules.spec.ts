import { describe, expect, it } from '@jest/globals';
import type { ScheduleView } from '@recaudo/shared';
import type { Locator } from 'playwright-core';
import { storeInstrument } from '../support/instruments.js';
import { CARDS } from '../support/product.js';
import { act, createSchedule, dayFromNow, scheduleOf, untilPeriod } from '../support/schedules.js';
import { CARDS as STAGE_CARDS, read, useStage, type Desk } from './stage.js';

/** Subscriptions at the desk of support, from its own home page, in so many clicks and no more. */
const stage = useStage();
const PATIENCE_MS = 60_000;

const reference = () => `S7-${Date.now().toString(36)}`.toUpperCase();

async function planned(more: Record<string, unknown> = {}): Promise<ScheduleView> {
  const here = await stage.product();
  const card = await storeInstrument(here, CARDS.approved);
  return createSchedule(here, card, { reference: reference(), ...more });
}

async function atHome(): Promise<Desk> {
  const desk = await stage.desk('support');
  await desk.go('/');
  await desk.page.getByRole('heading', { name: /^Hola/ }).waitFor();
  return desk;
}

async function search({ page }: Desk, text: string): Promise<void> {
  // Until the room is there the box searches the payments.
  await page.getByRole('heading', { name: 'Programaciones' }).waitFor();
  await page.getByPlaceholder(/^Referencia/).fill(text);
  await page.keyboard.press('Enter');
}

/** What a person clicks; what they type is free. */
function counting() {
  const clicks = {
    count: 0,
    async on(target: Locator): Promise<void> {
      clicks.count += 1;
      await target.click();
    },
  };
  return clicks;
}

/** The part of the dialog that tells what will follow. */
const outlook = ({ page }: Desk): Locator =>
  page.getByRole('dialog').getByRole('region', { name: 'Qué pasará' });

describe('support', () => {
  it(
    'cancels a subscription within three clicks, told what will be charged and when access ends',
    async () => {
      const startOn = await dayFromNow(await stage.product(), 0);
      const { id, reference: named, next } = await planned({ startOn, trialDays: 10 });
      const desk = await atHome();
      const { page } = desk;
      const clicks = counting();
      await clicks.on(page.getByRole('link', { name: 'Programaciones' }));
      await search(desk, named);
      await clicks.on(page.getByRole('button', { name: `Cancelar la suscripción: ${named}` }));
      await outlook(desk)
        .getByText(/^El acceso termina el/)
        .waitFor();
      const told = await read(outlook(desk));
      await clicks.on(page.getByRole('button', { name: 'Cancelar al final de la prueba' }));
      await page.getByText('La suscripción quedó cancelada').waitFor();
      const { endsOn } = await scheduleOf(await stage.product(), id);
      expect([clicks.count, told.includes('No se cobrará ningún período más.'), endsOn]).toEqual([
        3,
        true,
        next?.day,
      ]);
    },
    PATIENCE_MS,
  );

  it(
    'changes the card of a subscription within three clicks',
    async () => {
      const here = await stage.product();
      const { id, reference: named } = await planned();
      const other = await storeInstrument(here, { number: STAGE_CARDS.mastercard });
      const desk = await atHome();
      const { page } = desk;
      const clicks = counting();
      await clicks.on(page.getByRole('link', { name: 'Programaciones' }));
      await search(desk, named);
      await clicks.on(page.getByRole('button', { name: `Cambiar el medio de pago: ${named}` }));
      await outlook(desk).getByText('Se cobrará todavía:').waitFor();
      await clicks.on(page.getByRole('button', { name: /^Cambiar a .*0005$/ }));
      await page.getByText('El medio de pago quedó cambiado').waitFor();
      const { instrument } = await scheduleOf(here, id);
      expect([clicks.count, instrument.id]).toEqual([3, other]);
    },
    PATIENCE_MS,
  );

  it(
    'changes to another person’s card only after a tick that names them',
    async () => {
      const here = await stage.product();
      const { id } = await planned();
      const document = String(Date.now()).slice(-9);
      const luis = { name: 'Luis', surname: 'Mora', email: `luis${document}@example.com`, document };
      const other = await storeInstrument(here, { number: STAGE_CARDS.mastercard }, luis);
      const desk = await stage.desk('support');
      const { page } = desk;
      await desk.go(`/schedules/${id}/show`);
      await desk.press('Cambiar el medio de pago');
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('radio', { name: /^El de otra persona/ }).check();
      const picker = dialog.getByRole('combobox', { name: 'Medio de pago' });
      await picker.fill(luis.email);
      await page.getByRole('option', { name: /Luis Mora/ }).click();
      const tick = dialog.getByRole('checkbox', { name: 'Sí, a propósito: se le cobrará a Luis Mora' });
      await tick.waitFor();
      const change = dialog.getByRole('button', { name: 'Cambiar el medio de pago', exact: true });
      await change.click();
      await dialog.getByText('Marque la casilla si es a propósito').waitFor();
      const before = (await scheduleOf(here, id)).instrument.id;
      await tick.check();
      await change.click();
      await page.getByText('El medio de pago quedó cambiado').waitFor();
      const after = (await scheduleOf(here, id)).instrument.id;
      expect([before === other, after === other]).toEqual([false, true]);
    },
    PATIENCE_MS,
  );

  it(
    'is told at the field that an amount is charged from that day already, and foresees nothing before typing',
    async () => {
      const here = await stage.product();
      const { id } = await planned();
      const desk = await stage.desk('support');
      await desk.go(`/schedules/${id}/show`);
      await desk.press('Cambiar el valor');
      const dialog = desk.page.getByRole('dialog');
      const change = dialog.getByRole('button', { name: /^Cambiar/ });
      const atFirst = [await change.isEnabled(), await outlook(desk).count()];
      await dialog.getByLabel('Desde el día').fill(await dayFromNow(here, 60));
      await dialog.getByText('Es lo que ya se cobra desde ese día', { exact: true }).waitFor();
      const field = dialog.getByLabel(/^Valor/);
      const same = [await change.isEnabled(), await field.getAttribute('aria-invalid')];
      await field.fill('55.000');
      await outlook(desk).getByText('Se cobrará todavía:').waitFor();
      await change.click();
      await desk.page.getByText('El valor quedó cambiado').waitFor();
      const { prices } = await scheduleOf(here, id);
      expect([atFirst, same, prices.map(({ amountMinor }) => amountMinor)]).toEqual([
        [false, 0],
        [false, 'true'],
        [5_500_000],
      ]);
    },
    PATIENCE_MS,
  );

  it(
    'asks again after an answer that was lost, whatever the schedule looks like by then, and pauses once',
    async () => {
      const here = await stage.product();
      const { id } = await planned();
      const desk = await stage.desk('support');
      const { page } = desk;
      await desk.go(`/schedules/${id}/show`);
      await desk.press('Pausar');
      const dialog = page.getByRole('dialog');
      await outlook(desk).getByText(/\S/).first().waitFor();
      await page.route(
        `**/api/schedules/${id}/acts`,
        async (route) => {
          await route.fetch();
          await route.abort();
        },
        { times: 1 },
      );
      await desk.press(/^Pausar/, dialog);
      await dialog.getByText('El servidor no contestó y puede que sí se haya hecho.').waitFor();
      await desk.press('Preguntar otra vez', dialog);
      await page.getByText('La programación quedó en pausa').waitFor();
      const { state, timeline } = await scheduleOf(here, id);
      expect([state, timeline.filter(({ kind }) => kind === 'schedule.paused').length]).toEqual([
        'paused',
        1,
      ]);
    },
    PATIENCE_MS,
  );

  it(
    'plans a subscription with the form, which tells the coming charges while it is typed',
    async () => {
      const here = await stage.product();
      await storeInstrument(here, CARDS.approved);
      const named = reference();
      const desk = await stage.desk('support');
      const { page } = desk;
      const types = (name: string | RegExp, text: string) => page.getByLabel(name).fill(text);
      await desk.go('/schedules/create');
      await page.getByRole('combobox', { name: 'Sitio' }).click();
      await page.getByRole('option', { name: 'Ferretería La Candelaria' }).click();
      await page.getByRole('combobox', { name: 'Medio de pago' }).click();
      await page.getByRole('option').first().click();
      await types(/^Plan/, 'Plan familiar');
      await types(/^Referencia/, named);
      await types(/^Valor/, '40.000');
      const year = Number((await dayFromNow(here, 0)).slice(0, 4)) + 1;
      await types(/^Empieza/, `${year}-01-31`);
      const preview = page.getByRole('region', { name: 'Los cobros serán' });
      await preview.getByText(`30 abr ${year}`).waitFor();
      // What was typed and taken back again is as if it had never been typed.
      await types(/^Número de cobros/, '2');
      await preview.getByText('y así sin fecha de fin').waitFor({ state: 'detached' });
      await types(/^Número de cobros/, '');
      await preview.getByText('y así sin fecha de fin').waitFor();
      await desk.press('Crear programación');
      expect(await desk.hears('Próximo cobro')).toBe(
        `Se cobra $ 40.000 COP cada mes, el 31 o el último día. Próximo cobro: 31 ene ${year} 09:00 (GMT-5).`,
      );
    },
    PATIENCE_MS,
  );

  it(
    'reads on its page what a cancellation for later leaves, and keeps it after all',
    async () => {
      const here = await stage.product();
      const { id } = await planned();
      await act(here, id, { act: 'cancel', when: 'period_end' });
      const desk = await stage.desk('support');
      await desk.go(`/schedules/${id}/show`);
      await desk.hears('Se canceló: no se cobra ningún período más');
      await desk.press('Conservarla');
      await outlook(desk).getByText('Se cobrará todavía:').waitFor();
      await desk.press('Conservar la suscripción', desk.page.getByRole('dialog'));
      expect(await desk.hears('Próximo cobro')).toContain('Se cobra $ 40.000 COP cada mes');
    },
    PATIENCE_MS,
  );

  it(
    'reads in the queue why a period was declined, and is told that the same would not be charged again today',
    async () => {
      const here = await stage.product();
      const card = await storeInstrument(here, CARDS.insufficientFunds);
      const due = { startOn: await dayFromNow(here, 0), chargeHour: 0 };
      const { id, reference: named } = await createSchedule(here, card, { reference: reference(), ...due });
      await untilPeriod(here, id, 1, 'retrying');
      const desk = await stage.desk('support');
      await desk.go('/periods');
      const line = desk.page.getByRole('listitem', { name: named });
      await line.getByText('Al pagador le faltaron fondos. Se intenta otra vez').waitFor();
      await desk.press(/^Cobrar ahora/, line);
      const dialog = desk.page.getByRole('dialog');
      await dialog.getByRole('alert').waitFor();
      const armed = await dialog
        .getByRole('button', { name: 'Cobrar $ 40.000 COP', exact: true })
        .isEnabled();
      expect([armed, await read(dialog.getByRole('alert'))]).toEqual([
        false,
        expect.stringMatching(
          /^Esto no cobraría otra vez.*\(rechazado\).*Lo hizo la programación\..*espere hasta .*enlace de pago\. Copiar enlace$/,
        ),
      ]);
    },
    PATIENCE_MS,
  );
});
