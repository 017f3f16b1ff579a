import { describe, expect, it } from '@jest/globals';
import type { Locator } from 'playwright-core';
import { act, held, paid, refund } from '../support/money.js';
import { read, useStage, type Desk } from './stage.js';

/** What support and managers do every day, from their own home page, in so many clicks and no more. */
const stage = useStage();
const PATIENCE_MS = 60_000;

/** Counts what a person clicks; what they type is free. */
class Clicks {
  count = 0;

  constructor(readonly desk: Desk) {}

  async on(target: Locator): Promise<void> {
    this.count += 1;
    await target.click();
  }

  button(name: string | RegExp, within: Locator | Desk['page'] = this.desk.page): Promise<void> {
    return this.on(within.getByRole('button', { name, exact: typeof name === 'string' }));
  }

  get dialog(): Locator {
    return this.desk.page.getByRole('dialog');
  }

  async types(name: string, text: string): Promise<void> {
    await this.dialog.getByRole('textbox', { name }).fill(text);
  }

  /** What truly came of it, as the dialog says. */
  async result(word: string): Promise<string> {
    const shown = this.dialog.getByText(word, { exact: true }).first();
    await shown.waitFor({ timeout: 20_000 });
    return read(this.dialog);
  }
}

async function atHome(role: 'support' | 'manager'): Promise<Clicks> {
  const desk = await stage.desk(role);
  await desk.go('/');
  await desk.page.getByRole('heading', { name: /^Hola/ }).waitFor();
  return new Clicks(desk);
}

async function search(clicks: Clicks, text: string): Promise<void> {
  const { page } = clicks.desk;
  await page.getByPlaceholder(/^Referencia/).fill(text);
  await page.keyboard.press('Enter');
}

const reference = (name: string) => `${name}-${Date.now().toString(36)}`.toUpperCase();

describe('support', () => {
  it(
    'refunds a payment within three clicks of its row',
    async () => {
      const named = reference('S3');
      const { session } = await paid(await stage.product(), { reference: named });
      const clicks = await atHome('support');
      await search(clicks, named);
      await clicks.on(clicks.desk.page.getByRole('row').filter({ hasText: named }));
      await clicks.button(/^Reembolsar: /);
      await clicks.types('Motivo', 'Producto agotado');
      await clicks.button('Reembolsar $ 84.500 COP', clicks.dialog);
      const said = await clicks.result('Aprobado');
      const { order } = await (await stage.product()).session(session.id);
      expect([clicks.count, order.returnedMinor, said.includes('La pasarela aprobó el reembolso')]).toEqual([
        3,
        8_450_000,
        true,
      ]);
    },
    PATIENCE_MS,
  );

  it(
    'captures a hold within three clicks',
    async () => {
      const named = reference('S4');
      const { session } = await held(await stage.product(), { reference: named });
      const clicks = await atHome('support');
      const { page } = clicks.desk;
      await clicks.on(page.getByRole('link', { name: 'Preautorizaciones' }));
      const row = page.getByRole('listitem').filter({ hasText: named });
      await clicks.button(/^Capturar/, row);
      await clicks.button('Capturar $ 84.500 COP', clicks.dialog);
      await clicks.result('Aprobado');
      const { order } = await (await stage.product()).session(session.id);
      expect([clicks.count, order.settledMinor, order.heldMinor]).toEqual([3, 8_450_000, 0]);
    },
    PATIENCE_MS,
  );

  it(
    'asks a second person for a capture of more than is held, where the contract allows it',
    async () => {
      const here = await stage.product();
      const named = reference('S4');
      const { id } = await held(here, { reference: named });
      await here.db.query(
        `UPDATE gateway_accounts SET over_capture = true
         WHERE id = (SELECT gateway_account_id FROM preauthorizations WHERE id = $1)`,
        [id],
      );
      const clicks = await atHome('support');
      const { page } = clicks.desk;
      await clicks.on(page.getByRole('link', { name: 'Preautorizaciones' }));
      await clicks.button(/^Capturar/, page.getByRole('listitem').filter({ hasText: named }));
      await clicks.types('Valor', '90.000');
      await clicks.dialog.getByText('Es más de lo retenido: otra persona debe aprobarlo.').waitFor();
      await clicks.types('Motivo', 'Consumos del minibar');
      await clicks.button('Pedir captura de $ 90.000 COP', clicks.dialog);
      const said = await clicks.result('Pide aprobación');
      expect([clicks.count, said.includes('No se envió nada todavía')]).toEqual([3, true]);
    },
    PATIENCE_MS,
  );

  it(
    'releases a hold by its own word within three clicks',
    async () => {
      const named = reference('S5');
      const { session } = await held(await stage.product(), { reference: named });
      const clicks = await atHome('support');
      const { page } = clicks.desk;
      await clicks.on(page.getByRole('link', { name: 'Preautorizaciones' }));
      const row = page.getByRole('listitem').filter({ hasText: named });
      await clicks.button(/^Liberar/, row);
      await clicks.button('Liberar $ 84.500 COP', clicks.dialog);
      await clicks.result('Aprobado');
      const { order, hold } = await (await stage.product()).session(session.id);
      expect([clicks.count, hold?.state, order.heldMinor]).toEqual([3, 'released', 0]);
    },
    PATIENCE_MS,
  );

  it(
    'refunds many at once within four clicks, can undo them until they are sent, and sees each one’s result',
    async () => {
      const here = await stage.product();
      const named = reference('S8');
      for (const number of [1, 2, 3]) await paid(here, { reference: `${named}-${number}` });
      const clicks = await atHome('support');
      const { page } = clicks.desk;
      await clicks.on(page.getByRole('link', { name: 'Transacciones' }));
      await search(clicks, named);
      await page.getByText('1–3 de 3').waitFor();
      await clicks.on(page.getByRole('columnheader').getByRole('checkbox'));
      await clicks.button(/^Reembolsar seleccionadas/);
      await clicks.types('Motivo', 'Evento cancelado');
      await clicks.button(/^Reembolsar 3 por \$ 253\.500 COP$/, clicks.dialog);
      await page.getByText(/Hasta entonces se puede deshacer/).waitFor();
      const undo = await page.getByRole('button', { name: 'Deshacer el lote' }).isVisible();
      await here.advance(6);
      await page.getByText('Terminó: 3 aprobadas de 3.').waitFor({ timeout: 30_000 });
      const given = (await here.book()).filter(
        (line) => line.kind === 'reverse' && line.reference.startsWith(named),
      );
      expect([clicks.count, undo, given.length]).toEqual([4, true, 3]);
    },
    PATIENCE_MS,
  );
});

