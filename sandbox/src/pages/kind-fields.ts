/** What the form asks beside person and card: a part, a method, an agreement. And the bank's page of PSE. */
import { BANKS } from '../network/instruments.js';
import { methodsFor } from '../network/methods.js';
import type { FormData } from '../sessions/pay-form.js';
import { remainingMinor, triesOf } from '../sessions/session.states.js';
import type { SessionOfSite } from '../sessions/session.work.js';
import { readDecimal, toMinor, toWire } from '../wire/money.js';
import { languageOf } from '../wire/texts.js';
import type { Language } from '../wire/texts.js';
import { input } from './field.js';
import type { Sent } from './field.js';
import { html } from './html.js';
import type { Html, Page } from './html.js';
import { amountText, layout } from './layout.js';
import { fieldError, pageTexts } from './page.texts.js';
import type { PageTexts } from './page.texts.js';

/** How much of a partial payment is paid now; all that is left unless the payer says otherwise. */
export function partField(
  { session }: SessionOfSite,
  texts: PageTexts,
  language: Language,
  sent: Sent | null,
): Html {
  if (session.kind !== 'partial') return html``;
  const left = String(toWire(remainingMinor(session), session.currency));
  return html`<fieldset>
    <legend>${texts.part}</legend>
    <p class="soft small">${texts.partHint}</p>
    ${input({
      name: 'amount',
      label: `${texts.part} (${session.currency})`,
      value: sent?.form.amount ?? left,
      maxlength: 20,
      numeric: true,
      required: true,
      error: sent?.errors.amount && fieldError(sent.errors.amount, language),
    })}
  </fieldset>`;
}

/** Card or something else, where there is something else. */
export function methodFields(
  { session, site }: SessionOfSite,
  texts: PageTexts,
  language: Language,
  sent: Sent | null,
): Html {
  const offered = methodsFor(session.kind, site, session.request.paymentMethod);
  const others = [
    offered.includes('pse') && { value: 'pse', label: texts.withPse },
    offered.includes('ath_movil') && { value: 'ath', label: texts.withAth },
  ].filter((other) => other !== false);
  if (others.length === 0) return html``;
  const chosen = sent?.form.method ?? 'card';
  const wrong = sent?.errors.bank;
  return html`<fieldset>
    <legend>${texts.how}</legend>
    ${[{ value: 'card', label: texts.withCard }, ...others].map(
      ({ value, label }) =>
        html`<label class="choice">
          <input type="radio" name="method" value="${value}" ${value === chosen && html` checked`} /> ${label}
        </label>`,
    )}
    ${
      offered.includes('pse') &&
      html`<div class="field bank">
        <label for="f-bank">${texts.bank}</label>
        <select id="f-bank" name="bank" ${wrong && html` aria-invalid="true"`}>
          ${Object.entries(BANKS)
            .sort(([a], [b]) => Number(b) - Number(a))
            .map(([code, name]) => html`<option value="${code}">${name}</option>`)}
        </select>
        ${wrong && html`<p class="error">${fieldError(wrong, language)}</p>`}
      </div>`
    }
  </fieldset>`;
}

/** Whether the card may be kept, where the merchant asks (protocol 8.6). */
export function agreement({ session }: SessionOfSite, texts: PageTexts): Html {
  if (!session.request.payment?.subscribe) return html``;
  return html`<label class="choice"
    ><input type="checkbox" name="subscribe" value="yes" /> ${texts.agree}</label
  >`;
}

/** What this attempt is for; the form was found right but for the outcome. */
function paidNow(session: SessionOfSite['session'], form: FormData): number {
  const part = session.kind === 'partial' ? readDecimal(form.amount) : null;
  return part ? toMinor(part, session.currency) : remainingMinor(session);
}

/** The simulated bank: sends the same form again with the outcome that was chosen. */
export function bankPage({ session, site }: SessionOfSite, form: FormData): Page {
  const language = languageOf(session.locale);
  const texts = pageTexts(language);
  // Of a card that was begun to be typed nothing goes along to the bank.
  const cardFields = ['number', 'holder', 'expiry', 'cvv', 'otp', 'installments'];
  const others = Object.entries(form).filter(([name]) => !cardFields.includes(name));
  const kept = [['attempt', String(triesOf(session))], ...others.filter(([name]) => name !== 'attempt')];
  const outcomes = [
    ['approved', texts.bankApproved],
    ['rejected', texts.bankRejected],
    ['pending', texts.bankPending],
    ['expired', texts.bankExpired],
  ];
  const main = html`<main class="narrow">
    <section class="card">
      <h1>${BANKS[form.bank ?? ''] ?? texts.bankTitle}</h1>
      <p>${site.name} · ${amountText(session, paidNow(session, form))}</p>
      <p>${texts.bankText}</p>
      <form method="post" action="${session.processUrl}/pay">
        ${kept.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
        ${outcomes.map(
          ([outcome, label]) =>
            html`<p>
              <button class="quiet" type="submit" name="outcome" value="${outcome}">${label}</button>
            </p>`,
        )}
      </form>
    </section>
  </main>`;
  return layout(language, texts.bankTitle, main);
}
