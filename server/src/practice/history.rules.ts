import type { Currency, PayerInput } from '@recaudo/shared';

/** What happens in one demo payment, decided by seed and number alone: the same history on every machine. */
export interface Episode {
  number: number;
  siteCode: string;
  reference: string;
  description: string;
  amountMinor: number;
  currency: Currency;
  payer: PayerInput;
  at: Date;
  /** How long the session may be paid, in minutes. */
  lifeMinutes: number;
  plot: Plot;
}

export type Plot =
  | 'pays'
  | 'paysAfterDecline'
  | 'paysSlowly'
  | 'declined'
  | 'gaveUp'
  | 'neverCame'
  | 'stillOpen'
  | 'gatewayDown'
  | 'elsewhere'
  | 'partOpen'
  | 'partPaid'
  | 'partExpired'
  | 'split'
  | 'splitMixed'
  | 'held'
  | 'stored'
  | 'storedWhilePaying'
  | 'captured'
  | 'confirmed'
  | 'recurring'
  | 'heldCaptured'
  | 'heldRaised'
  | 'heldReleased'
  | 'heldUnclear'
  | 'heldEnding'
  | 'refunded'
  | 'refundedInPart'
  | 'refundWaits'
  | 'refundLost'
  | 'refundByLetter'
  | 'refundElsewhere'
  | 'refundAsked'
  | 'chargedBack';

interface SiteFlavour {
  code: string;
  currency: Currency;
  weight: number;
  /** Offset of its local clock, near enough for a made-up history. */
  utcHours: number;
  things: readonly [string, number, number][];
  names: readonly string[];
  surnames: readonly string[];
  documentType: string;
  document: (random: () => number) => string;
}

const digits = (random: () => number, length: number): string =>
  Array.from({ length }, (_, index) =>
    String(Math.floor(random() * (index === 0 ? 9 : 10)) + (index === 0 ? 1 : 0)),
  ).join('');

/** Prices are [thing, lowest, highest] in minor units. */
export const SITES: readonly SiteFlavour[] = [
  {
    code: 'co',
    currency: 'COP',
    weight: 45,
    utcHours: -5,
    things: [
      ['Matrícula curso de inglés', 18_000_000, 64_000_000],
      ['Mensualidad gimnasio', 8_900_000, 14_900_000],
      ['Pedido tienda en línea', 3_500_000, 48_000_000],
    ],
    names: [
      'Camila',
      'Andrés',
      'Luisa Fernanda',
      'Juan David',
      'Valentina',
      'Santiago',
      'Paola',
      'Mateo',
      'Carolina',
      'Felipe',
    ],
    surnames: ['Rodríguez', 'Gómez Arango', 'Restrepo', 'Castaño', 'Moreno', 'Quintero', 'Ospina', 'Vargas'],
    documentType: 'CC',
    document: (random) => digits(random, 10),
  },
  {
    code: 'ec',
    currency: 'USD',
    weight: 22,
    utcHours: -5,
    things: [
      ['Plan de salud familiar', 4_500, 18_000],
      ['Boleto Quito – Guayaquil', 5_900, 13_500],
    ],
    names: ['Gabriela', 'Diego', 'Doménica', 'Sebastián', 'María José', 'Kevin'],
    surnames: ['Cevallos', 'Paredes', 'Zambrano', 'Espinoza', 'Villacís'],
    documentType: 'CI',
    document: (random) => digits(random, 10),
  },
  {
    code: 'pr',
    currency: 'USD',
    weight: 15,
    utcHours: -4,
    things: [
      ['Factura de agua', 2_400, 16_800],
      ['Reservación hotel', 14_000, 92_000],
    ],
    names: ['Yadira', 'Luis Ángel', 'Carmen', 'José', 'Alondra'],
    surnames: ['Rivera', 'Colón', 'Torres', 'Santiago', 'Ortiz'],
    documentType: 'LIC',
    document: (random) => digits(random, 9),
  },
  {
    code: 'cl',
    currency: 'CLP',
    weight: 18,
    utcHours: -3,
    things: [
      ['Arriendo bodega', 45_000, 180_000],
      ['Suscripción revista', 6_990, 24_990],
    ],
    names: ['Constanza', 'Benjamín', 'Javiera', 'Matías', 'Antonia'],
    surnames: ['Muñoz', 'Rojas', 'Contreras', 'Sepúlveda', 'Fuentes'],
    documentType: 'CLRUT',
    document: (random) => `${digits(random, 8)}-${Math.floor(random() * 10)}`,
  },
];

const PLOTS: readonly [Plot, number][] = [
  ['pays', 660],
  ['paysAfterDecline', 110],
  ['paysSlowly', 40],
  ['declined', 40],
  ['gaveUp', 50],
  ['neverCame', 100],
  ['partPaid', 25],
  ['partExpired', 8],
  ['split', 20],
  ['held', 25],
  ['stored', 20],
  ['storedWhilePaying', 15],
  ['confirmed', 15],
  ['heldCaptured', 15],
  ['heldReleased', 8],
  ['refunded', 20],
];

/** These happen in the last minutes: what they wait for is still to come. */
const OPEN_PLOTS: readonly Plot[] = ['stillOpen', 'partOpen', 'captured', 'recurring'];

/** Two million pesos: a fifth of it is below what the limited test card takes, the rest above. */
const MIXED_MINOR = 200_000_000;

export const HISTORY_DAYS = 90;
const RECENT_SHARE = 0.16;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const LINK_MINUTES = 24 * 60;