describe('a manager', () => {
  it(
    'approves what another person asked for in two clicks',
    async () => {
      const here = await stage.product();
      const named = reference('M8');
      const { id, session } = await paid(here, { reference: named, amountMinor: 90_000_000 });
      await refund(await here.as('support'), id, 90_000_000);
      const clicks = await atHome('manager');
      const card = clicks.desk.page.getByRole('listitem').filter({ hasText: named });
      await clicks.button(/^Aprobar/, card);
      await clicks.button(/^Aprobar/, clicks.dialog);
      await clicks.result('Aprobado y hecho.');
      const { order } = await here.session(session.id);
      expect([clicks.count, order.state]).toEqual([2, 'returned']);
    },
    PATIENCE_MS,
  );

  it(
    'cannot approve what they asked for themselves, and reads why',
    async () => {
      const here = await stage.product();
      const named = reference('M8');
      const { id } = await paid(here, { reference: named, amountMinor: 90_000_000 });
      const { body } = await refund(await here.as('support'), id, 90_000_000);
      // As if the same person had since become a manager.
      await here.db.query(
        `UPDATE approvals SET makers = makers || (SELECT id FROM people WHERE email LIKE 'manager@%') WHERE id = $1`,
        [body.approval.id],
      );
      const desk = await stage.desk('manager');
      await desk.go('/approvals');
      const card = desk.page.getByRole('listitem').filter({ hasText: named });
      await card.getByText('Usted lo pidió o tuvo parte en él: otra persona debe decidirlo.').waitFor();
      const refused = await act(await here.as('manager'), `/api/approvals/${body.approval.id}/approve`);
      expect([await card.getByRole('button', { name: /^Aprobar/ }).count(), refused.body.code]).toEqual([
        0,
        'own_request',
      ]);
    },
    PATIENCE_MS,
  );
});
