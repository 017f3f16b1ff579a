/** What one pays with: its kinds, and how a transaction names it. */
import { BRANDS, brandOf, issuerOf } from './cards.js';

export type PseOutcome = 'approved' | 'rejected' | 'pending' | 'expired';
export const PSE_OUTCOMES: PseOutcome[] = ['approved', 'rejected', 'pending', 'expired'];

export interface Card {
  method: 'card';
  number: string;
  /** `MM/YY` */
  expiry: string;
  cvv: string;
  installments: number;
  otp?: string | undefined;
  postalCode?: string | undefined;
}

export type Instrument =
  Card | { method: 'pse'; bank: string; outcome: PseOutcome } | { method: 'ath_movil'; phone: string };

/** How a transaction names its instrument; of a card never the number. */
export interface InstrumentNames {
  /** Key of METHODS. */
  brand: string;
  issuer: string;
  bin: string;
  lastDigits: string;
  installments: number;
}

export interface Method {
  /** `paymentMethod` on the wire. */
  code: string;
  name: string;
  /** The provider's service code, at most 5 characters. */
  franchise: string;
}

/** Every method by its key: the brands of cards, and what is no card. */
export const METHODS: Record<string, Method> = {
  ...Object.fromEntries(Object.entries(BRANDS).map(([code, brand]) => [code, { ...brand, code }])),
  pse: { code: 'pse', name: 'PSE', franchise: '_PSE_' },
  ath_movil: { code: 'ath', name: 'ATH Móvil', franchise: 'EV_AM' },
};

/** The banks of PSE (protocol 9.2); 9999 is the test bank. */
export const BANKS: Record<string, string> = {
  '9999': 'Placetopay Bank',
  '1007': 'Bancolombia',
  '1014': 'Itaú',
  '1019': 'Scotiabank Colpatria',
  '1022': 'Banco Unión',
  '1052': 'Banco AV Villas',
  '1507': 'Nequi',
};

export function namesOf(instrument: Instrument): InstrumentNames {
  if (instrument.method === 'card') {
    const { number, installments } = instrument;
    return {
      brand: brandOf(number),
      issuer: issuerOf(number),
      bin: number.slice(0, 6),
      lastDigits: number.slice(-4),
      installments,
    };
  }
  const issuer = instrument.method === 'pse' ? (BANKS[instrument.bank] ?? '') : 'ATH Móvil';
  const lastDigits = instrument.method === 'pse' ? '' : instrument.phone.slice(-4);
  return { brand: instrument.method, issuer, bin: '', lastDigits, installments: 1 };
}
