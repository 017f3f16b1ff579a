/** The log of notifications: what merchants were told, and whether they heard it. */
import type { LoggedNotification } from '../../notifications/notification.store.js';
import type { Site } from '../../sites/sites.js';
import { html } from '../html.js';
import type { Html, Page } from '../html.js';
import {
  consolePage,
  filterForm,
  older,
  sessionLink,
  siteField,
  state,
  table,
  textField,
  when,
  wireText,
} from './frame.js';

export interface DeliveryFilter {
  site: string | null;
  requestId: string | null;
}

export function deliveriesPage(
  notifications: LoggedNotification[],
  sites: Site[],
  filter: DeliveryFilter,
): Page {
  return consolePage(
    { section: 'deliveries', title: 'Notificaciones' },
    html`${filterForm('deliveries', [
        siteField(sites, filter.site),
        textField({ name: 'requestId', label: 'Sesión', value: filter.requestId ?? '' }),
      ])}
      <section class="card">
        ${table(
          'Notificaciones',
          ['Creada', 'Comercio', 'Sesión', 'Resultado', 'Entregas', 'Contenido'],
          notifications.map((one) => [
            when(one.createdAt),
            one.site,
            sessionLink(one.requestId),
            html`${state(one.status)}${one.fault && html` <span class="soft">falla: ${one.fault}</span>`}`,
            html`${deliveries(one)}`,
            html`<details>
              <summary>
                ${one.internalReference === null ? 'Sesión' : `Cobro ${one.internalReference}`}
              </summary>
              <p class="soft small">${one.url ?? 'El comercio no tiene dirección.'}</p>
              ${wireText(`Notificación ${one.id}`, one.body)}
            </details>`,
          ]),
        )}
        ${older('deliveries', { ...filter }, notifications.at(-1)?.id, notifications.length)}
      </section>`,
  );
}

function deliveries({ deliveries: made, body }: LoggedNotification): Html {
  if (made.length === 0) return html`–`;
  return html`${made.map(
    (one) =>
      html`<div>
        ${when(one.at)} · ${one.httpStatus ?? one.error ?? one.outcome} · ${one.tookMs}
        ms${one.body !== JSON.stringify(body) && html` · <strong>cuerpo alterado</strong>`}
      </div>`,
  )}`;
}
