/**
 * The published test cards (protocol 9.1) as one table of data, and the brands they belong to. These numbers belong to
 * nobody: they are printed in the gateway's own documentation.
 */

export interface Brand {
  name: string;
  /** Takes from an account at once; recurring payments want credit (protocol 8.2). */
  debit?: true;
  /** The issuers of these ask for a one-time password (house rule: no document says which do). */
  otp?: true;
  /** The provider's service code, at most 5 characters (`franchise` on the wire). */
  franchise: string;
}

/** By their code on the wire (`paymentMethod`). `other` takes numbers of no known brand. */
export const BRANDS: Record<string, Brand> = {
  visa: { name: 'Visa', franchise: 'CR_VS' },
  master: { name: 'MasterCard', franchise: 'RM_MC' },
  amex: { name: 'American Express', franchise: 'RM_AM' },
  diners: { name: 'Diners Club', franchise: 'ID_DN' },
  discover: { name: 'Discover', franchise: 'ID_DS' },
  maestro: { name: 'Maestro', franchise: 'RM_MA', debit: true },
  somos: { name: 'Somos', franchise: 'SO_MO', otp: true },
  exito: { name: 'Éxito', franchise: 'EX_TO', otp: true },
  alkosto: { name: 'Alkosto', franchise: 'AL_KO', otp: true },
  ath: { name: 'ATH', franchise: 'EV_AT', debit: true },
  ebt: { name: 'EBT', franchise: 'EV_EB', debit: true },
  alia: { name: 'Alia', franchise: 'AL_IA' },
  other: { name: 'Tarjeta', franchise: 'XX_XX' },
};

export type Outcome =
  | 'approved'
  | 'declined'
  | 'insufficientFunds'
  | 'pendingApproved'
  | 'pendingRejected'
  | 'manualApproved'
  | 'manualRejected'
  | 'slowApproved'
  | 'slowRejected'
  | 'exception'
  | 'below200Usd'
  | 'onlyWith';

export interface TestCard {
  brand: string;
  number: string;
  outcome: Outcome;
  /** How 3-D Secure answers: Y frictionless, C challenge, A attempt, N not authenticated, R rejected, D decoupled. */
  threeDS?: string;
  /** The only expiry and CVV under which an `onlyWith` card is approved. */
  expiry?: string;
  cvv?: string;
  /** True for the one number that is this practice gateway's own and stands in no document. */
  own?: true;
}

/** Brand, outcome, numbers; a letter after a colon is the 3-D Secure answer. */
const DOCUMENTED: [string, Outcome, string][] = [
  [
    'visa',
    'approved',
    '4110760000000081 4110770010002837 4381080000000029 4111111111111111:Y 4110760000000008:C',
  ],
  ['visa', 'declined', '4110760000000016 4005580000000040 4716375184092180 4381080000000011'],
  ['visa', 'pendingApproved', '4110760000000073 4509564638437551 4110760000000032:C'],
  [
    'visa',
    'pendingRejected',
    '4048370000000037 4381080000000003 4864921336824366 4931974429847108 4110760000000040:A',
  ],
  ['visa', 'manualRejected', '4532034637206853'],
  ['visa', 'exception', '4110760000000065:N'],
  ['visa', 'slowApproved', '4110760000000024 4666666666666669'],
  ['visa', 'slowRejected', '4110760000000115'],
  ['visa', 'below200Usd', '4110760000000057'],
  ['visa', 'onlyWith', '4012888888881881'],
  ['master', 'approved', '5367680000000005 5180300000000005:Y 5292594382060745:C'],
  ['master', 'declined', '5367680000000013 5180300000000039:N'],
  ['master', 'pendingApproved', '5180300000000047:C'],
  ['master', 'pendingRejected', '5180300000000054:A'],
  ['amex', 'approved', '377222581193005'],
  ['amex', 'declined', '376651792202224'],
  ['amex', 'pendingApproved', '376651552907400'],
  ['amex', 'pendingRejected', '376651743308161 376651736695301'],
  ['amex', 'exception', '376651841246735'],
  ['amex', 'slowApproved', '376651242830343'],
  ['amex', 'below200Usd', '376651911424709'],
  ['amex', 'onlyWith', '376651001281274'],
  ['amex', 'manualApproved', '376651707554974'],
  ['diners', 'approved', '36545400000008 36545407032848'],
  ['diners', 'declined', '36545400000248'],
  ['diners', 'manualApproved', '36545400000701 36545407032780'],
  ['diners', 'pendingApproved', '36545407032806'],
  ['diners', 'pendingRejected', '36545407030701'],
  ['diners', 'slowApproved', '36545400000438'],
  ['discover', 'approved', '6550590000000001 6557351234543156 6508410000000001:Y 6508410000000047:C'],
  ['discover', 'declined', '6550590000000019 6557351234543164 6508410000000021:N 6508410000000039:R'],
  ['discover', 'pendingApproved', '6550590000000027 6508410000000054:D'],
  ['discover', 'pendingRejected', '6550590000000035'],
  ['maestro', 'approved', '6759649826438453'],
  ['somos', 'approved', '8810060001592705'],
  ['exito', 'approved', '5903090000000000'],
  ['alkosto', 'approved', '5903120000000000'],
  ['ath', 'approved', '0215020177972730 2215714777972730'],
  ['ath', 'declined', '0215026116775785'],
  ['ath', 'pendingApproved', '2215716999194052'],
  ['ath', 'pendingRejected', '0215025888083941 0215027111105163'],
  ['ath', 'exception', '2215719446775653'],
  ['ebt', 'approved', '5077120000008725945'],
  ['ebt', 'declined', '5077122000019136403'],
  ['ebt', 'exception', '5077122291247660955'],
  ['ebt', 'below200Usd', '5077122223995193780'],
  ['alia', 'approved', '5058740200053106'],
  ['alia', 'declined', '5058760305223909'],
  ['alia', 'exception', '5058740900041432'],
];

const ONLY_WITH: Record<string, { expiry: string; cvv: string }> = {
  '4012888888881881': { expiry: '11/28', cvv: '917' },
  '376651001281274': { expiry: '06/34', cvv: '4637' },
};

export const TEST_CARDS: TestCard[] = [
  ...DOCUMENTED.flatMap(([brand, outcome, numbers]) =>
    numbers.split(' ').map((entry): TestCard => {
      const [number = '', threeDS] = entry.split(':');
      return { brand, number, outcome, ...(threeDS && { threeDS }), ...ONLY_WITH[number] };
    }),
  ),
  // No documented card lacks funds, and retries by balance need one (house rule).
  { brand: 'visa', number: '4110760000000051', outcome: 'insufficientFunds', own: true },
];

const BY_NUMBER = new Map(TEST_CARDS.map((card) => [card.number, card]));

export const findCard = (number: string): TestCard | undefined => BY_NUMBER.get(number);

const PREFIXES: [RegExp, string][] = [
  [/^4/, 'visa'],
  [/^(5[1-5]|2[2-7])/, 'master'],
  [/^3[47]/, 'amex'],
  [/^3[0689]/, 'diners'],
  [/^6(011|4[4-9]|5)/, 'discover'],
];

/** The brand's code: from the table for test cards, from the first digits for any other number. */
export function brandOf(number: string): string {
  return findCard(number)?.brand ?? PREFIXES.find(([prefix]) => prefix.test(number))?.[1] ?? 'other';
}

/** The bank's name: the documented samples name one for a single number and call the rest TESTING. */
export function issuerOf(number: string): string {
  return number === '4111111111111111' ? 'JPMORGAN CHASE BANK, N.A.' : 'TESTING';
}