/** What is told of the desk happens where and when it can: the site's code, and how long before the history's end. */
const STAGED: Partial<Record<Plot, [string, number]>> = {
  heldEnding: ['pr', 29.5 * DAY],
  heldRaised: ['ec', 2 * DAY],
  heldUnclear: ['co', 4 * DAY],
  refundedInPart: ['pr', 12 * DAY],
  refundWaits: ['pr', 2 * HOUR],
  refundLost: ['pr', 11 * DAY],
  refundElsewhere: ['pr', 10 * DAY],
  refundByLetter: ['co', 3 * DAY],
  refundAsked: ['pr', 3 * HOUR],
  chargedBack: ['co', 9 * DAY],
};

export function episode(seed: string, number: number, planned: number, anchor: Date): Episode {
  const random = seeded(`${seed}:${number}`);
  const drawn = pick(
    random,
    SITES.map((each) => [each, each.weight] as const),
  );
  const plot = plotOf(seeded(`${seed}:plot:${number}`), number);
  const mixed = plot === 'splitMixed';
  const staged = STAGED[plot];
  const code = mixed ? 'co' : staged?.[0];
  const site = SITES.find((each) => each.code === code) ?? drawn;
  const [thing, low, high] = site.things[Math.floor(random() * site.things.length)] ?? [
    'Pedido',
    1_000,
    9_000,
  ];
  const step = site.currency === 'COP' ? 5_000 : site.currency === 'USD' ? 5 : 10;
  const amountMinor = mixed ? MIXED_MINOR : Math.round((low + random() * (high - low)) / step) * step;
  const name = site.names[Math.floor(random() * site.names.length)] ?? '';
  const surname = site.surnames[Math.floor(random() * site.surnames.length)] ?? '';
  const shopCheckout = random() < 0.7;
  const at = staged
    ? new Date(anchor.getTime() - staged[1])
    : OPEN_PLOTS.includes(plot)
      ? new Date(anchor.getTime() - (2 + number) * MINUTE)
      : momentOf(random, number, planned, anchor, site.utcHours);
  // Whoever never came must have missed a time that is over: nothing of the history lies in the future.
  const tooRecent = plot === 'neverCame' && anchor.getTime() - at.getTime() < DAY + HOUR;
  const short = plot === 'partExpired' || (!OPEN_PLOTS.includes(plot) && (shopCheckout || tooRecent));
  return {
    number,
    siteCode: site.code,
    reference: `${site.code.toUpperCase()}-${100_000 + number}`,
    description: thing,
    amountMinor,
    currency: site.currency,
    payer: {
      name,
      surname,
      email: `${plain(name)}.${plain(surname)}${Math.floor(random() * 90) + 10}@example.com`,
      documentType: site.documentType,
      document: site.document(random),
    },
    at,
    lifeMinutes: short ? 30 : LINK_MINUTES,
    plot,
  };
}

/** A few fixed ones come first, so that even a short history shows every state. */
function plotOf(random: () => number, number: number): Plot {
  const first: Plot[] = [
    'gatewayDown',
    'elsewhere',
    'refundLost',
    'stillOpen',
    'stillOpen',
    'pays',
    'declined',
    'gaveUp',
    'neverCame',
    'paysSlowly',
    'paysAfterDecline',
    'stillOpen',
    'partOpen',
    'captured',
    'partExpired',
    'splitMixed',
    'held',
    'stored',
    'recurring',
    'partPaid',
    'split',
    'confirmed',
    'storedWhilePaying',
    'heldEnding',
    'refundWaits',
    'refundAsked',
    'refundElsewhere',
    'refundByLetter',
    'refundedInPart',
    'chargedBack',
    'heldRaised',
    'heldCaptured',
    'heldReleased',
    'refunded',
    'heldUnclear',
  ];
  return first[number] ?? pick(random, PLOTS);
}

/** The last seven days come first; then the rest, newest to oldest. People pay between six and midnight, mostly by day. */
function momentOf(
  random: () => number,
  number: number,
  planned: number,
  anchor: Date,
  utcHours: number,
): Date {
  const recent = Math.max(1, Math.round(planned * RECENT_SHARE));
  const inRecent = number < recent;
  const share = inRecent ? number / recent : (number - recent) / Math.max(1, planned - recent);
  const day = Math.floor(inRecent ? share * 7 : 7 + share * (HISTORY_DAYS - 7));
  const localMidnight = Math.floor((anchor.getTime() + utcHours * HOUR) / DAY) * DAY - utcHours * HOUR;
  const hour = 6 + ((random() + random() + random()) / 3) * 18;
  const moment = localMidnight - day * DAY + hour * HOUR;
  const latest = anchor.getTime() - 45 * MINUTE;
  const past = moment > latest ? moment - DAY : moment;
  return new Date(Math.floor(past / 1_000) * 1_000);
}

function pick<T>(random: () => number, choices: readonly (readonly [T, number])[]): T {
  const total = choices.reduce((sum, [, weight]) => sum + weight, 0);
  let left = random() * total;
  for (const [choice, weight] of choices) {
    left -= weight;
    if (left < 0) return choice;
  }
  return choices[0]?.[0] as T;
}

function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[^a-zA-Z]/g, '')
    .toLowerCase();
}

/** mulberry32 over a hashed seed: small, and the same everywhere. */
export function seeded(seed: string): () => number {
  let state = 1_779_033_703;
  for (const sign of seed) state = Math.imul(state ^ sign.charCodeAt(0), 3_432_918_353) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
