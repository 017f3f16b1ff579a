/** The card's part of the form, and the test cards that one can click on. */
import { TEST_CARDS } from '../network/cards.js';
import type { Outcome } from '../network/cards.js';
import { MAX_INSTALLMENTS } from '../sessions/pay-form.js';
import type { SessionOfSite } from '../sessions/session.work.js';
import { METHODS } from '../network/instruments.js';
import { methodsFor } from '../network/methods.js';
import type { Language } from '../wire/texts.js';
import { input } from './field.js';
import type { Sent } from './field.js';
import type { Html } from './html.js';
import { html } from './html.js';
import { fieldError } from './page.texts.js';
import type { PageTexts } from './page.texts.js';

export function cardFields(
  { session, site }: SessionOfSite,
  texts: PageTexts,
  language: Language,
  sent: Sent | null,
): Html {
  const error = (name: string): string | undefined => {
    const rule = sent?.errors[name];
    return rule && fieldError(rule, language);
  };
  const offered = methodsFor(session.kind, site, session.request.paymentMethod);
  const chosen = sent?.form.installments ?? '1';
  return html`<fieldset class="of-card">
    <legend>${texts.card}</legend>
    ${
      session.request.paymentMethod !== undefined &&
      html`<p class="soft small">
        ${texts.onlyMethods} ${offered.map((key) => METHODS[key]?.name).join(', ')}
      </p>`
    }
    ${testCards(offered, site.networkDelaySeconds, texts, language)}
    <div class="grid">
      ${input({ name: 'number', label: texts.number, maxlength: 30, numeric: true, required: true, error: error('number') })}
      ${input({ name: 'holder', label: texts.holder, value: sent?.form.holder, maxlength: 120, required: true, error: error('holder') })}
      ${input({ name: 'expiry', label: texts.expiry, size: 'third', maxlength: 7, numeric: true, required: true, error: error('expiry') })}
      ${input({ name: 'cvv', label: texts.cvv, size: 'third', maxlength: 4, numeric: true, required: true, error: error('cvv') })}
      <div class="field third">
        <label for="f-installments">${texts.installments}</label
        ><select id="f-installments" name="installments">
          ${Array.from({ length: MAX_INSTALLMENTS }, (_, index) => String(index + 1)).map(
            (count) => html`<option${count === chosen && html` selected`}>${count}</option>`,
          )}
        </select>
      </div>
      ${sent?.errors.otp && input({ name: 'otp', label: texts.otp, size: 'third', maxlength: 10, numeric: true, error: error('otp') })}
    </div>
  </fieldset>`;
}

/** One card of each kind is enough to click on; the whole table stands on the gateway's own home page. */
const SHOWN: Outcome[] = [
  'approved',
  'declined',
  'insufficientFunds',
  'pendingApproved',
  'pendingRejected',
  'exception',
];

export const OUTCOMES: Record<Outcome, Record<Language, string>> = {
  approved: { es: 'aprobada', en: 'approved' },
  declined: { es: 'rechazada (05)', en: 'declined (05)' },
  insufficientFunds: { es: 'fondos insuficientes (51)', en: 'insufficient funds (51)' },
  pendingApproved: { es: 'pendiente y luego aprobada', en: 'pending, then approved' },
  pendingRejected: { es: 'pendiente y luego rechazada', en: 'pending, then declined' },
  manualApproved: { es: 'revisión manual y luego aprobada', en: 'manual review, then approved' },
  manualRejected: { es: 'revisión manual y luego rechazada', en: 'manual review, then declined' },
  slowApproved: { es: 'responde a los 180 s, aprobada', en: 'answers after 180 s, approved' },
  slowRejected: { es: 'responde a los 180 s, rechazada', en: 'answers after 180 s, declined' },
  exception: { es: 'error técnico', en: 'technical failure' },
  below200Usd: { es: 'aprobada por debajo de 200 USD', en: 'approved below 200 USD' },
  onlyWith: { es: 'aprobada solo con', en: 'approved only with' },
};

function testCards(offered: string[], delaySeconds: number, texts: PageTexts, language: Language): Html {
  const cards = SHOWN.flatMap((outcome) => {
    const card = TEST_CARDS.find((row) => row.outcome === outcome && offered.includes(row.brand));
    return card ? [card] : [];
  });
  return html`<details open>
    <summary>${texts.testCards}</summary>
    <p class="soft small">${texts.testCardsHint}</p>
    <ul class="cards">
      ${cards.map((card) => {
        const waits = card.outcome.startsWith('pending') ? ` (${delaySeconds} s)` : '';
        return html`<li>
          <button type="button" data-card="${card.number}">
            <code>${grouped(card.number)}</code><span>${OUTCOMES[card.outcome][language]}${waits}</span>
          </button>
        </li>`;
      })}
    </ul>
  </details>`;
}

export const grouped = (number: string): string => number.replace(/(\d{4})(?=\d)/g, '$1 ');
