/** The fault menu: what is armed, arming one, clearing them. */
import { FAULT_MENU } from '../../platform/faults.js';
import type { Fault } from '../../platform/faults.js';
import type { Site } from '../../sites/sites.js';
import { html } from '../html.js';
import type { Page } from '../html.js';
import { choiceField, consolePage, siteField, table, textField } from './frame.js';
import type { Option, Refused } from './frame.js';

const KINDS: Record<Fault['kind'], string> = {
  drop_before: 'corta la conexión antes de actuar',
  drop_after: 'corta la conexión después de actuar',
  slow: 'espera y actúa',
  error_500: 'error 500 antes de actuar',
  error_500_after: 'error 500 después de actuar',
  rate_limited: '429 antes de actuar',
  malformed: 'actúa y corta el JSON',
  not_json: 'actúa y responde HTML',
  other_reference: 'responde sobre otra referencia',
  other_amount: 'responde con otro valor, mayor',
  less_amount: 'responde con un valor menor',
  frozen_refunded: 'calla que hubo devolución',
  lose: 'se pierde',
  duplicate: 'llega dos veces',
  delay: 'llega tarde',
  reorder: 'llega después de la siguiente',
  forge: 'llega con firma ajena',
  decline: 'la red rechaza',
  pending_for_ever: 'la red nunca responde',
  technical: 'falla técnica',
};

const OPERATIONS: Option[] = Object.keys(FAULT_MENU).map((value) => ({ value, label: value }));
const KIND_OPTIONS: Option[] = Object.entries(KINDS).map(([value, text]) => ({
  value,
  label: `${value} · ${text}`,
}));

/** What is wrong with a field of the form, in words. */
export const FAULT_ERRORS: Record<string, string> = {
  operation: 'Elija una operación.',
  kind: 'Esta falla no existe para esta operación.',
  site: 'No hay tal comercio.',
  count: 'De 1 a 1.000.000 llamadas, y no junto con una probabilidad.',
  probability: 'Un número de 0 a 1.',
  seed: 'Un número entero, y solo con una probabilidad.',
  delayMs: 'Solo para slow (de 1 a 200000) y delay (de 1 a 300000), y obligatorio para ellas.',
  reason: 'Un código como 51, y solo para decline.',
};

export function faultsPage(
  faults: Fault[],
  sites: Site[],
  { notice, refused = null }: { notice?: string | undefined; refused?: Refused | null },
): Page {
  const value = (name: string): string => refused?.form[name] ?? '';
  const more = (name: string) => ({ name, value: value(name), error: refused?.errors[name] });
  const menu = Object.entries(FAULT_MENU).map(([operation, kinds]) => [operation, kinds.join(', ')]);
  return consolePage(
    { section: 'faults', title: 'Fallas', notice, refused },
    html`<section class="card">
        <h2>Preparadas</h2>
        ${table(
          'Fallas preparadas',
          ['Operación', 'Falla', 'Comercio', 'Cuándo', 'Detalle'],
          faults.map((fault) => [
            fault.operation,
            `${fault.kind} · ${KINDS[fault.kind]}`,
            fault.site ?? 'todos',
            frequency(fault),
            [fault.delayMs > 0 ? `${fault.delayMs} ms` : '', fault.reason ?? ''].filter(Boolean).join(' ') ||
              null,
          ]),
        )}
        ${
          faults.length > 0 &&
          html`<form class="acts after" method="post" action="/console/faults/clear">
            ${choiceField({ name: 'operation', id: 'c-operation', label: 'De la operación', value: '', options: [{ value: '', label: 'Todas' }, ...OPERATIONS] })}
            <button class="quiet fit" type="submit">Quitar</button>
          </form>`
        }
      </section>
      <section class="card">
        <h2>Preparar una</h2>
        <form method="post" action="/console/faults">
          <div class="grid">
            ${choiceField({ ...more('operation'), label: 'Operación', options: OPERATIONS })}
            ${choiceField({ ...more('kind'), label: 'Falla', options: KIND_OPTIONS, hint: 'Abajo está cuál sirve para qué.' })}
            ${siteField(sites, value('site'))}
            ${textField({ ...more('count'), label: 'Próximas llamadas', hint: 'Vacío: una, o todas según la probabilidad.', maxlength: 7 })}
            ${textField({ ...more('probability'), label: 'Probabilidad', hint: 'De 0 a 1; hasta que se quite.', maxlength: 10 })}
            ${textField({ ...more('seed'), label: 'Semilla', hint: 'Vacía: se inventa una.', maxlength: 10 })}
            ${textField({ ...more('delayMs'), label: 'Milisegundos', hint: 'Para slow y delay.', maxlength: 6 })}
            ${textField({ ...more('reason'), label: 'Código', hint: 'Para decline; vacío: 05.', maxlength: 4 })}
          </div>
          <p class="after"><button class="primary fit" type="submit">Preparar</button></p>
        </form>
      </section>
      <section class="card">
        <h2>Menú</h2>
        ${table('Menú de fallas', ['Operación', 'Fallas'], menu)}
      </section>`,
  );
}

function frequency({ remaining, probability, seed, draws }: Fault): string {
  if (probability === null) return `próximas ${remaining}`;
  return `con probabilidad ${probability} (semilla ${seed}, ${draws} sorteos)`;
}
