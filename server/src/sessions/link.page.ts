import { formatAmount, type Language } from '@recaudo/shared';
import type { PaymentSummary } from './links.service.js';

/** The payer's pages: plain HTML, no script but the print button's, legible at 320 pixels. */

type Words = Record<
  | 'title'
  | 'paid'
  | 'reference'
  | 'amount'
  | 'date'
  | 'authorization'
  | 'method'
  | 'print'
  | 'shop'
  | 'retry'
  | 'pay'
  | 'waiting',
  string
> & {
  left: string;
  returned: string;
  sentence: Record<PaymentSummary['state'], string>;
};

const WORDS: Record<Language, Words> = {
  es: {
    title: 'Su pago',
    paid: 'Pagado',
    reference: 'Referencia',
    amount: 'Valor',
    date: 'Fecha',
    left: 'Falta por pagar',
    returned: 'Devuelto',
    authorization: 'Autorización',
    method: 'Medio de pago',
    print: 'Imprimir',
    shop: 'Volver al comercio',
    retry: 'Intentar de nuevo',
    pay: 'Pagar',
    waiting: 'Esta página se actualiza sola.',
    sentence: {
      opening: 'Estamos abriendo su pago.',
      unknown: 'Se está cobrando a su medio de pago guardado. El banco todavía no responde; no pague aparte.',
      pending: 'Su pago está en proceso. El banco todavía no responde; no vuelva a pagar.',
      unpaid: 'Todavía no hay ningún pago aprobado. No se ha hecho ningún cobro; puede pagar cuando quiera.',
      approved: 'Su pago fue aprobado. Gracias.',
      rejected: 'Su pago no fue aprobado. No se hizo ningún cobro.',
      cancelled: 'El pago fue cancelado. No se hizo ningún cobro.',
      expired: 'El tiempo para pagar terminó. No se hizo ningún cobro.',
      failed: 'No pudimos abrir la pasarela de pago. Intente de nuevo en unos minutos.',
      partial: 'Una parte está pagada. Puede pagar el resto cuando quiera, antes de que venza.',
      partial_expired: 'Una parte está pagada y el tiempo para pagar el resto terminó. Consulte al comercio.',
      captured: 'Su pago fue recibido y el comercio lo está confirmando; no vuelva a pagar.',
      held: 'El valor quedó reservado en su medio de pago; el comercio decide cuánto de él cobra.',
      charged: 'De lo que estaba reservado se cobró solo este valor; el resto se liberó.',
      released: 'El valor que estaba reservado se liberó. No se cobró nada.',
      part_returned: 'Su pago fue aprobado y después se le devolvió una parte.',
      returned: 'Lo que pagó le fue devuelto. El abono puede tardar algunos días, según su banco.',
      stored: 'Su medio de pago quedó guardado. No se hizo ningún cobro.',
      withdrawn: 'El comercio canceló este pago. No se hizo ningún cobro.',
      closed: 'El comercio dio este pago por terminado. No hay nada más por pagar.',
      link_expired: 'Este enlace de pago venció. Pida uno nuevo al comercio.',
    },
  },
  en: {
    title: 'Your payment',
    paid: 'Paid',
    reference: 'Reference',
    amount: 'Amount',
    date: 'Date',
    left: 'Left to pay',
    returned: 'Given back',
    authorization: 'Authorization',
    method: 'Payment method',
    print: 'Print',
    shop: 'Back to the shop',
    retry: 'Try again',
    pay: 'Pay',
    waiting: 'This page updates by itself.',
    sentence: {
      opening: 'We are opening your payment.',
      unknown:
        'Your stored payment method is being charged. The bank has not answered yet; please do not pay besides.',
      pending: 'Your payment is in progress. The bank has not answered yet; please do not pay again.',
      unpaid: 'There is no approved payment yet. Nothing has been charged; you can pay whenever you like.',
      approved: 'Your payment was approved. Thank you.',
      rejected: 'Your payment was not approved. Nothing was charged.',
      cancelled: 'The payment was cancelled. Nothing was charged.',
      expired: 'The time to pay is over. Nothing was charged.',
      failed: 'We could not open the payment gateway. Please try again in a few minutes.',
      partial: 'Part of it is paid. You can pay the rest whenever you like, before it expires.',
      partial_expired: 'Part of it is paid, and the time to pay the rest is over. Please ask the shop.',
      captured: 'Your payment was received and the shop is confirming it; please do not pay again.',
      held: 'The amount is held on your payment method; the shop decides how much of it is charged.',
      charged: 'Of what was held only this amount was charged; the rest was released.',
      released: 'The amount that was held was released. Nothing was charged.',
      part_returned: 'Your payment was approved, and later a part of it was given back to you.',
      returned: 'What you paid was given back to you. Your bank may take some days to credit it.',
      stored: 'Your payment method was stored. Nothing was charged.',
      withdrawn: 'The shop cancelled this payment. Nothing was charged.',
      closed: 'The shop has closed this payment. There is nothing left to pay.',
      link_expired: 'This payment link has expired. Ask the shop for a new one.',
    },
  },
};

