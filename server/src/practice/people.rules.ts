import type { Currency, PayerInput } from '@recaudo/shared';

/** The practice sites and who pays there. */
export interface SiteFlavour {
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

type Person = Pick<PayerInput, 'name' | 'surname'>;

export function personOf(random: () => number, { names, surnames }: SiteFlavour): Person {
  const name = names[Math.floor(random() * names.length)] ?? '';
  return { name, surname: surnames[Math.floor(random() * surnames.length)] ?? '' };
}

export function withDocument(random: () => number, site: SiteFlavour, { name, surname }: Person): PayerInput {
  return {
    ...{ name, surname },
    email: `${plain(name ?? '')}.${plain(surname ?? '')}${Math.floor(random() * 90) + 10}@example.com`,
    documentType: site.documentType,
    document: site.document(random),
  };
}

/** Somebody of a site's country. */
export function payerOf(random: () => number, site: SiteFlavour): PayerInput {
  return withDocument(random, site, personOf(random, site));
}

export function pick<T>(random: () => number, choices: readonly (readonly [T, number])[]): T {
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
