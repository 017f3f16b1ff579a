/** A session and its transactions as they go over the wire (protocol 3.2, 4.7, 4.8). */
import { METHODS } from '../network/instruments.js';
import type { Method } from '../network/instruments.js';
import { wireStatus } from '../wire/envelope.js';
import type { WireStatus } from '../wire/envelope.js';
import { toWire } from '../wire/money.js';
import { attemptText, callText, languageOf, sessionText } from '../wire/texts.js';
import type { Language } from '../wire/texts.js';
import type { Session } from './session.store.js';
import type { Token } from './token.store.js';
import type { Attempt, Transaction } from './transaction.store.js';

/** The session's own status. While it is open it is dated by the question, afterwards by its end. */
export function sessionStatus(session: Session, zone: string, now: Date): WireStatus {
  const text = sessionText(session.message ?? session.reason, languageOf(session.locale));
  return wireStatus(session.status, session.reason, text, session.finalAt ?? now, zone);
}

export function redirectInformation(
  session: Session,
  zone: string,
  now: Date,
): Record<string, unknown> & { status: WireStatus } {
  const language = languageOf(session.locale);
  const attempts = session.attempts.map((attempt) =>
    transactionView(attempt, session.reference, zone, language),
  );
  return {
    requestId: session.requestId,
    status: sessionStatus(session, zone, now),
    request: echoedRequest(session),
    payment: attempts.length > 0 ? attempts.reverse() : null,
    subscription: subscriptionView(session, zone, language),
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

interface Field {
  keyword: string;
  value: unknown;
  displayOn: 'none';
}

const field = (keyword: string, value: unknown): Field => ({ keyword, value, displayOn: 'none' });

/** `shown` is the number that the merchant is told, where that is not the transaction's own. */
export function transactionView(
  transaction: Transaction & { children?: Attempt['children'] },
  reference: string,
  zone: string,
  language: Language,
  shown = transaction.internalReference,
): Record<string, unknown> & { status: WireStatus } {
  const method = METHODS[transaction.brand] as Method;
  const children = transaction.children ?? [];
  return {
    status: transactionStatus(transaction, zone, language),
    internalReference: shown,
    reference,
    paymentMethod: method.code,
    paymentMethodName: method.name,
    issuerName: transaction.issuer,
    amount: moneyView(transaction),
    authorization: transaction.authorization,
    receipt: transaction.receipt,
    franchise: method.franchise,
    refunded: transaction.refunded,
    processorFields: processorFields(transaction),
    ...(children.length > 0 && {
      dispersion: children.map((child) => partView(child, zone, language)),
    }),
    ...(transaction.agreementType !== null && {
      agreement: transaction.agreement,
      agreementType: transaction.agreementType,
    }),
  };
}

function partView(child: Transaction, zone: string, language: Language): object {
  return {
    status: transactionStatus(child, zone, language),
    internalReference: child.internalReference,
    amount: moneyView(child),
    authorization: child.authorization,
    receipt: child.receipt,
    franchise: (METHODS[child.brand] as Method).franchise,
    refunded: child.refunded,
    agreement: child.agreement,
    agreementType: child.agreementType,
  };
}

const transactionStatus = (transaction: Transaction, zone: string, language: Language): WireStatus =>
  wireStatus(
    transaction.status,
    transaction.reason,
    attemptText(transaction.reason, language),
    transaction.at,
    zone,
  );

/** Letting go of a hold takes nothing, whatever was held. */
function moneyView({ role, amountMinor, currency }: Transaction): object {
  const money = { currency, total: role === 'release' ? 0 : toWire(amountMinor, currency) };
  return { from: money, to: money, factor: 1 };
}

const UNANSWERED = ['PENDING', 'PENDING_VALIDATION', 'PENDING_CONFIRMATION', 'PENDING_PROCESS'];

function processorFields(transaction: Transaction): Field[] {
  const b24 = UNANSWERED.includes(transaction.status) ? [] : [field('b24', transaction.reason)];
  // Empty rather than absent where there is no card: a widespread plugin reads it without looking (protocol 11.22).
  const lastDigits = field('lastDigits', transaction.lastDigits);
  if (transaction.brand === 'pse') {
    return [
      lastDigits,
      field('transactionCycle', '1'),
      field('trazabilyCode', transaction.authorization),
      ...b24,
    ];
  }
  const installments = field('installments', transaction.installments);
  return transaction.bin === ''
    ? [lastDigits, ...b24]
    : [field('bin', transaction.bin), lastDigits, installments, ...b24];
}

function subscriptionView(session: Session, zone: string, language: Language): object | null {
  const { token } = session;
  if (!token || !isStored(session, token)) return null;
  const { code, name } = METHODS[token.brand] as Method;
  const at = session.finalAt ?? token.createdAt;
  return {
    type: 'token',
    status: wireStatus('OK', '00', callText('tokenStored', language), at, zone),
    instrument: [
      field('token', token.token),
      field('subtoken', token.subtoken),
      field('franchise', code),
      field('franchiseName', name),
      field('issuerName', token.issuer),
      field('lastDigits', token.lastDigits),
      field('validUntil', lastDay(token.validUntil)),
      field('installments', null),
    ],
  };
}

/** What was saved with a payment counts once that is approved. */
function isStored(session: Session, token: Token): boolean {
  if (token.internalReference === null) return session.status === 'APPROVED';
  return session.attempts.some(
    ({ internalReference, status }) =>
      internalReference === token.internalReference &&
      (status === 'APPROVED' || status === 'APPROVED_PARTIAL'),
  );
}

/** `12/29` as `2029-12-31`. */
function lastDay(validUntil: string): string {
  const [month = 1, year = 0] = validUntil.split('/').map(Number);
  return new Date(Date.UTC(2000 + year, month, 0)).toISOString().slice(0, 10);
}
