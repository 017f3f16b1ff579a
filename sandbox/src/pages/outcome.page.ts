/** The pages after the last form: waiting for the network, the end of a session, and an address that leads nowhere. */
import { METHODS } from '../network/instruments.js';
import { formatInstant } from '../platform/instants.js';
import { approvedMinor, isLiving } from '../sessions/session.states.js';
import type { Session } from '../sessions/session.store.js';
import type { SessionOfSite } from '../sessions/session.work.js';
import { attemptText, languageOf } from '../wire/texts.js';
import type { Language } from '../wire/texts.js';
import { html } from './html.js';
import type { Html, Page } from './html.js';
import { amountText, layout, watchScript } from './layout.js';
import { pageTexts } from './page.texts.js';
import type { PageTexts } from './page.texts.js';

type Mood = 'good' | 'bad' | 'wait';
const SIGNS: Record<Mood, string> = { good: '✓', bad: '✕', wait: '…' };

export function waitingPage({ session, site }: SessionOfSite, state: string, wayOut: string): Page {
  const language = languageOf(session.locale);
  const texts = pageTexts(language);
  const isCaptured = session.kind === 'confirmation';
  const title = isCaptured ? texts.captureTitle : texts.waitingTitle;
  const main = frame(
    'wait',
    title,
    html`<p>${isCaptured ? texts.captureText : texts.waitingText}</p>
      ${facts(session, site, texts, language)}
      <a class="button primary" href="${session.processUrl}">${texts.refresh}</a>
      <p class="leave"><a class="button quiet" href="${wayOut}">${texts.back}</a></p>`,
  );
  // Who has no script gets the page again every ten seconds.
  const head = html`<noscript><meta http-equiv="refresh" content="10" /></noscript>`;
  return layout(language, title, main, watchScript(session.processUrl, state), head);
}

export function outcomePage({ session, site }: SessionOfSite, wayOut: string): Page {
  const language = languageOf(session.locale);
  const texts = pageTexts(language);
  const { mood, title, text } = ending(session, texts);
  const main = frame(
    mood,
    title,
    html`<p>${text}</p>
      ${facts(session, site, texts, language)}
      <a class="button primary" href="${wayOut}">${texts.back}</a>`,
  );
  return layout(language, title, main);
}

export function notFoundPage(language: Language): Page {
  const texts = pageTexts(language);
  return layout(
    language,
    texts.notFoundTitle,
    frame('bad', texts.notFoundTitle, html`<p>${texts.notFoundText}</p>`),
  );
}

function ending(session: Session, texts: PageTexts): { mood: Mood; title: string; text: string } {
  if (session.status === 'APPROVED') {
    if (session.kind === 'subscription') {
      return { mood: 'good', title: texts.storedTitle, text: texts.storedText };
    }
    return { mood: 'good', title: texts.approvedTitle, text: texts.approvedText };
  }
  if (session.status === 'PARTIAL_EXPIRED') {
    return { mood: 'wait', title: texts.partialEndTitle, text: texts.partialEndText };
  }
  switch (session.message ?? session.reason) {
    case '?C':
      return { mood: 'bad', title: texts.cancelledTitle, text: texts.cancelledText };
    case 'MC':
      return { mood: 'bad', title: texts.cancelledTitle, text: texts.cancelledByShopText };
    case 'EX':
      return { mood: 'bad', title: texts.expiredTitle, text: texts.expiredText };
    default:
      return { mood: 'bad', title: texts.rejectedTitle, text: texts.rejectedText };
  }
}

function frame(mood: Mood, title: string, content: Html): Html {
  return html`<main class="narrow">
    <section class="card">
      <div class="sign ${mood}" aria-hidden="true">${SIGNS[mood]}</div>
      <h1>${title}</h1>
      ${content}
    </section>
  </main>`;
}

/** `Visa ···· 1111`, or only the method's name where there is no number. */
export function methodText({ brand, lastDigits }: { brand: string; lastDigits: string }): string {
  const name = METHODS[brand]?.name ?? brand;
  return lastDigits === '' ? name : `${name} ···· ${lastDigits}`;
}

function facts(session: Session, site: SessionOfSite['site'], texts: PageTexts, language: Language): Html {
  const last = session.attempts.at(-1);
  const row = (label: string, value: string): Html =>
    html`<div>
      <dt>${label}</dt>
      <dd>${value}</dd>
    </div>`;
  const date = formatInstant(session.finalAt ?? last?.at ?? session.createdAt, site.zone);
  return html`<dl>
    ${row(texts.payTo, site.name)}
    ${session.amountMinor > 0 && row(texts.amount, amountText(session, session.amountMinor))}
    ${session.kind === 'partial' && row(texts.paid, amountText(session, approvedMinor(session)))}
    ${row(texts.reference, session.reference)} ${last && row(texts.method, methodText(last))}
    ${last?.status === 'APPROVED' && [row(texts.authorization, last.authorization), row(texts.receipt, last.receipt)]}
    ${last && !isLiving(last) && last.status !== 'APPROVED' && row(texts.reason, `${attemptText(last.reason, language)} (${last.reason})`)}
    ${row(texts.date, date.replace('T', ' ').slice(0, 16))}
  </dl>`;
}
