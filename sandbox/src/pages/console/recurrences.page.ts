/** Recurrences: their calendar, their charges, and the only place where they are ended (protocol 8.2). */
import type { ListedRecurrence, Recurrence } from '../../sessions/recurrence.store.js';
import { hasMore, nextDay } from '../../sessions/recurring.rules.js';
import type { Site } from '../../sites/sites.js';
import { html } from '../html.js';
import type { Page } from '../html.js';
import {
  buttonForm,
  consolePage,
  facts,
  filterForm,
  link,
  money,
  sessionLink,
  siteField,
  state,
  table,
  textField,
  transactionLink,
  when,
} from './frame.js';
import type { Refused } from './frame.js';

const UNITS = { D: ['día', 'días'], M: ['mes', 'meses'], Y: ['año', 'años'] } as const;
const rhythm = (periodicity: keyof typeof UNITS, every: number): string =>
  every === 1 ? `cada ${UNITS[periodicity][0]}` : `cada ${every} ${UNITS[periodicity][1]}`;

export function recurrencesPage(recurrences: ListedRecurrence[], sites: Site[], site: string | null): Page {
  return consolePage(
    { section: 'recurrences', title: 'Recurrencias' },
    html`${filterForm('recurrences', [siteField(sites, site)])}
      <section class="card">
        ${table(
          'Recurrencias',
          [
            'Recurrencia',
            'Comercio',
            'Referencia',
            'Estado',
            'Valor',
            'Calendario',
            'Próximo cobro',
            'Hechos',
          ],
          recurrences.map((one) => [
            link(`recurrences/${one.id}`, one.id),
            one.site,
            one.reference,
            state(one.state),
            money(one.amountMinor, one.currency),
            rhythm(one.periodicity, one.interval),
            when(one.nextAt),
            `${one.periodsDone} de ${one.maxPeriods === -1 ? 'sin límite' : one.maxPeriods}`,
          ]),
        )}
      </section>`,
  );
}

/** Days to come that a page shows. */
const SHOWN_DAYS = 6;

function daysToCome(recurrence: Recurrence, monthEnd: Site['monthEnd']): string[] {
  if (recurrence.state !== 'active') return [];
  const days: string[] = [];
  let day = { step: recurrence.step, planned: recurrence.planned };
  while (days.length < SHOWN_DAYS && hasMore(recurrence, recurrence.periodsDone + days.length, day.planned)) {
    days.push(day.planned);
    day = nextDay(recurrence, day, monthEnd);
  }
  return days;
}

export function recurrencePage(
  recurrence: Recurrence,
  charges: ListedRecurrence['charges'],
  site: Site,
  { notice, refused = null }: { notice?: string | undefined; refused?: Refused | null },
): Page {
  const { id, currency } = recurrence;
  const isAlive = recurrence.state === 'active';
  return consolePage(
    { section: 'recurrences', title: `Recurrencia ${id}`, notice, refused },
    html`<section class="card">
        ${facts([
          ['Estado', state(recurrence.state)],
          ['Comercio', link(`sites/${site.site}`, site.site)],
          ['Referencia', recurrence.reference],
          ['Sesión', sessionLink(recurrence.requestId)],
          ['Primer pago', transactionLink(recurrence.internalReference)],
          ['Valor', money(recurrence.amountMinor, currency)],
          ['Calendario', rhythm(recurrence.periodicity, recurrence.every)],
          ['Hasta', recurrence.dueDate ?? 'sin fecha'],
          [
            'Períodos',
            `${recurrence.periodsDone} de ${recurrence.maxPeriods === -1 ? 'sin límite' : recurrence.maxPeriods}`,
          ],
          ['Próximo cobro', when(recurrence.nextAt)],
          ['Intentos de este período', recurrence.triesMade],
          ['Notifica a', recurrence.notificationUrl ?? 'nadie'],
        ])}
        <h2 class="next">Días que vienen, si todos se aprueban</h2>
        <p>${daysToCome(recurrence, site.monthEnd).join(' · ') || 'ninguno'}</p>
        ${isAlive && html`<div class="acts">${buttonForm(`recurrences/${id}/cancel`, 'Cancelar la recurrencia')}</div>`}
      </section>
      ${
        isAlive &&
        html`<section class="card">
          <h2>Respuestas de los próximos cobros</h2>
          <form method="post" action="/console/recurrences/${id}/next-outcomes">
            <div class="grid">
              ${textField({
                name: 'outcomes',
                label: 'Códigos, separados por espacios',
                value: refused?.form.outcomes ?? recurrence.nextOutcomes.join(' '),
                hint: '00 aprueba, 51 es falta de fondos. Después se aprueba de nuevo. Vacío: se aprueban todos.',
                error: refused?.errors.outcomes,
                maxlength: 500,
                wide: true,
              })}
            </div>
            <p class="after"><button class="quiet fit" type="submit">Guardar</button></p>
          </form>
        </section>`
      }
      <section class="card">
        <h2>Cobros</h2>
        ${table(
          'Cobros',
          ['Transacción', 'Estado', 'Fecha'],
          charges.map((charge) => [
            transactionLink(charge.internalReference),
            state(charge.status, charge.reason),
            when(charge.at),
          ]),
        )}
      </section>`,
  );
}
