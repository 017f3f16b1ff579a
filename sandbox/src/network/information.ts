/** What a card needs to be processed (protocol 3.8), and what is known of a stored one (3.9). */
import { languageOf } from '../wire/texts.js';
import { BRANDS, brandOf, findCard } from './cards.js';
import type { Brand } from './cards.js';
import { METHODS } from './instruments.js';

/** Who processes a service code, by its first two letters (house rule where no document names one). */
const PROVIDERS: Record<string, string> = { CR: 'CREDIBANCO', RM: 'REDEBAN', ID: 'INTERDIN', EV: 'EVERTEC' };

export function instrumentInformation(number: string, locale: string): object {
  const brand = BRANDS[brandOf(number)] as Brand;
  const isDebit = brand.debit === true;
  const description = languageOf(locale) === 'es' ? 'Cuotas' : 'Installments';
  const credit = {
    description,
    code: '0',
    groupCode: 'C',
    type: '00',
    installments: [1, 2, 3],
  };
  return {
    provider: PROVIDERS[brand.franchise.slice(0, 2)] ?? 'PLACETOPAY',
    serviceCode: brand.franchise,
    cardType: isDebit ? 'R' : 'C',
    cardTypes: isDebit ? ['R', 'A'] : ['C', 'R', 'A'],
    displayInterest: false,
    requireOtp: brand.otp === true,
    requireCvv2: true,
    threeDS: findCard(number)?.threeDS ? 'optional' : 'unsupported',
    credits: isDebit ? [] : [credit],
    requirePockets: false,
    pockets: [],
    requireAvs: false,
    accountVerification: false,
    requirePin: false,
    requireRedirection: false,
  };
}

interface StoredCard {
  id: number;
  token: string;
  subtoken: string;
  brand: string;
  issuer: string;
  lastDigits: string;
  validUntil: string;
  owner: string;
  bin: string;
}

/** Here `validUntil` is `MM/YY`, unlike inside a session. */
export function tokenData(card: StoredCard): object {
  return {
    id: card.id,
    type: 'card',
    token: card.token,
    subtoken: card.subtoken,
    franchise: METHODS[card.brand]?.code,
    franchiseName: METHODS[card.brand]?.name,
    issuerName: card.issuer,
    lastDigits: card.lastDigits,
    validUntil: card.validUntil,
    owner: card.owner,
    bin: card.bin,
    accountType: null,
  };
}
