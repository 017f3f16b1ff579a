/** What the gateway says, in Spanish and English (protocol 2.3, 5.1, 6). Other languages get English. */
export type Language = 'es' | 'en';

const LOCALE = /^[a-z]{2}_[A-Z]{2}$/;

/** The locale as sent if it is well formed, else null: a malformed one is never an error (protocol 2.4). */
export function readLocale(value: unknown): string | null {
  return typeof value === 'string' && LOCALE.test(value) ? value : null;
}

export function languageOf(locale: string): Language {
  return locale.startsWith('es') ? 'es' : 'en';
}

type Texts = Record<string, Record<Language, string>>;

const SESSION: Texts = {
  PC: { es: 'La petición se encuentra activa', en: 'The request is active' },
  PT: { es: 'La petición se encuentra pendiente', en: 'The request is pending' },
  '00': {
    es: 'La petición ha sido aprobada exitosamente',
    en: 'The request has been successfully approved',
  },
  '?C': {
    es: 'La petición ha sido cancelada por el usuario',
    en: 'The request has been cancelled by the user',
  },
  EX: { es: 'La petición ha expirado', en: 'The request has expired' },
  XN: { es: 'La petición ha sido rechazada', en: 'The request has been rejected' },
  MC: {
    es: 'La petición ha sido cancelada por el comercio',
    en: 'The request has been cancelled by the merchant',
  },
  P0: {
    es: 'La petición ha sido aprobada parcialmente',
    en: 'The request has been partially approved',
  },
  PX: {
    es: 'La petición ha expirado o ha sido cancelada y contiene pagos',
    en: 'The request has expired or was cancelled and it contains payments',
  },
};

const ATTEMPT: Texts = {
  '00': { es: 'Aprobada', en: 'Approved' },
  '?-': { es: 'Transacción pendiente en la red', en: 'Transaction pending at the network' },
  '05': {
    es: 'Negada, puede ser tarjeta bloqueada o timeout',
    en: 'Declined, the card may be blocked or timed out',
  },
  '13': { es: 'Valor inválido', en: 'Invalid amount' },
  '14': { es: 'Número de tarjeta inválido', en: 'Invalid card number' },
  '51': { es: 'Fondos insuficientes', en: 'Insufficient funds' },
  '54': { es: 'Tarjeta vencida', en: 'Expired card' },
  '61': { es: 'Excede el monto límite', en: 'Exceeds the amount limit' },
  XH: { es: 'Error de comunicación con la red', en: 'Host communication failure' },
  XA: { es: 'Rechazo financiero: fondos insuficientes', en: 'Financial rejection: insufficient funds' },
  PT: { es: 'Transacción pendiente de confirmación', en: 'Transaction pending confirmation' },
  P0: { es: 'Aprobada parcialmente', en: 'Partially approved' },
  EX: { es: 'La transacción ha expirado', en: 'The transaction has expired' },
  '?C': { es: 'Transacción cancelada', en: 'Transaction cancelled' },
  '68': { es: 'La respuesta llegó demasiado tarde', en: 'The answer came too late' },
  '91': { es: 'La entidad no está disponible', en: 'The issuer is not available' },
  '96': { es: 'Falla del sistema', en: 'System malfunction' },
  OT1: { es: 'El código OTP no corresponde', en: 'The OTP does not match' },
  XN: { es: 'Transacción rechazada', en: 'Transaction rejected' },
};

/** For codes that say no more than that. */
const DECLINED = { es: 'Negada', en: 'Declined' };

const CALL: Texts = {
  ok: {
    es: 'La petición se ha procesado correctamente',
    en: 'The request has been processed successfully',
  },
  authentication: { es: 'Autenticación fallida', en: 'Authentication failed' },
  pageNotFound: { es: 'Página no encontrada', en: 'Page not found' },
  sessionNotFound: { es: 'La sesión que busca no existe', en: 'The requested session does not exist' },
  cancelOnlyPending: {
    es: 'solo se pueden cancelar sesiones pendientes',
    en: 'only pending sessions can be cancelled',
  },
  actionNotSupported: {
    es: 'La acción [{0}] no está disponible para esta sesión',
    en: 'The action [{0}] is not supported for this session',
  },
  onlyPendingConfirmation: {
    es: 'la acción solo está disponible para transacciones pendientes de confirmación',
    en: 'action only available for transactions pending confirmation',
  },
  transactionExpired: {
    es: 'La transacción ya ha expirado',
    en: 'The transaction has already expired',
  },
  transactionNotFound: { es: 'La transacción no existe', en: 'The transaction does not exist' },
  invalidReference: {
    // The documents know this one in English only.
    es: 'invalid reference, must be 1 to 32 characters',
    en: 'invalid reference, must be 1 to 32 characters',
  },
  alreadyRefunded: {
    es: 'La transacción ya ha sido reembolsada',
    en: 'Transaction already refunded',
  },
  overRefund: {
    es: 'El valor a reembolsar supera lo que queda de la transacción',
    en: 'The amount to refund is greater than what is left of the transaction',
  },
  notReversible: {
    es: 'La transacción no se puede reversar',
    en: 'The transaction cannot be reversed',
  },
  notSettled: {
    es: 'La transacción aún no se ha liquidado: solo se puede reversar completa',
    en: 'The transaction has not been settled yet: it can only be reversed as a whole',
  },
  wholeOnly: {
    es: 'Una transacción dispersada se reversa completa, o parte por parte',
    en: 'A dispersed transaction is reversed as a whole, or part by part',
  },
  holdNotActive: {
    es: 'La preautorización ya no está activa',
    en: 'The preauthorization is no longer active',
  },
  overCapture: {
    es: 'El valor supera lo preautorizado',
    en: 'The amount is greater than what was preauthorized',
  },
  increaseOnly: {
    es: 'El proveedor solo permite aumentar la preautorización',
    en: 'The provider only allows the preauthorization to be increased',
  },
  otherCurrency: {
    es: 'amount.currency: la moneda debe ser la de la transacción',
    en: 'amount.currency: the currency must be the transaction’s',
  },
  invalidToken: { es: 'El token utilizado es inválido', en: 'The token used is invalid' },
  invalidSignature: { es: 'Firma inválida', en: 'Invalid signature' },
  duplicate: {
    es: 'Ya existe un cobro con la misma referencia y el mismo valor',
    en: 'There already is a charge with the same reference and amount',
  },
  tokenStored: { es: 'Token generado exitosamente', en: 'Token generated successfully' },
  internal: { es: 'Error interno, intente de nuevo', en: 'Internal error, please try again' },
  rateLimited: { es: 'Demasiadas peticiones, intente más tarde', en: 'Too many requests, please try later' },
};

