/** Practice time: where it stands, and moving it. */
import { html } from '../html.js';
import type { Page } from '../html.js';
import { buttonForm, choiceField, consolePage, facts, textField, when } from './frame.js';
import type { Refused } from './frame.js';

/** Milliseconds of each unit of the form. */
export const UNITS = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 };

const UNIT_NAMES = [
  { value: 'minutes', label: 'minutos' },
  { value: 'hours', label: 'horas' },
  { value: 'days', label: 'días' },
];

export function clockPage(
  { now, offsetMs }: { now: Date; offsetMs: number },
  { notice, refused = null }: { notice?: string | undefined; refused?: Refused | null },
): Page {
  return consolePage(
    { section: 'clock', title: 'Reloj', notice, refused },
    html`<section class="card">
      ${facts([
        ['Hora de práctica (UTC)', when(now)],
        ['Respecto de la real', `${offsetMs / 1000} s`],
      ])}
      <h2 class="next">Mover el reloj</h2>
      <p class="soft">
        Lo que quede vencido (expiraciones, respuestas de la red, reservas, cobros recurrentes) sucede en el
        segundo siguiente. Un valor negativo lo atrasa.
      </p>
      <form method="post" action="/console/clock">
        <div class="grid">
          ${textField({ name: 'advance', label: 'Adelantar', value: refused?.form.advance ?? '1', error: refused?.errors.advance, maxlength: 8 })}
          ${choiceField({ name: 'unit', label: 'Unidad', value: refused?.form.unit ?? 'hours', options: UNIT_NAMES })}
        </div>
        <p class="after"><button class="primary fit" type="submit">Mover</button></p>
      </form>
      ${offsetMs !== 0 && buttonForm('clock', 'Volver a la hora real', { reset: 'yes' })}
    </section>`,
  );
}
