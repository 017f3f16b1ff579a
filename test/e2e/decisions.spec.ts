import { describe, expect, it } from '@jest/globals';
import { openElsewhere } from '../support/plugin.js';
import { CARDS, read, useStage, type Desk } from './stage.js';

/** What staff decide about a payment: to confirm it, to let it go, to cancel it, to take it over. */
const stage = useStage();
const PATIENCE_MS = 60_000;

/** The payer has done their part, and the payment stands in the queue. */
async function captured(desk: Desk, reference: string): Promise<string> {
  const link = await desk.opens({
    reference,
    kind: 'Pago con confirmación',
    amount: '84.500',
    button: 'Crear pago',
  });
  const payer = await stage.payer(link);
  await payer.pays(CARDS.visa);
  await payer.sees('El comercio debe confirmar su pago');
  await desk.press('Consultar ahora');
  const sentence = await desk.hears('falta que alguien lo confirme');
  await desk.go('/reviews');
  await desk.page.getByRole('tab', { name: 'Por confirmar' }).click();
  return sentence;
}

describe('a captured payment', () => {
  it(
    'is charged when it is confirmed in its queue',
    async () => {
      const desk = await stage.desk('support');
      const waiting = await captured(desk, 'CONFIRMA-1');
      await desk.press('Confirmar el pago: CONFIRMA-1');
      const dialog = desk.page.getByRole('dialog');
      await desk.press('Confirmar y cobrar $ 84.500 COP', dialog);
      const result = dialog.getByRole('region', { name: 'Cómo está ahora' });
      await result.getByText('Aprobado', { exact: true }).waitFor();
      expect([waiting, await read(result)]).toEqual([
        expect.stringMatching(/^El pagador ya hizo su parte por \$ 84\.500 COP: .+ El plazo termina /),
        expect.stringContaining('La orden quedó pagada'),
      ]);
    },
    PATIENCE_MS,
  );

  it(
    'is not charged when it is let go in its queue',
    async () => {
      const desk = await stage.desk('support');
      await captured(desk, 'CONFIRMA-2');
      await desk.press('No cobrarlo: CONFIRMA-2');
      const dialog = desk.page.getByRole('dialog');
      await desk.press('No cobrar $ 84.500 COP', dialog);
      const result = dialog.getByRole('region', { name: 'Cómo está ahora' });
      await result.getByText('Cancelado', { exact: true }).waitFor();
      expect(await read(result)).toContain('no se cobró nada');
    },
    PATIENCE_MS,
  );
});

describe('a payment that nobody has paid', () => {
  it(
    'is cancelled from its page, and the page of its payer says so',
    async () => {
      const desk = await stage.desk('support');
      const link = await desk.opens({ reference: 'CANCELA-1', amount: '84.500', button: 'Crear pago' });
      const payer = await stage.payer(link);
      await desk.press('Cancelar el pago');
      await desk.press('Cancelar el pago de $ 84.500 COP', desk.page.getByRole('dialog'));
      const sentence = await desk.hears('El comercio lo canceló');
      await payer.sees('Pago cancelado');
      expect(sentence).toMatch(/^El comercio lo canceló .+; no se cobró nada\./);
    },
    PATIENCE_MS,
  );
});

describe('payments that the shop’s own plugin opened', () => {
  it(
    'are looked at in a rehearsal, then taken over, from a file of numbers',
    async () => {
      const here = await stage.product();
      const paid = await openElsewhere(here);
      // Nothing is heard of it, as before this product was there.
      await here.loseNotifications(1);
      const payer = await stage.payer(paid.processUrl);
      await payer.pays(CARDS.visa);
      await payer.sees('Pago aprobado');
      const open = await openElsewhere(here, { allowPartial: true });

      const desk = await stage.desk('finance');
      await desk.go('/sessions');
      await desk.page.getByRole('link', { name: 'Traer pagos' }).click();
      await desk.page.getByRole('combobox', { name: 'Sitio' }).click();
      await desk.page.getByRole('option', { name: 'Ferretería La Candelaria' }).click();
      const csv = `numero;referencia\n${paid.number};${paid.reference}\n${open.number};${open.reference}\n999999;X\n`;
      await desk.page
        .locator('input[type=file]')
        .setInputFiles({ name: 'pedidos.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
      await desk.press('Revisar 3 números');
      const results = desk.page.getByRole('list', { name: 'Resultado por número' });
      await results.getByText('Se puede traer').first().waitFor();
      const rehearsed = await Promise.all((await results.getByRole('listitem').all()).map(read));
      await desk.press('Traer 2 pagos');
      await desk.page.getByText('Listo: se trajeron 2 pagos.').waitFor();
      await results.getByRole('link', { name: paid.reference }).click();
      const sentence = await desk.hears('Aprobado');
      const heading = await read(desk.block('Resumen'));
      expect([rehearsed, sentence, heading]).toEqual([
        [
          expect.stringMatching(
            `^${paid.number} Se puede traer ${paid.reference} · Pago Aprobado \\$ 52\\.000 COP$`,
          ),
          expect.stringMatching(`^${open.number} Se puede traer ${open.reference} · Pago parcial En espera`),
          expect.stringMatching(/^999999 La pasarela no lo conoce/),
        ],
        expect.stringContaining('La orden quedó pagada'),
        expect.stringContaining('Abierto en otra parte'),
      ]);
    },
    PATIENCE_MS,
  );
});