const STYLE = `
:root{color-scheme:light dark;--ink:#1c2430;--quiet:#5b6675;--line:#dfe3e8;--paper:#fff;--ground:#f4f5f7;--accent:#1f5fbf}
@media (prefers-color-scheme:dark){:root{--ink:#e8ebef;--quiet:#a3adba;--line:#353d48;--paper:#1b2027;--ground:#12161b;--accent:#8ab4f8}}
*{box-sizing:border-box}body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main{max-width:30rem;margin:0 auto;padding:2rem 1rem}
article{background:var(--paper);border:1px solid var(--line);border-radius:12px;padding:1.5rem}
h1{font-size:1rem;font-weight:600;margin:0 0 1rem;color:var(--quiet)}
.amount{font-size:1.9rem;font-weight:650;font-variant-numeric:tabular-nums;margin:0}
.sentence{font-size:1.1rem;margin:.75rem 0 1.25rem}
dl{display:grid;grid-template-columns:auto 1fr;gap:.35rem 1rem;margin:0;border-top:1px solid var(--line);padding-top:1rem}
dt{color:var(--quiet)}dd{margin:0;text-align:right;overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
nav{display:flex;flex-wrap:wrap;gap:.75rem;margin-top:1.25rem}
a,button{font:inherit;display:inline-block;min-height:44px;padding:.6rem 1.1rem;border-radius:8px;border:1px solid var(--line);background:none;color:var(--ink);text-decoration:none;cursor:pointer}
a.main{background:var(--accent);border-color:var(--accent);color:var(--paper)}
a:focus-visible,button:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.quiet{color:var(--quiet);font-size:.9rem}@media print{nav,.quiet{display:none}body{background:#fff}}`;

/** Something was paid, and its payer may want to keep it. */
const PRINTED: readonly PaymentSummary['state'][] = ['approved', 'charged', 'part_returned'];

export function paymentPage(summary: PaymentSummary, options: { nonce: string; linkUrl: string }): string {
  const language: Language = summary.locale.startsWith('en') ? 'en' : 'es';
  const words = WORDS[language];
  const waiting = ['pending', 'opening', 'unknown', 'captured'].includes(summary.state);
  const facts: [string, string | number | null][] = [
    [words.reference, summary.reference],
    [words.date, localTime(summary.at, summary.zone, language)],
    [
      words.method,
      [summary.method, summary.lastFour && `•••• ${summary.lastFour}`].filter(Boolean).join(' ') || null,
    ],
    [words.left, summary.leftMinor && formatAmount(summary.leftMinor, summary.currency, language)],
    [
      words.returned,
      summary.returnedMinor && formatAmount(summary.returnedMinor, summary.currency, language),
    ],
    [words.authorization, summary.authorization],
  ];
  const body = `<article>
<h1>${escape(summary.siteName)}</h1>
${summary.amountMinor > 0 ? `<p class="amount">${escape(formatAmount(summary.amountMinor, summary.currency, language))}</p>` : ''}
<p class="sentence" role="status" data-state="${summary.state}">${escape(words.sentence[summary.state])}</p>
<dl>${facts
    .filter(([, value]) => value)
    .map(([name, value]) => `<dt>${escape(name)}</dt><dd>${escape(String(value))}</dd>`)
    .join('')}</dl>
<nav>${summary.retry ? `<a class="main" href="${escape(options.linkUrl)}">${summary.state === 'unpaid' || summary.state === 'partial' ? words.pay : words.retry}</a>` : ''}${
    summary.shopUrl
      ? `<a class="${summary.retry ? '' : 'main'}" href="${escape(summary.shopUrl)}" rel="noreferrer">${words.shop}</a>`
      : ''
  }${PRINTED.includes(summary.state) ? `<button id="print">${words.print}</button>` : ''}</nav>
${waiting ? `<p class="quiet">${words.waiting}</p>` : ''}</article>`;
  const script = `<script nonce="${options.nonce}">document.getElementById('print')?.addEventListener('click',()=>print())</script>`;
  return page(words.title, language, body + script, waiting);
}

export function sentencePage(title: string, sentence: string): string {
  return page(
    title,
    'es',
    `<article><h1>${escape(title)}</h1><p class="sentence">${escape(sentence)}</p></article>`,
    false,
  );
}

function page(title: string, language: Language, body: string, refresh: boolean): string {
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${escape(title)}</title>
<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">
${refresh ? '<meta http-equiv="refresh" content="5">' : ''}<style>${STYLE}</style></head><body><main>${body}</main></body></html>`;
}

function localTime(at: Date, zone: string, language: Language): string {
  return new Intl.DateTimeFormat(language === 'es' ? 'es-CO' : 'en-US', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: zone,
    timeZoneName: 'shortOffset',
  }).format(at);
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
