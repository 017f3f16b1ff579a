/** Sessions: the latest, those that are looked for, and one of them with all that was tried. */
import { isLiving } from '../../sessions/session.states.js';
import type { ListedSession } from '../../sessions/session.list.js';
import type { Transaction } from '../../sessions/transaction.store.js';
import type { Session } from '../../sessions/session.store.js';
import type { Site } from '../../sites/sites.js';
import { html } from '../html.js';
import type { Html, Page } from '../html.js';
import {
  consolePage,
  facts,
  filterForm,
  link,
  money,
  older,
  sessionLink,
  siteField,
  state,
  table,
  textField,
  transactionLink,
  when,
  wireText,
} from './frame.js';

export interface SessionFilter {
  site: string | null;
  /** A session's number or its reference. */
  find: string | null;
}

export function sessionsPage(sessions: ListedSession[], sites: Site[], filter: SessionFilter): Page {
  return consolePage(
    { section: 'sessions', title: 'Sesiones' },
    html`${filterForm('sessions', [
        siteField(sites, filter.site),
        textField({
          name: 'find',
          label: 'Número o referencia',
          value: filter.find ?? '',
          hint: 'El requestId, o la referencia completa del comercio.',
        }),
      ])}
      <section class="card">
        ${table(
          'Sesiones',
          ['Sesión', 'Comercio', 'Referencia', 'Estado', 'Creada', 'Página de pago'],
          sessions.map((session) => [
            sessionLink(session.requestId),
            session.site,
            session.reference,
            state(session.status, session.reason),
            when(session.createdAt),
            pageLink(session.processUrl),
          ]),
        )}
        ${older('sessions', { ...filter }, sessions.at(-1)?.requestId, sessions.length)}
      </section>`,
  );
}

const pageLink = (processUrl: string): Html => html`<a href="${processUrl}" rel="noreferrer">abrir</a>`;

const ROLES: Record<Transaction['role'], string> = {
  attempt: 'intento',
  child: 'parte',
  reauthorization: 'reautorización',
  checkout: 'captura',
  release: 'liberación',
  reverse: 'devolución',
  recurring: 'cobro recurrente',
};
export const roleName = (role: Transaction['role']): string => ROLES[role];

export function transactionTable(label: string, transactions: Transaction[]): Html {
  return table(
    label,
    ['Transacción', 'Qué es', 'Estado', 'Valor', 'Devuelto', 'Medio', 'Autorización', 'Sobre', 'Fecha'],
    transactions.map((transaction) => [
      transactionLink(transaction.internalReference),
      roleName(transaction.role),
      state(transaction.status, transaction.reason),
      money(transaction.amountMinor, transaction.currency),
      transaction.refunded ? money(transaction.refundedMinor, transaction.currency) : null,
      `${transaction.brand} ${transaction.lastDigits}`,
      transaction.authorization,
      transaction.parent === null ? null : transactionLink(transaction.parent),
      when(transaction.at),
    ]),
  );
}

/** `recurrence`: the id of what the session began, if it did. */
export function sessionPage(
  session: Session,
  site: Site,
  transactions: Transaction[],
  recurrence: number | null,
): Page {
  const pending = session.attempts.filter(isLiving).length;
  return consolePage(
    { section: 'sessions', title: `Sesión ${session.requestId}` },
    html`<section class="card">
        ${facts([
          ['Estado', state(session.status, session.reason)],
          ['Comercio', link(`sites/${site.site}`, `${site.site} · ${site.name}`)],
          ['Referencia', session.reference],
          ['Clase', session.origin === 'collect' ? `${session.kind} (cobro con token)` : session.kind],
          ['Valor', session.amountMinor > 0 ? money(session.amountMinor, session.currency) : null],
          ['Creada', when(session.createdAt)],
          ['Expira', when(session.expiresAt)],
          ['Terminó', when(session.finalAt)],
          ['Intentos pendientes en la red', pending],
          ['Notificaciones', link(`deliveries?requestId=${session.requestId}`, 'ver')],
          ['Recurrencia', recurrence === null ? null : link(`recurrences/${recurrence}`, recurrence)],
          ['Libro', link(`book?reference=${encodeURIComponent(session.reference)}&site=${site.site}`, 'ver')],
        ])}
        <h2 class="next">Página de pago</h2>
        <p><a href="${session.processUrl}" rel="noreferrer">${session.processUrl}</a></p>
      </section>
      <section class="card">
        <h2>Transacciones</h2>
        ${transactionTable('Transacciones de la sesión', transactions)}
      </section>
      <section class="card">
        <h2>Petición</h2>
        ${wireText('Petición del comercio', session.request)}
        ${
          session.payer &&
          html`<h3>Datos del pagador</h3>
            ${wireText('Datos del pagador', session.payer)}`
        }
      </section>`,
  );
}
