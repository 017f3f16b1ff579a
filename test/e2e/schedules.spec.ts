import { describe, expect, it } from '@jest/globals';
import type { ScheduleView } from '@recaudo/shared';
import type { Locator } from 'playwright-core';
import { storeInstrument } from '../support/instruments.js';
import { CARDS } from '../support/product.js';
import { act, createSchedule, dayFromNow, scheduleOf, untilPeriod } from '../support/schedules.js';
import { read, useStage, type Desk } from './stage.js';

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
      const { id, reference: named, next } = await planned();
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
      await clicks.on(page.getByRole('button', { name: 'Cancelar al final de lo pagado' }));
      await page.getByText('La suscripción quedó cancelada').waitFor();
      const { endsOn } = await scheduleOf(await stage.product(), id);
      expect([clicks.count, told.includes('No se cobrará nada más.'), endsOn]).toEqual([3, true, next?.day]);
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
      await desk.hears('Se canceló: no se cobra nada más');
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
      await desk.press('Cobrar $ 40.000 COP', dialog);
      await dialog.getByRole('alert').waitFor();
      expect(await read(dialog)).toMatch(
        /Esto no cobraría otra vez.*La pasarela lo cobraría otra vez solo después de/,
      );
    },
    PATIENCE_MS,
  );
});
