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
};

const ATTEMPT: Texts = {
  '00': { es: 'Aprobada', en: 'Approved' },
  '?-': { es: 'Transacción pendiente en la red', en: 'Transaction pending at the network' },
  '05': {
    es: 'Negada, puede ser tarjeta bloqueada o timeout',
    en: 'Declined, the card may be blocked or timed out',
  },
  '14': { es: 'Número de tarjeta inválido', en: 'Invalid card number' },
  '51': { es: 'Fondos insuficientes', en: 'Insufficient funds' },
  '54': { es: 'Tarjeta vencida', en: 'Expired card' },
  '61': { es: 'Excede el monto límite', en: 'Exceeds the amount limit' },
  XH: { es: 'Error de comunicación con la red', en: 'Host communication failure' },
};

const CALL: Texts = {
  ok: {
    es: 'La petición se ha procesado correctamente',
    en: 'The request has been processed successfully',
  },
  authentication: { es: 'Autenticación fallida', en: 'Authentication failed' },
  pageNotFound: { es: 'Página no encontrada', en: 'Page not found' },
  sessionNotFound: { es: 'La sesión que busca no existe', en: 'The requested session does not exist' },
  internal: { es: 'Error interno, intente de nuevo', en: 'Internal error, please try again' },
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
  ATTEMPT[reason]?.[language] ?? reason;

export const callText = (key: keyof typeof CALL, language: Language): string => CALL[key]?.[language] ?? '';

export function refusalText(rule: string, field: string, limit: string, language: Language): string {
  const text = REFUSAL[rule]?.[language] ?? rule;
  return `${field}: ${text.replace('{0}', limit)}`;
}
