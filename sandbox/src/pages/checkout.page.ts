/** The page on which one pays. It works without its script, which only fills in test cards and counts the time down. */
import { prefill } from '../sessions/pay-form.js';
import type { PersonField } from '../sessions/pay-form.js';
import { approvedMinor, remainingMinor, triesLeft, triesOf } from '../sessions/session.states.js';
import type { Session } from '../sessions/session.store.js';
import type { SessionOfSite } from '../sessions/session.work.js';
import { documentTypesFor, needsDocument } from '../wire/person.js';
import { attemptText, languageOf } from '../wire/texts.js';
import type { Language } from '../wire/texts.js';
import { cardFields } from './card-fields.js';
import { input } from './field.js';
import type { Field, Sent } from './field.js';
import type { Html, Page } from './html.js';
import { html } from './html.js';
import { amountText, layout, moneyText, watchScript } from './layout.js';
import { agreement, methodFields, partField } from './kind-fields.js';
import { methodText } from './outcome.page.js';
import { fieldError, pageTexts } from './page.texts.js';
import type { PageTexts } from './page.texts.js';

/** `sent` is a form that was refused, to be shown again with its errors; card data are never shown again. */
export function checkoutPage(found: SessionOfSite, state: string, now: Date, sent: Sent | null): Page {
  const { session, site } = found;
  const language = languageOf(session.locale);
  const texts = pageTexts(language);
  const secondsLeft = Math.max(0, Math.floor((session.expiresAt.getTime() - now.getTime()) / 1000));
  const main = html`<main class="columns">
    ${summary(found, texts, secondsLeft)}
    <div>
      <section class="card">
        ${notices(found, texts, language, sent)}
        <form method="post" action="${session.processUrl}/pay" id="pay" novalidate>
          <input type="hidden" name="attempt" value="${triesOf(session)}" />
          ${partField(found, texts, language, sent)} ${personFields(found, texts, language, sent)}
          ${methodFields(found, texts, language, sent)} ${cardFields(found, texts, language, sent)}
          ${agreement(found, texts)}
          <button class="primary" type="submit">${payText(session, texts)}</button>
        </form>
        <form class="leave" method="post" action="${session.processUrl}/cancel">
          <button class="quiet" type="submit">${texts.stop}</button>
        </form>
        <p class="soft small after">${texts.attemptsLeft} ${triesLeft(session)}</p>
      </section>
    </div>
  </main>`;
  return layout(
    language,
    `${texts.payTo} ${site.name}`,
    main,
    `${FILL_SCRIPT}${countdown(secondsLeft)}${watchScript(session.processUrl, state)}`,
  );
}

function summary({ session, site }: SessionOfSite, texts: PageTexts, secondsLeft: number): Html {
  const { description } = session.request.payment ?? session.request.subscription ?? {};
  return html`<section class="card summary">
    <p class="soft small">${texts.payTo}</p>
    <h1>${site.name}</h1>
    ${
      session.amountMinor > 0 &&
      html`<p class="amount">
        ${moneyText(session.amountMinor, session.currency, session.locale)} <span>${session.currency}</span>
      </p>`
    }
    ${kindNote(session, texts)}
    <dl>
      ${session.kind === 'partial' && progress(session, texts)}
      <div>
        <dt>${texts.reference}</dt>
        <dd>${session.reference}</dd>
      </div>
      ${
        description &&
        html`<div>
          <dt>${texts.description}</dt>
          <dd>${description}</dd>
        </div>`
      }
      <div>
        <dt>${texts.timeLeft}</dt>
        <dd id="left">${timeText(secondsLeft, texts.minutes)}</dd>
      </div>
    </dl>
  </section>`;
}

function payText(session: Session, texts: PageTexts): string {
  if (session.kind === 'subscription') return texts.save;
  return session.kind === 'partial' ? texts.pay : `${texts.pay} ${amountText(session, session.amountMinor)}`;
}

/** What is special about this session, in one sentence. */
function kindNote({ kind }: Session, texts: PageTexts): Html {
  const notes: Partial<Record<Session['kind'], string>> = {
    recurring: texts.recurringNote,
    checkin: texts.holdNote,
    confirmation: texts.confirmNote,
    subscription: texts.saveNote,
  };
  return notes[kind] === undefined ? html`` : html`<p class="soft small">${notes[kind]}</p>`;
}

function progress(session: Session, texts: PageTexts): Html {
  const row = (label: string, minor: number): Html =>
    html`<div>
      <dt>${label}</dt>
      <dd>${amountText(session, minor)}</dd>
    </div>`;
  return html`${row(texts.paid, approvedMinor(session))} ${row(texts.remaining, remainingMinor(session))}`;
}

