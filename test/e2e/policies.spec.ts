import { describe, expect, it } from '@jest/globals';
import type { PolicyView } from '@recaudo/shared';
import { violations } from '../support/accessibility.js';
import { storeInstrument } from '../support/instruments.js';
import { CARDS } from '../support/product.js';
import { createSchedule, dayFromNow, scheduleOf, untilPeriod } from '../support/schedules.js';
import { read, useStage, type Desk } from './stage.js';

/** What follows a refused charge, written down and tried out; and schedules from a file. */
const stage = useStage();
const PATIENCE_MS = 60_000;
const SITE = 'Ferretería La Candelaria';

let names = 0;
const newName = () => `Suave ${(names += 1)}`;

async function at(role: 'finance' | 'support', path: string, heading: string): Promise<Desk> {
  const desk = await stage.desk(role);
  await desk.go(path);
  await desk.page.getByRole('heading', { level: 1, name: heading }).waitFor();
  return desk;
}

/** Finance writes a policy of that name; `days` are those of who has no funds. */
async function writes(desk: Desk, name: string, days: string): Promise<void> {
  const { page } = desk;
  await page.getByRole('link', { name: 'Nueva política' }).click();
  await page.getByRole('combobox', { name: 'Sitio' }).last().click();
  await page.getByRole('option', { name: SITE }).click();
  await page.getByRole('textbox', { name: 'Nombre' }).fill(name);
  await page.getByLabel('Días de reintento').first().fill(days);
  await desk.press('Crear política');
}

const card = ({ page }: Desk, name: string) => page.getByRole('listitem', { name, exact: true }).first();

async function policyNamed(name: string): Promise<PolicyView | undefined> {
  const { items } = (await (await (await stage.product()).as('finance')).get('/api/policies')).body;
  return (items as PolicyView[]).find((policy) => policy.name === name);
}

describe('finance', () => {
  it(
    'writes down what follows a refusal, and reads it back as a sentence',
    async () => {
      const desk = await at('finance', '/policies', 'Políticas de cobro');
      const name = newName();
      await writes(desk, name, '1, 5');
      const words = await read(card(desk, name));
      expect([words, await violations(desk.page)]).toEqual([
        expect.stringContaining('Se reintenta 1 y 5 días después y entonces se cancela.'),
        [],
      ]);
    },
    PATIENCE_MS,
  );

  it(
    'is told at the field what is wrong, by the form and by the server',
    async () => {
      const desk = await at('finance', '/policies', 'Políticas de cobro');
      const name = newName();
      await writes(desk, name, '1');
      await card(desk, name).waitFor();
      await writes(desk, name, '5, 1');
      const alert = desk.page.getByRole('alert');
      const byForm = await read(alert.first());
      await desk.page.getByLabel('Días de reintento').first().fill('2');
      await desk.press('Crear política');
      await desk.page.getByText('Este sitio ya tiene otra con este nombre').waitFor();
      expect([byForm, await violations(desk.page)]).toEqual([expect.stringMatching(/de menor a mayor/), []]);
    },
    PATIENCE_MS,
  );

  it(
    'makes one the default of its site, and the house’s again',
    async () => {
      const desk = await at('finance', '/policies', 'Políticas de cobro');
      const name = newName();
      await writes(desk, name, '2');
      await desk.press(`Usar por defecto: ${name}`);
      await desk.press(`Usar ${name} por defecto`);
      await desk.page.getByText('La política por defecto quedó cambiada').first().waitFor();
      const chosen = (await policyNamed(name))?.isDefault;
      await card(desk, name).getByText('Por defecto', { exact: true }).waitFor();
      await desk.press('Usar por defecto: Política de la casa');
      await desk.press('Usar Política de la casa por defecto');
      await card(desk, name).getByRole('button', { name: 'Usar por defecto' }).waitFor();
      expect([chosen, (await policyNamed(name))?.isDefault]).toEqual([true, false]);
    },
    PATIENCE_MS,
  );

  it(
    'plays a policy against what was refused, and is told that it is an estimate',
    async () => {
      const here = await stage.product();
      const poor = await storeInstrument(here, CARDS.insufficientFunds);
      const startOn = await dayFromNow(here, 0);
      const { id } = await createSchedule(here, poor, { startOn, chargeHour: 0 });
      await untilPeriod(here, id, 1, 'retrying');
      const desk = await at('finance', '/policies', 'Políticas de cobro');
      const { page } = desk;
      await page.getByRole('combobox', { name: 'Política que se prueba' }).click();
      await page.getByRole('option', { name: `Política de la casa · ${SITE}` }).click();
      await desk.press('Probar con los últimos 90 días');
      const lab = desk.block('Laboratorio');
      const table = await read(lab.getByRole('table'));
      expect([table, await read(lab), await violations(page)]).toEqual([
        expect.stringMatching(/Intentos después del rechazo 0 entre 1 y 3 de 1 a 3 más .* hasta 1 más/),
        expect.stringMatching(/Estimación\. Se basa en 1 período rechazado: 1 sin fondos\./),
        [],
      ]);
    },
    PATIENCE_MS,
  );
});

