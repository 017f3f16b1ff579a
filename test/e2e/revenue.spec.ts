import { describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { storeInstrument } from '../support/instruments.js';
import { CARDS, type Product } from '../support/product.js';
import { act, createSchedule, dayFromNow, untilPeriod } from '../support/schedules.js';
import { read, useStage } from './stage.js';

/** What managers ask of subscriptions, from their own home page, in so many clicks and no more. */
const stage = useStage();
const PATIENCE_MS = 120_000;
const DAY = 24 * 60;
const MANY = 10;

let lived: Promise<void> | null = null;

/**
 * Ten daily subscriptions are paid three times, so that there is a history to estimate by; one of them is then given up.
 * Another is paid only after another card was asked for.
 */
async function live(here: Product): Promise<void> {
  const card = await storeInstrument(here, CARDS.approved);
  const startOn = await dayFromNow(here, 1);
  const daily = { unit: 'day', startOn, chargeHour: 0, amountMinor: 1_000_000 };
  const schedules = [];
  for (let one = 0; one < MANY; one += 1) schedules.push(await createSchedule(here, card, daily));
  const poor = await createSchedule(here, await storeInstrument(here, CARDS.insufficientFunds), {
    ...{ startOn, chargeHour: 0, amountMinor: 5_000_000 },
  });
  for (let day = 1; day <= 3; day += 1) {
    await here.advance(DAY + 10);
    for (const { id } of schedules) await untilPeriod(here, id, day, 'paid');
    if (day === 1) {
      await untilPeriod(here, poor.id, 1, 'retrying');
      await act(here, poor.id, { act: 'instrument', instrumentId: card });
    }
  }
  await untilPeriod(here, poor.id, 1, 'paid');
  await act(here, schedules[0]?.id ?? '', { act: 'cancel', when: 'now' });
  await (await here.as('admin')).post('/api/jobs/revenue/run');
}

interface Counted {
  page: Page;
  clicks: () => number;
  on: (target: Locator) => Promise<void>;
}

async function atHome(): Promise<Counted> {
  await (lived ??= live(await stage.product()));
  const desk = await stage.desk('manager');
  const { page } = desk;
  await desk.go('/');
  await page.getByRole('heading', { name: /^Hola/ }).waitFor();
  let clicks = 0;
  return {
    page,
    clicks: () => clicks,
    on: async (target) => {
      clicks += 1;
      await target.click();
    },
  };
}

async function inRevenue(tab?: string): Promise<Counted> {
  const counted = await atHome();
  const { page, on } = counted;
  await on(page.getByRole('navigation', { name: 'Secciones' }).getByRole('link', { name: 'Ingresos' }));
  if (tab) await on(page.getByRole('tab', { name: tab }));
  return counted;
}

describe('a manager', () => {
  it(
    'sees monthly recurring revenue and its movement, with its definition one click away',
    async () => {
      const { page, on, clicks } = await inRevenue();
      const block = page.getByRole('region', { name: 'Ingreso mensual recurrente · COP' });
      const table = block.getByRole('table');
      await table.waitFor();
      const heads = await table.getByRole('columnheader').allInnerTexts();
      await on(block.getByText('¿Cómo se calcula?'));
      await block.getByText('FROM mrr_changes').waitFor();
      expect([clicks(), heads.slice(1, 8)]).toEqual([
        2,
        ['Al empezar', 'Nuevas', 'Suben', 'Bajan', 'Bajas', 'Vuelven', 'Al cierre'],
      ]);
    },
    PATIENCE_MS,
  );

  it(
    'sees who left by choice and who by a failed payment, with the names behind the number',
    async () => {
      const { page, on, clicks } = await inRevenue('Bajas');
      const block = page.getByRole('region', { name: 'Bajas por causa · COP' });
      await on(block.getByRole('table').getByRole('button', { name: /\(1\)/ }).first());
      const rows = page.getByRole('dialog').getByRole('list', { name: 'Movimientos' });
      await rows.waitFor();
      expect([clicks(), (await read(rows)).includes('Ana Ruiz')]).toEqual([3, true]);
    },
    PATIENCE_MS,
  );

  it(
    'sees who stays, as a map that is a table, and takes it away',
    async () => {
      const { page, on, clicks } = await inRevenue('Permanencia');
      const block = page.getByRole('region', { name: 'Permanencia por mes de llegada · COP' });
      const cells = await read(block.getByRole('table'));
      const download = page.waitForEvent('download');
      await on(block.getByRole('link', { name: 'Descargar CSV' }));
      const file = await download;
      expect([clicks(), /\d+ %/.test(cells), file.suggestedFilename()]).toEqual([3, true, 'ingresos.csv']);
    },
    PATIENCE_MS,
  );

  it(
    'sees what retries brought back and how long it took',
    async () => {
      const { page, clicks } = await inRevenue('Recuperado');
      const block = page.getByRole('region', { name: 'Dinero recuperado · COP' });
      const table = await read(block.getByRole('table'));
      expect([clicks(), table.includes('$ 50.000 COP (1)'), /\d+ días?/.test(table)]).toEqual([
        2,
        true,
        true,
      ]);
    },
    PATIENCE_MS,
  );

  it(
    'sees why charges are declined, and what to do about it',
    async () => {
      const { page, clicks } = await inRevenue('Aprobación');
      const reasons = page.getByRole('table', { name: 'Por qué se rechazan y qué hacer' });
      expect([clicks(), await read(reasons)]).toEqual([
        2,
        expect.stringMatching(/Sin saldo suficiente 51 .*Reintentar/),
      ]);
    },
    PATIENCE_MS,
  );

  it(
    'sees what the next 30 and 90 days will bring, with a band, named an estimate',
    async () => {
      const { page, clicks } = await inRevenue('Previsto');
      const block = page.getByRole('region', { name: 'Ingreso previsto' });
      await block.getByText('Próximos 90 días · COP').waitFor();
      const text = await read(block);
      expect([
        clicks(),
        text.startsWith('Ingreso previsto'),
        text.includes('Estimación'),
        text.match(/Nueve de cada diez veces, entre/g)?.length,
      ]).toEqual([2, true, true, 2]);
    },
    PATIENCE_MS,
  );
});