function timeText(seconds: number, minutes: string): string {
  return `${Math.ceil(seconds / 60)} ${minutes}`;
}

function notices({ session }: SessionOfSite, texts: PageTexts, language: Language, sent: Sent | null): Html {
  if (sent) {
    return html`<div class="notice bad" role="alert">
      <p><strong>${texts.fixFields}</strong></p>
    </div>`;
  }
  const last = session.attempts.at(-1);
  if (last?.status === 'APPROVED') return html``;
  if (!last) {
    return session.failedTokenizations === 0
      ? html``
      : html`<div class="notice bad" role="alert">
          <p><strong>${texts.tryAgain}</strong></p>
        </div>`;
  }
  return html`<div class="notice bad" role="alert">
    <p><strong>${texts.tryAgain}</strong></p>
    <p>${attemptText(last.reason, language)} (${last.reason}) · ${methodText(last)}</p>
  </div>`;
}

function personFields(
  { session, site }: SessionOfSite,
  texts: PageTexts,
  language: Language,
  sent: Sent | null,
): Html {
  const { person, locked } = prefill(session.request);
  const field = (name: Exclude<PersonField, 'documentType'>, more: Partial<Field>): Html =>
    input({
      name,
      label: texts[name],
      value: sent?.form[name] ?? person[name],
      locked: locked.includes(name),
      error: sent?.errors[name] && fieldError(sent.errors[name], language),
      maxlength: 80,
      ...more,
    });
  const type = sent?.form.documentType ?? person.documentType;
  return html`<fieldset>
    <legend>${texts.you}</legend>
    <div class="grid">
      ${field('name', { size: 'half', maxlength: 60, autocomplete: 'given-name', required: true })}
      ${field('surname', { size: 'half', maxlength: 60, autocomplete: 'family-name' })}
      ${field('email', { size: 'half', type: 'email', autocomplete: 'email', required: true })}
      ${field('mobile', { size: 'half', type: 'tel', maxlength: 30, autocomplete: 'tel' })}
      ${
        needsDocument(site.country) &&
        html`${documentType(site.country, type, locked.includes('documentType'), texts, sent?.errors.documentType && fieldError(sent.errors.documentType, language))}
        ${field('document', { size: 'half', maxlength: 25, required: true })}`
      }
    </div>
  </fieldset>`;
}

function documentType(
  country: string,
  value: string | undefined,
  locked: boolean,
  texts: PageTexts,
  error: string | undefined,
): Html {
  if (locked) {
    return input({
      name: 'documentType',
      label: texts.documentType,
      value,
      locked,
      size: 'half',
      maxlength: 6,
    });
  }
  const known = documentTypesFor(country);
  const types = value && !known.includes(value) ? [value, ...known] : known;
  return html`<div class="field half">
    <label for="f-documentType">${texts.documentType}</label>
    <select
      id="f-documentType"
      name="documentType"
      required${error && html` aria-invalid="true" aria-describedby="f-documentType-e"`}
    >
      <option value="">${texts.choose}</option>
      ${types.map((type) => html`<option value="${type}" ${type === value && html` selected`}>${type}</option>`)}</select
    >${error && html`<p class="error" id="f-documentType-e">${error}</p>`}
  </div>`;
}

const FILL_SCRIPT = `
const pay = document.getElementById('pay');
for (const button of document.querySelectorAll('[data-card]')) button.addEventListener('click', () => {
  const value = (name, text) => { pay.elements[name].value = text; };
  value('number', button.dataset.card); value('expiry', '12/' + (new Date().getFullYear() + 4) % 100); value('cvv', '123');
  if (!pay.elements.holder.value) value('holder', (pay.elements.name.value + ' ' + pay.elements.surname.value).trim());
  pay.elements.cvv.focus();
});
pay.addEventListener('submit', () => { setTimeout(() => { pay.querySelector('.primary').disabled = true; }); });
addEventListener('pageshow', () => { pay.querySelector('.primary').disabled = false; });
`;

function countdown(secondsLeft: number): string {
  return `
const ends = Date.now() + ${secondsLeft} * 1000, left = document.getElementById('left');
const show = () => { const s = Math.max(0, Math.round((ends - Date.now()) / 1000));
  left.textContent = s >= 3600 ? Math.floor(s / 3600) + ' h ' + Math.floor(s % 3600 / 60) + ' min' : Math.floor(s / 60) + ' min ' + String(s % 60).padStart(2, '0') + ' s'; };
show(); setInterval(show, 1000);
`;
}
