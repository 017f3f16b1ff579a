import { formatAmount, type SessionView } from '@recaudo/shared';
import { formatInstantFully, formatDay, dayIn } from '../fields/instant.js';

export type Shareable = Pick<SessionView, 'description' | 'amountMinor' | 'currency' | 'payer'> & {
  order: Pick<SessionView['order'], 'linkUrl' | 'linkExpiresAt'>;
};

/**
 * The prepared message to the payer. Always in Spanish, whatever the agent reads: it is the payer's text. The
 * time is the site's, because the payer knows nothing of the agent's zone.
 */
export function shareText(session: Shareable, site: { name: string; zone: string }): string {
  const greeting = session.payer.name ? `Hola, ${session.payer.name}.` : 'Hola.';
  const amount = formatAmount(session.amountMinor, session.currency, 'es').replaceAll('\u00a0', ' ');
  return [
    `${greeting} Este es su enlace para pagar ${amount} a ${site.name} (${session.description}):`,
    session.order.linkUrl,
    `Puede pagar hasta el ${payerTime(session.order.linkExpiresAt, site.zone)}. La página le mostrará el resultado del pago.`,
  ].join('\n');
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
  const day = formatDay(dayIn(Date.parse(iso), zone), 'es', true);
  const clock = formatInstantFully(iso, { language: 'es', zone }).match(/\d{2}:\d{2}/)?.[0] ?? '';
  return `${day} a las ${clock}`;
}
