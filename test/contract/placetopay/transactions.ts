/** Card transactions as section 4.7 writes them, what a client understands of them, and what a gateway may choose. */
import type { GoldenCard, Json, UnderstoodAttempt, UnderstoodPart } from './golden-pair.js';
import { CARDS, PROCESS_URL } from './samples.js';

/** Sections 6 and 10; a gateway may word them differently, so messages of attempts are free. */
const ATTEMPT_MESSAGES: Record<string, string> = {
  '00': 'Aprobada',
  '05': 'Negada, puede ser tarjeta bloqueada o timeout',
  '14': 'Número de tarjeta inválido',
  '51': 'Fondos insuficientes',
  '61': 'Excede el monto límite',
  '?-': 'Pendiente',
  '?C': 'Cancelada',
  PT: 'Pendiente de confirmación',
  EX: 'Expirada',
  BR: 'Petición inválida',
  P0: 'Aprobada parcialmente',
  XH: 'Error interno',
};

/** Of a dispersion: what each receiver's part became. */
export interface GoldenPart {
  status: UnderstoodPart['status'];
  reason: string;
  date: string;
  internalReference: number;
  total: number;
  /** Without one, the session's own site. */
  agreement?: number;
  agreementType?: UnderstoodPart['agreementType'];
}

export interface GoldenAttempt {
  status: UnderstoodAttempt['status'];
  reason: string;
  date: string;
  internalReference: number;
  card: GoldenCard;
  /** In COP unless told. */
  total?: number;
  currency?: string;
  reference?: string;
  refunded?: boolean;
  parts?: GoldenPart[];
  /** Paid by a debit of the test bank instead of the card. */
  pse?: true;
}

const NOT_ANSWERED = ['PENDING', 'PENDING_CONFIRMATION', 'PENDING_PROCESS'];
const wording = (reason: string): string => ATTEMPT_MESSAGES[reason] ?? reason;

/** A Visa transaction as section 4.7 writes it. */
export function transaction(attempt: GoldenAttempt): Json {
  const { status, reason, date, internalReference, card: paidWith } = attempt;
  const money = { currency: attempt.currency ?? 'COP', total: attempt.total ?? 84500 };
  const field = (keyword: string, value: unknown) => ({ keyword, value, displayOn: 'none' });
  const isOpen = NOT_ANSWERED.includes(status);
  const whole = {
    status: { status, reason, message: wording(reason), date },
    internalReference,
    reference: attempt.reference ?? 'ORD-1001',
    paymentMethod: 'visa',
    paymentMethodName: 'Visa',
    issuerName: paidWith.number === CARDS.approved.number ? 'JPMORGAN CHASE BANK, N.A.' : 'TESTING',
    amount: { from: money, to: money, factor: 1 },
    authorization: status.startsWith('APPROVED') ? '965960' : '000000',
    receipt: '052617800175',
    franchise: 'CR_VS',
    refunded: attempt.refunded ?? false,
    processorFields: [
      field('bin', paidWith.number.slice(0, 6)),
      field('lastDigits', paidWith.number.slice(-4)),
      field('installments', 1),
      ...(isOpen ? [] : [field('b24', reason)]),
    ],
    ...(attempt.parts && { dispersion: attempt.parts.map((part) => child(part, money.currency)) }),
  };
  if (!attempt.pse) return whole;
  const { processorFields: _ofCards, ...plain } = whole;
  return {
    ...plain,
    paymentMethod: 'pse',
    paymentMethodName: 'PSE',
    issuerName: 'Placetopay Bank',
    franchise: '_PSE_',
  };
}

/** TransactionDispersion of section 4.7. */
function child(part: GoldenPart, currency: string): Json {
  const money = { currency, total: part.total };
  return {
    status: { status: part.status, reason: part.reason, message: wording(part.reason), date: part.date },
    internalReference: part.internalReference,
    amount: { from: money, to: money, factor: 1 },
    authorization: part.status === 'APPROVED' ? '965960' : '000000',
    receipt: '052617800175',
    franchise: 'CR_VS',
    refunded: false,
    agreement: part.agreement ?? null,
    agreementType: part.agreementType ?? 'MERCHANT',
  };
}

const minor = (total: number, currency: string): number =>
  Math.round(currency === 'CLP' ? total : total * 100);

export function understood(attempt: GoldenAttempt): UnderstoodAttempt {
  const { currency = 'COP', total = 84500, refunded, parts } = attempt;
  return {
    status: attempt.status,
    reason: attempt.reason,
    internalReference: attempt.internalReference,
    amountMinor: minor(total, currency),
    currency,
    at: attempt.date,
    ...(refunded !== undefined && { refunded }),
    ...(parts && {
      parts: parts.map((part) => ({
        status: part.status,
        internalReference: part.internalReference,
        amountMinor: minor(part.total, currency),
        agreement: part.agreement === undefined ? null : String(part.agreement),
        agreementType: part.agreementType ?? 'MERCHANT',
      })),
    }),
  };
}

/** Section 4.7: approved ones have an authorization of their own, all others six zeros. */
export function freeOfTransaction(
  path: string,
  attempt: Pick<GoldenAttempt, 'status'>,
): Record<string, RegExp> {
  return {
    [`${path}.receipt`]: /^\d{1,18}$/,
    ...(attempt.status.startsWith('APPROVED') && { [`${path}.authorization`]: /^(?!0{6})\d{6}$/ }),
    [`${path}.issuerName`]: /^.+$/,
    [`${path}.status.message`]: /^.+$/,
  };
}

/** What section 4.7 lets a transaction do without: what may be null, and does not concern it. */
export const optionalOfTransaction = (path: string): string[] =>
  ['dispersion', 'agreement', 'agreementType', 'discount', 'subscription'].map((key) => `${path}.${key}`);

/** What a gateway may choose in a query: the page's hash, and of each attempt its numbers and wording. */
export function freeInQuery(attempts: Pick<GoldenAttempt, 'status' | 'parts'>[]): Record<string, RegExp> {
  return Object.assign(
    { 'request.fields.0.value': PROCESS_URL },
    ...attempts.flatMap((attempt, index) => [
      freeOfTransaction(`payment.${index}`, attempt),
      ...(attempt.parts ?? []).map((part, position) =>
        freeOfPart(`payment.${index}.dispersion.${position}`, part),
      ),
    ]),
  ) as Record<string, RegExp>;
}

/** A child's own number is the gateway's to give out. */
function freeOfPart(path: string, part: GoldenPart): Record<string, RegExp> {
  const { [`${path}.issuerName`]: _none, ...free } = freeOfTransaction(path, part);
  return { ...free, [`${path}.internalReference`]: /^\d{1,10}$/ };
}
