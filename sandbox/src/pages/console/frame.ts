/** The frame and the parts of the console's pages. Spanish, like the gateway's home page; times are UTC. */
import { html } from '../html.js';
import type { Html, Page } from '../html.js';
import { layout, moneyText } from '../layout.js';
import { CONSOLE_STYLE } from './style.js';

/** The pages of the console, by their path. */
export const SECTIONS = {
  '': 'Inicio',
  sites: 'Comercios',
  sessions: 'Sesiones',
  book: 'Libro',
  recurrences: 'Recurrencias',
  holds: 'Reservas',
  deliveries: 'Notificaciones',
  faults: 'Fallas',
  clock: 'Reloj',
} as const;
export type Section = keyof typeof SECTIONS;

export const address = (path: string): string => (path === '' ? '/console' : `/console/${path}`);

/** What was sent and refused: the fields as they were typed, and what is wrong with them (`''`: with the whole). */
export interface Refused {
  form: Record<string, string>;
  errors: Record<string, string>;
}

export interface Frame {
  section: Section;
  title: string;
  /** What has just been done. */
  notice?: string | undefined;
  refused?: Refused | null;
}

export function consolePage({ section, title, notice, refused }: Frame, content: Html): Page {
  const main = html`<header class="bar">
      <nav aria-label="Consola">
        <ul>
          ${Object.entries(SECTIONS).map(
            ([path, name]) =>
              html`<li>
                <a href="${address(path)}" ${path === section && html` aria-current="page"`}>${name}</a>
              </li>`,
          )}
        </ul>
      </nav>
    </header>
    <main class="console">
      <h1>${title}</h1>
      ${notice !== undefined && html`<div class="notice good" role="status"><p>${notice}</p></div>`}
      ${refused && refusal(refused)} ${content}
    </main>`;
  return layout('es', `${title} · Consola`, main, '', null, CONSOLE_STYLE);
}

function refusal({ errors }: Refused): Html {
  return html`<div class="notice bad" role="alert">
    <p><strong>${errors[''] ?? 'No se hizo. Revise los campos señalados.'}</strong></p>
  </div>`;
}

export type Cell = Html | string | number | null;

