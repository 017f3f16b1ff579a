/** Money that is reserved and not taken. */
import type { ListedHold } from '../../sessions/hold.store.js';
import type { Site } from '../../sites/sites.js';
import { html } from '../html.js';
import type { Page } from '../html.js';
import {
  buttonForm,
  consolePage,
  filterForm,
  money,
  sessionLink,
  siteField,
  state,
  table,
  transactionLink,
  when,
} from './frame.js';

const HOUR_MS = 3_600_000;

export function holdsPage(
  holds: ListedHold[],
  sites: Site[],
  site: string | null,
  { now, notice }: { now: Date; notice: string | undefined },
): Page {
  const hoursLeft = ({ releaseAt }: ListedHold): number =>
    Math.max(0, Math.ceil((releaseAt.getTime() - now.getTime()) / HOUR_MS));
  return consolePage(
    { section: 'holds', title: 'Reservas', notice },
    html`${filterForm('holds', [siteField(sites, site)])}
      <section class="card">
        ${table(
          'Reservas',
          [
            'Reserva',
            'Comercio',
            'Referencia',
            'Sesión',
            'Estado',
            'Reservado',
            'Horas que quedan',
            'Se libera',
            'Acción',
          ],
          holds.map((hold) => {
            const isActive = hold.state === 'active';
            return [
              transactionLink(hold.internalReference),
              hold.site,
              hold.reference,
              sessionLink(hold.requestId),
              state(hold.state),
              money(hold.amountMinor, hold.currency),
              isActive ? hoursLeft(hold) : null,
              when(hold.releaseAt),
              isActive ? buttonForm(`transactions/${hold.internalReference}/release`, 'Liberar') : 'ninguna',
            ];
          }),
        )}
      </section>`,
  );
}
