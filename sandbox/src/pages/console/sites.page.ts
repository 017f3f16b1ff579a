/** Sites, and every switch of one of them. */
import type { Site } from '../../sites/sites.js';
import { html } from '../html.js';
import type { Html, Page } from '../html.js';
import { choiceField, consolePage, link, state, table, textField } from './frame.js';
import type { Refused } from './frame.js';
import { SWITCH_GROUPS } from './switch.texts.js';
import type { SwitchText } from './switch.texts.js';

export function sitesPage(sites: Site[]): Page {
  return consolePage(
    { section: 'sites', title: 'Comercios' },
    html`<section class="card">
      ${table(
        'Comercios',
        ['Comercio', 'Nombre', 'País', 'Moneda', 'Zona', 'Estado', 'Firma', 'Notifica a'],
        sites.map((site) => [
          link(`sites/${site.site}`, site.site),
          site.name,
          site.country,
          site.currency,
          site.zone,
          state(site.state),
          site.algorithm,
          site.notificationUrl ?? 'nadie',
        ]),
      )}
    </section>`,
  );
}

export function sitePage(
  site: Site,
  { notice, refused = null }: { notice?: string | undefined; refused?: Refused | null },
): Page {
  return consolePage(
    { section: 'sites', title: `${site.site} · ${site.name}`, notice, refused },
    html`<form method="post" action="/console/sites/${site.site}">
      ${SWITCH_GROUPS.map(
        ({ title, text, switches }) =>
          html`<section class="card">
            <h2>${title}</h2>
            <p class="soft">${text}</p>
            <div class="grid">${switches.map((one) => switchField(one, site, refused))}</div>
          </section>`,
      )}
      <p class="after"><button class="primary fit" type="submit">Guardar</button></p>
    </form>`,
  );
}

function switchField({ name, label, hint, options }: SwitchText, site: Site, refused: Refused | null): Html {
  const stored = site[name];
  const value = refused?.form[name] ?? (stored === null ? '' : String(stored));
  const field = { name, label, hint, value, error: refused?.errors[name] };
  return options ? choiceField({ ...field, options }) : textField(field);
}