describe('support', () => {
  it(
    'sees the policies and who may change them, and changes none',
    async () => {
      const desk = await at('support', '/policies', 'Políticas de cobro');
      await desk.page.getByText(/^Usted puede verlas y probarlas/).waitFor();
      const acts = await desk.page.getByRole('link', { name: /Nueva política|Cambiar/ }).count();
      expect([acts, await desk.page.getByRole('button', { name: /^Usar por defecto/ }).count()]).toEqual([
        0, 0,
      ]);
    },
    PATIENCE_MS,
  );

  it(
    'has one schedule follow another policy',
    async () => {
      const name = newName();
      const finance = await at('finance', '/policies', 'Políticas de cobro');
      await writes(finance, name, '3');
      await card(finance, name).waitFor();
      const here = await stage.product();
      const made = await createSchedule(here, await storeInstrument(here, CARDS.approved));
      const desk = await stage.desk('support');
      await desk.go(`/schedules/${made.id}/show`);
      await desk.press('Cambiar la política de cobro');
      await desk.page.getByRole('radio', { name }).check();
      await desk.press(`Seguir ${name}`);
      await desk.page.getByText('La programación sigue otra política').waitFor();
      const { policy } = await scheduleOf(here, made.id);
      expect([policy.name, policy.named]).toEqual([name, true]);
    },
    PATIENCE_MS,
  );
});

describe('a file of schedules', () => {
  const HEADER = 'reference,plan,instrumentId,amount,currency,unit,interval,startOn';

  async function chosen(desk: Desk, content: string | Buffer, name = 'planes.csv'): Promise<void> {
    const { page } = desk;
    await page.getByRole('combobox', { name: 'Sitio' }).last().click();
    await page.getByRole('option', { name: SITE }).click();
    const file = { name, mimeType: 'text/csv', buffer: Buffer.from(content) };
    await page.getByLabel('Elegir archivo').setInputFiles(file);
  }

  const opened = () => at('support', '/schedules/import', 'Importar programaciones');

  it(
    'is rehearsed first, and made when support says so',
    async () => {
      const here = await stage.product();
      const [id, startOn] = [await storeInstrument(here, CARDS.approved), await dayFromNow(here, 5)];
      const row = (at: number) => `ARCH-${at},Plan de agua,${id},40000.00,COP,month,1,${startOn}`;
      const desk = await opened();
      await chosen(desk, [HEADER, row(1), row(2)].join('\n'));
      const ready = desk.block('Listas para crear 2 programaciones');
      const told = await read(ready);
      const wrong = await violations(desk.page);
      await desk.press('Crear 2 programaciones');
      await desk.page.getByText('Se crearon 2 programaciones').waitFor();
      await desk.page.getByRole('link', { name: 'Ver las programaciones' }).click();
      await desk.page.getByText('ARCH-2').first().waitFor();
      expect([told.includes('$ 80.000 COP'), wrong]).toEqual([true, []]);
    },
    PATIENCE_MS,
  );

  it(
    'with errors makes nothing, and each is told by its line and column',
    async () => {
      const desk = await opened();
      await chosen(desk, [HEADER, 'MAL-1,=1+1,nadie,cuarenta,COP,month,1,ayer'].join('\n'));
      const table = await read(desk.page.getByRole('table', { name: 'Errores por línea' }));
      expect([table, await violations(desk.page)]).toEqual([
        expect.stringMatching(/2 plan Empieza como una fórmula de hoja de cálculo/),
        [],
      ]);
    },
    PATIENCE_MS,
  );

  it(
    'in another encoding is refused with what to do about it',
    async () => {
      const desk = await opened();
      await chosen(desk, Buffer.from([0x72, 0xe9, 0x66, 0x0a, 0x31]));
      await desk.page.getByText(/Guardar como → «CSV UTF-8»/).waitFor();
      expect(await desk.page.getByRole('button', { name: /^Crear \d/ }).count()).toBe(0);
    },
    PATIENCE_MS,
  );
});
