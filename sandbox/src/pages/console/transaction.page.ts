/** One transaction, and what staff may do with it in the gateway's own console. */
import type { Hold } from '../../sessions/hold.store.js';
import type { Transaction } from '../../sessions/transaction.store.js';
import { html } from '../html.js';
import type { Html, Page } from '../html.js';
import {
  buttonForm,
  consolePage,
  facts,
  link,
  money,
  sessionLink,
  state,
  textField,
  transactionLink,
  when,
} from './frame.js';
import type { Refused } from './frame.js';
import { roleName, transactionTable } from './sessions.page.js';

export interface TransactionFacts {
  transaction: Transaction;
  site: string;
  /** What was done to it later. */
  later: Transaction[];
  hold: Hold | null;
}

export function transactionPage(
  found: TransactionFacts,
  { notice, refused = null }: { notice?: string | undefined; refused?: Refused | null },
): Page {
  const { transaction, site, later } = found;
  const { internalReference, currency, status, reason } = transaction;
  return consolePage(
    { section: 'sessions', title: `Transacción ${internalReference}`, notice, refused },
    html`<section class="card">
        ${facts([
          ['Estado', state(status, reason)],
          ['Qué es', roleName(transaction.role)],
          ['Comercio', link(`sites/${site}`, site)],
          ['Sesión', sessionLink(transaction.requestId)],
          ['Sobre', transaction.parent === null ? null : transactionLink(transaction.parent)],
          ['Valor', money(transaction.amountMinor, currency)],
          ['Devuelto', transaction.refunded ? money(transaction.refundedMinor, currency) : 'nada'],
          ['Medio', `${transaction.brand} ${transaction.bin}…${transaction.lastDigits}`],
          ['Banco', transaction.issuer],
          ['Autorización', transaction.authorization],
          ['Recibo', transaction.receipt],
          ['Fecha', when(transaction.at)],
          ['Próxima respuesta de la red', when(transaction.resolution?.at ?? null)],
        ])}
      </section>
      <section class="card">
        <h2>En la consola de la pasarela</h2>
        <p class="soft">Nadie le avisa al comercio: se entera cuando pregunta.</p>
        ${acts(found, refused)}
      </section>
      <section class="card">
        <h2>Lo que se hizo después</h2>
        ${transactionTable('Lo que se hizo después', later)}
      </section>`,
  );
}

const REVERSIBLE: Transaction['role'][] = ['attempt', 'child', 'checkout', 'recurring'];

function acts({ transaction, hold }: TransactionFacts, refused: Refused | null): Html {
  const { internalReference, status, role, currency } = transaction;
  const path = `transactions/${internalReference}`;
  if (status === 'PENDING_CONFIRMATION') return buttonForm(`${path}/cancel`, 'Cancelar la confirmación');
  if (hold && role !== 'checkout') {
    const isHeld = hold.state === 'active' && status === 'APPROVED';
    return isHeld
      ? buttonForm(`${path}/release`, 'Liberar la reserva')
      : html`<p>No hay nada que hacer con ella.</p>`;
  }
  const left = transaction.amountMinor - transaction.refundedMinor;
  const isReversible = status === 'APPROVED' || status === 'APPROVED_PARTIAL';
  if (!REVERSIBLE.includes(role) || !isReversible || left <= 0) {
    return html`<p>No hay nada que hacer con ella.</p>`;
  }
  return html`<form method="post" action="/console/${path}/refund">
    <div class="grid">
      ${textField({
        name: 'amount',
        label: `Valor que se devuelve (${currency})`,
        value: refused?.form.amount ?? '',
        hint: 'Vacío: todo lo que queda. Una parte, solo después de la liquidación.',
        error: refused?.errors.amount,
        maxlength: 20,
      })}
    </div>
    <p class="after">
      Quedan ${money(left, currency)}. <button class="quiet fit" type="submit">Devolver</button>
    </p>
  </form>`;
}
