/** The book, newest first. */
import { BOOK_KINDS } from '../../sessions/book.store.js';
import type { NumberedLine } from '../../sessions/book.store.js';
import type { Site } from '../../sites/sites.js';
import { html } from '../html.js';
import type { Page } from '../html.js';
import {
  choiceField,
  consolePage,
  filterForm,
  money,
  older,
  siteField,
  table,
  textField,
  transactionLink,
  when,
} from './frame.js';

export interface BookFilter {
  site: string | null;
  kind: string | null;
  reference: string | null;
}

const KINDS: Record<(typeof BOOK_KINDS)[number], string> = {
  payment: 'pago',
  collect: 'cobro con token',
  checkin: 'reserva',
  reauthorization: 'reserva nueva',
  checkout: 'captura',
  release: 'liberación',
  recurring: 'cobro recurrente',
  reverse: 'devolución',
};

export function bookPage(lines: NumberedLine[], sites: Site[], filter: BookFilter): Page {
  const kinds = BOOK_KINDS.map((kind) => ({ value: kind, label: `${kind} · ${KINDS[kind]}` }));
  return consolePage(
    { section: 'book', title: 'Libro' },
    html`${filterForm('book', [
        siteField(sites, filter.site),
        choiceField({
          name: 'kind',
          label: 'Clase',
          value: filter.kind ?? '',
          options: [{ value: '', label: 'Todas' }, ...kinds],
        }),
        textField({ name: 'reference', label: 'Referencia', value: filter.reference ?? '' }),
      ])}
      <section class="card">
        ${table(
          'Líneas del libro',
          ['Línea', 'Clase', 'Valor', 'Comercio', 'Referencia', 'Transacción', 'Sobre', 'Fecha'],
          lines.map((line) => [
            line.line,
            line.kind,
            money(line.amountMinor, line.currency),
            line.site,
            line.reference,
            transactionLink(line.transaction),
            line.parent === null ? null : transactionLink(line.parent),
            when(line.at),
          ]),
        )}
        ${older('book', { ...filter }, lines.at(-1)?.line, lines.length)}
      </section>`,
  );
}
