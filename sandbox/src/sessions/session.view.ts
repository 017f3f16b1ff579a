/** A session as it goes over the wire: RedirectInformation (protocol 3.2, 4.7). */
import { BRANDS } from '../network/cards.js';
import type { Brand } from '../network/cards.js';
import { formatInstant } from '../platform/instants.js';
import { wireStatus } from '../wire/envelope.js';
import type { WireStatus } from '../wire/envelope.js';
import { toWire } from '../wire/money.js';
import { attemptText, languageOf, sessionText } from '../wire/texts.js';
import type { Language } from '../wire/texts.js';
import { isLiving } from './session.states.js';
import type { Attempt, Session } from './session.store.js';

/** The session's own status. While it is open it is dated by the question, afterwards by its end. */
export function sessionStatus(session: Session, zone: string, now: Date): WireStatus {
  const text = sessionText(session.reason, languageOf(session.locale));
  return wireStatus(session.status, session.reason, text, session.finalAt ?? now, zone);
}

export function redirectInformation(
  session: Session,
  zone: string,
  now: Date,
): Record<string, unknown> & { status: WireStatus } {
  const language = languageOf(session.locale);
  const attempts = session.attempts.map((attempt) => transaction(attempt, session.reference, zone, language));
  return {
    requestId: session.requestId,
    status: sessionStatus(session, zone, now),
    request: echoedRequest(session),
    payment: attempts.length > 0 ? attempts.reverse() : null,
    subscription: null,
  };
}

function echoedRequest(session: Session): Record<string, unknown> {
  const { locale, payer, buyer, ...rest } = session.request;
  const processUrl = { keyword: '_processUrl_', value: session.processUrl, displayOn: 'none' };
  const captured = session.payer ?? payer;
  return {
    locale,
    ...(captured && { payer: captured }),
    ...(buyer && { buyer }),
    ...rest,
    fields: [...rest.fields, processUrl],
  };
}

function transaction(attempt: Attempt, reference: string, zone: string, language: Language): object {
  const brand = BRANDS[attempt.brand] as Brand;
  const money = { currency: attempt.currency, total: toWire(attempt.amountMinor, attempt.currency) };
  const field = (keyword: string, value: string | number): object => ({ keyword, value, displayOn: 'none' });
  return {
    status: {
      status: attempt.status,
      reason: attempt.reason,
      message: attemptText(attempt.reason, language),
      date: formatInstant(attempt.at, zone),
    },
    internalReference: attempt.internalReference,
    reference,
    paymentMethod: attempt.brand,
    paymentMethodName: brand.name,
    issuerName: attempt.issuer,
    amount: { from: money, to: money, factor: 1 },
    authorization: attempt.authorization,
    receipt: attempt.receipt,
    franchise: brand.franchise,
    refunded: attempt.refunded,
    processorFields: [
      field('bin', attempt.bin),
      field('lastDigits', attempt.lastDigits),
      field('installments', attempt.installments),
      ...(isLiving(attempt) ? [] : [field('b24', attempt.reason)]),
    ],
  };
}