/** Why a request is refused; `{0}` stands for a limit or a list. Always preceded by the field's name. */
const REFUSAL: Texts = {
  required: { es: 'el campo es obligatorio', en: 'the field is required' },
  string: { es: 'debe ser un texto', en: 'must be a string' },
  object: { es: 'debe ser un objeto', en: 'must be an object' },
  list: { es: 'debe ser una lista', en: 'must be a list' },
  boolean: { es: 'debe ser verdadero o falso', en: 'must be true or false' },
  number: { es: 'debe ser un número', en: 'must be a number' },
  tooLong: { es: 'admite como máximo {0} caracteres', en: 'must be at most {0} characters long' },
  characters: { es: 'contiene caracteres no permitidos', en: 'contains characters that are not allowed' },
  url: { es: 'debe ser una dirección http o https', en: 'must be an http or https address' },
  email: { es: 'no es un correo válido', en: 'is not a valid e-mail address' },
  cardNumber: { es: 'no puede contener un número de tarjeta', en: 'must not contain a card number' },
  document: { es: 'no tiene el formato de su tipo', en: 'does not have the format of its type' },
  currency: { es: 'no es una moneda ISO 4217', en: 'is not an ISO 4217 currency' },
  positive: { es: 'debe ser mayor que cero', en: 'must be greater than zero' },
  tooLarge: { es: 'es demasiado grande', en: 'is too large' },
  instant: { es: 'no es una fecha ISO 8601', en: 'is not an ISO 8601 date' },
  tooSoon: {
    es: 'El tiempo para realizar el pago es muy poco',
    en: 'The time left to make the payment is too short',
  },
  oneOf: { es: 'debe ser uno de: {0}', en: 'must be one of: {0}' },
  onePurpose: {
    es: 'la petición debe tener un solo propósito',
    en: 'the request must have exactly one purpose',
  },
  notSupported: {
    es: 'esta pasarela de pruebas aún no lo admite',
    en: 'this practice gateway does not support it yet',
  },
  notWith: { es: 'no se puede combinar con {0}', en: 'cannot be combined with {0}' },
  notInPartial: {
    es: 'no se admite en un pago parcial',
    en: 'is not allowed in a partial payment',
  },
  insideParts: {
    es: 'va dentro de cada parte de la dispersión',
    en: 'belongs inside each part of the dispersion',
  },
  maxDispersions: { es: 'admite como máximo {0} partes', en: 'must have at most {0} parts' },
  dispersionSum: {
    es: 'la suma de las partes debe ser igual al total',
    en: 'the parts must add up to the total',
  },
  sameCurrency: {
    es: 'debe ser la moneda del pago',
    en: 'must be the currency of the payment',
  },
  oneAirline: {
    es: 'admite una sola aerolínea, y además solo el comercio',
    en: 'may hold exactly one airline, and the merchant beside it',
  },
  numeric: { es: 'debe ser numérico', en: 'must be numeric' },
  whole: { es: 'debe ser un número entero', en: 'must be a whole number' },
  atLeast: { es: 'debe ser al menos {0}', en: 'must be at least {0}' },
  day: { es: 'no es una fecha AAAA-MM-DD', en: 'is not a date YYYY-MM-DD' },
  future: { es: 'debe ser posterior a hoy', en: 'must be after today' },
  confirmationOff: {
    es: 'este comercio no tiene habilitado el flujo de confirmación',
    en: 'this site is not allowed the confirmation flow',
  },
  basicOnly: { es: 'solo para pagos básicos', en: 'for basic payments only' },
  notInCollect: {
    es: 'no se admite en un cobro con token',
    en: 'is not allowed when a token is charged',
  },
  noMethod: {
    es: 'ninguno de estos medios de pago está disponible',
    en: 'none of these payment methods is available',
  },
  json: { es: 'no es JSON válido', en: 'is not valid JSON' },
  tooDeep: { es: 'está anidado demasiado', en: 'is nested too deeply' },
  tooBig: { es: 'es demasiado grande', en: 'is too large' },
};

export const sessionText = (reason: string, language: Language): string =>
  SESSION[reason]?.[language] ?? reason;

export const attemptText = (reason: string, language: Language): string =>
  (ATTEMPT[reason] ?? DECLINED)[language];

export const callText = (key: string, language: Language, detail = ''): string =>
  (CALL[key]?.[language] ?? key).replace('{0}', detail);

export function refusalText(rule: string, field: string, limit: string, language: Language): string {
  const text = REFUSAL[rule]?.[language] ?? rule;
  return `${field}: ${text.replace('{0}', limit)}`;
}
