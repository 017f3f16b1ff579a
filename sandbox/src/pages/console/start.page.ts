/** Where the console begins: what there is, and how much of it. */
import { html } from '../html.js';
import type { Html, Page } from '../html.js';
import { address, consolePage, when } from './frame.js';
import type { Section } from './frame.js';

/** How many there are of what a section shows; `open`: of those that still go on. */
export type Counts = Record<Exclude<Section, '' | 'clock'>, number>;

const TILES: Record<keyof Counts, { of: string; text: string }> = {
  sites: { of: 'comercios', text: 'Sus interruptores, y las preguntas que el protocolo deja abiertas.' },
  sessions: { of: 'sesiones sin terminar', text: 'Lo que se pidió, cada intento y su página de pago.' },
  book: { of: 'movimientos', text: 'La verdad: una línea por cada movimiento aprobado de dinero.' },
  recurrences: { of: 'recurrencias activas', text: 'Su calendario y sus cobros. Solo aquí se cancelan.' },
  holds: { of: 'reservas activas', text: 'Dinero reservado y no cobrado. Aquí se libera.' },
  deliveries: {
    of: 'notificaciones sin entregar',
    text: 'Cada aviso al comercio, con su cuerpo y su suerte.',
  },
  faults: { of: 'fallas preparadas', text: 'Lo que va a salir mal en las próximas llamadas.' },
};

export function startPage(counts: Counts, clock: { now: Date; offsetMs: number }): Page {
  const tiles: Html[] = Object.entries(TILES).map(
    ([path, { of, text }]) =>
      html`<li>
        <a class="card" href="${address(path)}">
          <span class="count">${counts[path as keyof Counts]}</span> <strong>${of}</strong>
          <span class="soft small">${text}</span>
        </a>
      </li>`,
  );
  return consolePage(
    { section: '', title: 'Consola de la pasarela' },
    html`<p class="soft">
        Lo que el personal de la pasarela haría en su consola. A ningún comercio se le notifica lo que se hace
        aquí. Hora de práctica: ${when(clock.now)} UTC
        (${clock.offsetMs === 0 ? 'la real' : `${clock.offsetMs / 1000} s respecto de la real`}). Todas las
        horas de la consola son UTC.
      </p>
      <ul class="tiles">
        ${tiles}
      </ul>
      <p class="after"><a href="/">Tarjetas de prueba y credenciales</a></p>`,
  );
}