/** A table, or on a narrow screen one block per row. The roles keep it a table there too. */
export function table(label: string, columns: string[], rows: Cell[][]): Html {
  if (rows.length === 0) return html`<p class="soft">No hay nada que mostrar.</p>`;
  return html`<div class="list" tabindex="0" role="region" aria-label="${label}">
    <table role="table">
      <thead role="rowgroup">
        <tr role="row">
          ${columns.map((column) => html`<th role="columnheader" scope="col">${column}</th>`)}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${rows.map(
          (cells) =>
            html`<tr role="row">
              ${cells.map((cell, index) => html`<td role="cell" data-label="${columns[index]}"><div>${cell ?? '–'}</div></td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** How many rows of a list one page shows. */
export const PAGE_SIZE = 50;

/** The way to older rows; none when this page is not full. */
export function older(
  path: string,
  filter: Record<string, string | null>,
  last: number | undefined,
  rows: number,
): Html {
  if (rows < PAGE_SIZE || last === undefined) return html``;
  const kept = Object.entries(filter).filter((entry): entry is [string, string] => !!entry[1]);
  const query = new URLSearchParams([...kept, ['before', String(last)]]);
  return html`<p class="after">
    <a class="button quiet fit" href="${address(path)}?${query.toString()}">Más antiguas</a>
  </p>`;
}

interface Labelled {
  name: string;
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  /** Where two forms of a page have a field of one name. */
  id?: string;
}

export function textField(
  field: Labelled & { value?: string | undefined; type?: string; maxlength?: number; wide?: boolean },
): Html {
  const { id = `f-${field.name}`, name, value, type = 'text', maxlength = 255 } = field;
  return labelled(
    { ...field, id },
    html`<input
      id="${id}"
      name="${name}"
      type="${type}"
      value="${value}"
      maxlength="${maxlength}"
      autocomplete="off"
      ${described({ ...field, id })}
    />`,
    field.wide ? '' : 'third',
  );
}

export type Option = { value: string; label: string };

export function choiceField(field: Labelled & { value: string; options: Option[] }): Html {
  const { id = `f-${field.name}`, name, value, options } = field;
  return labelled(
    { ...field, id },
    html`<select id="${id}" name="${name}" ${described({ ...field, id })}>
      ${options.map((option) => html`<option value="${option.value}" ${option.value === value && html` selected`}>${option.label}</option>`)}
    </select>`,
    'third',
  );
}

function labelled({ id, label, hint, error }: Labelled, control: Html, size: string): Html {
  return html`<div class="field ${size}">
    <label for="${id}">${label}</label>
    ${control} ${hint && html`<p class="soft small hint" id="${id}-h">${hint}</p>`}
    ${error && html`<p class="error" id="${id}-e">${error}</p>`}
  </div>`;
}

function described({ id, hint, error }: Labelled): Html {
  const ids = [hint && `${id}-h`, error && `${id}-e`].filter(Boolean).join(' ');
  return html`${error && html` aria-invalid="true"`}${ids && html` aria-describedby="${ids}"`}`;
}

/** A form of one button. */
export const buttonForm = (path: string, label: string, fields: Record<string, string> = {}): Html =>
  html`<form method="post" action="${address(path)}">
    ${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
    <button class="quiet fit" type="submit">${label}</button>
  </form>`;

/** The fields by which a list is narrowed. */
export const filterForm = (path: string, fields: Html[]): Html =>
  html`<form class="card filter" method="get" action="${address(path)}">
    <div class="grid">${fields}</div>
    <button class="quiet fit" type="submit">Filtrar</button>
  </form>`;

/** Which site a list is narrowed to. */
export const siteField = (sites: { site: string; name: string }[], value: string | null): Html =>
  choiceField({
    name: 'site',
    label: 'Comercio',
    value: value ?? '',
    options: [
      { value: '', label: 'Todos' },
      ...sites.map(({ site, name }) => ({ value: site, label: `${site} · ${name}` })),
    ],
  });

/** `2026-03-02 15:15:31`, UTC. */
export function when(at: Date | string | null): Html | null {
  if (at === null) return null;
  const text = (at instanceof Date ? at : new Date(at)).toISOString();
  return html`<time datetime="${text}">${text.slice(0, 19).replace('T', ' ')}</time>`;
}

export const money = (minor: number, currency: string): Html =>
  html`<span class="money">${moneyText(minor, currency, 'es_CO')} ${currency}</span>`;

export const link = (path: string, text: string | number): Html =>
  html`<a href="${address(path)}">${text}</a>`;
export const sessionLink = (requestId: number): Html => link(`sessions/${requestId}`, requestId);
export const transactionLink = (number: number): Html => link(`transactions/${number}`, number);

/** Names and values. */
export function facts(rows: [string, Cell][]): Html {
  return html`<dl class="facts">
    ${rows.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value ?? '–'}</dd>
        </div>`,
    )}
  </dl>`;
}

/** What stands on the wire, readable. */
export const wireText = (label: string, value: unknown): Html =>
  html`<pre tabindex="0" role="region" aria-label="${label}">${JSON.stringify(value, null, 2)}</pre>`;

/** A state with its reason, coloured by what it means. */
export function state(status: string, reason?: string): Html {
  const mood = GOOD.includes(status) ? 'good' : BAD.includes(status) ? 'bad' : 'wait';
  return html`<span class="state ${mood}">${status}${reason && ` ${reason}`}</span>`;
}

const GOOD = ['APPROVED', 'active', 'completed', 'finished', 'delivered'];
const BAD = ['REJECTED', 'FAILED', 'CANCELED', 'failed', 'cancelled', 'released', 'lost'];
