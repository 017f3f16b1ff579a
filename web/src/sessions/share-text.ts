import { formatAmount, localDay, type SessionView } from '@recaudo/shared';
import { formatInstantFully, formatDay } from '../fields/instant.js';

export type Shareable = Pick<
  SessionView,
  'kind' | 'description' | 'amountMinor' | 'approvedMinor' | 'currency' | 'payer'
> & {
  order: Pick<SessionView['order'], 'linkUrl' | 'linkExpiresAt'>;
};

/**
 * The prepared message to the payer. Always in Spanish, whatever the agent reads: it is the payer's text. The
 * time is the site's, because the payer knows nothing of the agent's zone.
 */
export function shareText(session: Shareable, site: { name: string; zone: string }): string {
  const greeting = session.payer.name ? `Hola, ${session.payer.name}.` : 'Hola.';
  const until = payerTime(session.order.linkExpiresAt, site.zone);
  return [
    `${greeting} Este es su enlace para ${purpose(session, site.name)} (${session.description}):`,
    session.order.linkUrl,
    `${session.kind === 'subscription' ? 'Sirve' : 'Puede pagar'} hasta el ${until}. La página le mostrará el resultado.`,
  ].join('\n');
}

/** What the payer is asked to do, and for how much. */
function purpose(session: Shareable, siteName: string): string {
  const inSpanish = (minor: number) => formatAmount(minor, session.currency, 'es').replaceAll('\u00a0', ' ');
  const amount = inSpanish(session.amountMinor);
  switch (session.kind) {
    case 'subscription':
      return `guardar su medio de pago con ${siteName}; hoy no se le cobra nada`;
    case 'preauthorization':
      return `autorizar que ${siteName} reserve ${amount}`;
    case 'partial':
      return session.approvedMinor > 0
        ? `pagar los ${inSpanish(session.amountMinor - session.approvedMinor)} que faltan a ${siteName}`
        : `pagar ${amount}, en una o varias partes, a ${siteName}`;
    default:
      return `pagar ${amount} a ${siteName}`;
  }
}

/** WhatsApp's own address for a prepared message; without a full international number the agent picks the contact. */
export function whatsappUrl(text: string, mobile: string | null): string {
  const number = mobile?.trim().startsWith('+') ? mobile.replace(/\D/g, '') : '';
  return `https://wa.me/${number}?text=${encodeURIComponent(text)}`;
}

export function mailUrl(text: string, email: string | null, siteName: string): string {
  const subject = encodeURIComponent(`Su enlace de pago de ${siteName}`);
  return `mailto:${encodeURIComponent(email ?? '')}?subject=${subject}&body=${encodeURIComponent(text)}`;
}

function payerTime(iso: string, zone: string): string {
  const day = formatDay(localDay(Date.parse(iso), zone), 'es', true);
  const clock = formatInstantFully(iso, { language: 'es', zone }).match(/\d{2}:\d{2}/)?.[0] ?? '';
  return `${day} a las ${clock}`;
}
