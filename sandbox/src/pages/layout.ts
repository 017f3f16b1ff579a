import { decimalsOf, toWire } from '../wire/money.js';
import type { Language } from '../wire/texts.js';
import { Html, html, policyFor } from './html.js';
import type { Page } from './html.js';
import { pageTexts } from './page.texts.js';
import { STYLE } from './style.js';

/** The frame of every page: the ribbon that says what this is, and nothing from anywhere else. */
export function layout(
  language: Language,
  title: string,
  main: Html,
  script = '',
  head: Html | null = null,
  moreStyle = '',
): Page {
  const texts = pageTexts(language);
  const style = STYLE + moreStyle;
  const page = html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title} · ${texts.practice}</title>
        <link rel="icon" href="data:," />
        ${new Html(`<style>${style}</style>`)} ${head}
      </head>
      <body>
        <div class="ribbon" role="note"><strong>${texts.practice}</strong> · ${texts.practiceNote}</div>
        ${main} ${new Html(script && `<script>${script}</script>`)}
      </body>
    </html> `;
  return { text: page.text, securityPolicy: policyFor(style, script) };
}

/** `84.500,00` for es_CO: the currency's own decimals, the reader's own marks. */
export function moneyText(amountMinor: number, currency: string, locale: string): string {
  const decimals = decimalsOf(currency) ?? 2;
  const tag = locale.replace('_', '-');
  const known = Intl.NumberFormat.supportedLocalesOf([tag]).length > 0;
  return new Intl.NumberFormat(known ? tag : 'es-CO', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  }).format(toWire(amountMinor, currency));
}

/** `84.500,00 COP`, for the reader of a session. */
export const amountText = (session: { currency: string; locale: string }, minor: number): string =>
  `${moneyText(minor, session.currency, session.locale)} ${session.currency}`;

/** Loads the page again once its session is no longer what the page shows; asks every 2 s, for an hour at most. */
export function watchScript(processUrl: string, state: string): string {
  const path = JSON.stringify(`${new URL(processUrl).pathname}/state`).replace(/</g, '\\u003c');
  const known = JSON.stringify(state).replace(/</g, '\\u003c');
  return `let asked = 0; const watch = setInterval(async () => {
  if (++asked > 1800) return clearInterval(watch);
  try { const answer = await fetch(${path}); if (answer.ok && (await answer.json()).state !== ${known}) location.reload(); } catch {}
}, 2000);`;
}
