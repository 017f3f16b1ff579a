/** The gateway's own home page, for the people who test against it. Spanish, like its documents. */
import { BRANDS, TEST_CARDS } from '../network/cards.js';
import { FAULT_MENU } from '../platform/faults.js';
import type { Fault } from '../platform/faults.js';
import type { Site } from '../sites/sites.js';
import { grouped, OUTCOMES } from './card-fields.js';
import { html } from './html.js';
import type { Html, Page } from './html.js';
import { layout } from './layout.js';

export interface HomeFacts {
  sites: Site[];
  faults: Fault[];
  now: Date;
  offsetMs: number;
  publicUrl: string;
}

export function homePage(facts: HomeFacts): Page {
  const main = html`<main>
    <section class="card">
      <h1>Pasarela de pruebas</h1>
      <p>
        Habla el protocolo de PlacetoPay Checkout en
        <code>${facts.publicUrl}/api/session</code>. Lo que pasa aquí no llega a ningún banco. De cada tarjeta
        se guardan el BIN, los últimos cuatro dígitos y un resumen con clave; nunca el número.
      </p>
      <p><a href="/console">Abrir la consola</a>: comercios, sesiones, libro, reservas, fallas y reloj.</p>
    </section>
    ${sitesTable(facts.sites)} ${cardsTable()} ${switches(facts)}
  </main>`;
  return layout('es', 'Inicio', main);
}

function sitesTable(sites: Site[]): Html {
  return html`<section class="card">
    <h2>Comercios de práctica</h2>
    <div class="scroll wide" tabindex="0" role="region" aria-label="Comercios de práctica">
      <table>
        <thead>
          <tr>
            <th>Código</th>
            <th>Comercio</th>
            <th>Moneda y zona</th>
            <th>Credenciales</th>
            <th>Interruptores</th>
          </tr>
        </thead>
        <tbody>
          ${sites.map(
            (site) =>
              html`<tr>
                <td><strong>${site.site}</strong></td>
                <td>${site.name}</td>
                <td>${site.currency}<br /><span class="soft">${site.zone}, ${site.locale}</span></td>
                <td>login <code>${site.login}</code><br />secretKey <code>${site.secretKey}</code></td>
                <td>
                  ${site.state}, ${site.algorithm}, ${site.attempts} intentos, red ${site.networkDelaySeconds}
                  s<br />
                  <span class="soft">notifica a ${site.notificationUrl ?? 'nadie'}</span>
                </td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}

function cardsTable(): Html {
  return html`<section class="card">
    <h2>Tarjetas de prueba</h2>
    <p class="soft">
      Cualquier vencimiento futuro y cualquier código, salvo donde se indica. Un número que no está en la
      tabla se rechaza con 14; una tarjeta vencida, con 54. La tarjeta marcada como propia no está en la
      documentación oficial: existe para probar la falta de fondos (51).
    </p>
    <div class="scroll" tabindex="0" role="region" aria-label="Tarjetas de prueba">
      <table>
        <thead>
          <tr>
            <th>Marca</th>
            <th>Número</th>
            <th>Resultado</th>
            <th>3DS</th>
          </tr>
        </thead>
        <tbody>
          ${TEST_CARDS.map(
            (card) =>
              html`<tr>
                <td>${BRANDS[card.brand]?.name}</td>
                <td><code>${grouped(card.number)}</code></td>
                <td>
                  ${OUTCOMES[card.outcome].es}${card.expiry && ` ${card.expiry} y ${card.cvv}`}${card.own && ' · propia'}
                </td>
                <td>${card.threeDS}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}

function switches({ faults, now, offsetMs, publicUrl }: HomeFacts): Html {
  const examples = `# el reloj: una hora adelante
curl -X POST ${publicUrl}/control/clock -H 'content-type: application/json' -d '{"advanceMs": 3600000}'
# un comercio: otra dirección de notificación, firma antigua, red más lenta
curl -X PATCH ${publicUrl}/control/sites/CO -H 'content-type: application/json' \\
  -d '{"notificationUrl": "http://127.0.0.1:3000/…", "algorithm": "sha1", "networkDelaySeconds": 120}'
# una falla: la próxima notificación se pierde
curl -X POST ${publicUrl}/control/faults -H 'content-type: application/json' \\
  -d '{"operation": "notification", "kind": "lose", "count": 1}'
# lo que de verdad pasó
curl ${publicUrl}/control/book?site=CO`;
  return html`<section class="card">
    <h2>Reloj y fallas</h2>
    <dl>
      <div>
        <dt>Hora de práctica</dt>
        <dd>${now.toISOString().slice(0, 19)} UTC (${offsetMs / 1000} s respecto de la real)</dd>
      </div>
      <div>
        <dt>Fallas preparadas</dt>
        <dd>
          ${
            faults.length === 0
              ? 'ninguna'
              : faults.map(
                  (fault) =>
                    html`<code>${fault.operation} ${fault.kind}</code>
                      ×${fault.remaining}${fault.site && ` (${fault.site})`}<br />`,
                )
          }
        </dd>
      </div>
      <div>
        <dt>Menú de fallas</dt>
        <dd>
          ${Object.entries(FAULT_MENU).map(
            ([operation, kinds]) => html`<code>${operation}</code>: ${kinds.join(', ')}<br />`,
          )}
        </dd>
      </div>
    </dl>
    <p></p>
    <pre tabindex="0" aria-label="Ejemplos de la API de control">${examples}</pre>
  </section>`;
}
