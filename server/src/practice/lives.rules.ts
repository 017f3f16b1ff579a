import { addDays, localDay, type Currency, type PayerInput, type PeriodUnit } from '@recaudo/shared';
import { payerOf, pick, seeded, SITES } from './people.rules.js';

/**
 * What becomes of one schedule of the practice history, decided by seed and number alone. Some are told fully paid, others
 * with what a house lives through: refusals, recoveries, changes and ends.
 */
export interface Life {
  number: number;
  siteCode: string;
  reference: string;
  plan: string;
  amountMinor: number;
  currency: Currency;
  unit: PeriodUnit;
  anchorDay: number | null;
  trialDays: number;
  maxPeriods: number | null;
  chargeHour: number;
  /** It follows the site's own policy instead of the house's. */
  ownPolicy: boolean;
  payer: PayerInput;
  card: { number: string; expiry: string };
  /** When its card is stored and it is planned: the day before it starts. */
  begins: Date;
  startOn: string;
  /** What the tries of its periods (counted from 0) are refused with, one after the other; then they are paid. */
  refused: Record<number, readonly string[]>;
  /** What is done to it, oldest first. */
  deeds: readonly Deed[];
}

export type Deed =
  | { at: Date; act: Record<string, unknown> & { act: string } }
  /** Its payer pays the period (counted from 1) by the link of the e-mail. */
  | { at: Date; pays: number };

type Plot =
  | 'steady'
  | 'anchored'
  | 'recovered'
  | 'recoveredByLink'
  | 'recoveredLate'
  | 'refused'
  | 'overLimit'
  | 'retrying'
  | 'unpaid'
  | 'technical'
  | 'givenUp'
  | 'ending'
  | 'paused'
  | 'cameBack'
  | 'skipped'
  | 'dearer'
  | 'cheaper'
  | 'trial'
  | 'onTrial'
  | 'yearly'
  | 'finished'
  | 'expiring';

/** Plot, unit, and how many days before the history's end it starts. */
type Staged = readonly [Plot, PeriodUnit, number];

/** These come first, a row for each round of the sites, so that even a short history shows most of it. */
const STAGED: readonly (readonly [Staged, Staged, Staged, Staged])[] = [
  [
    ['recovered', 'week', 88],
    ['anchored', 'month', 89],
    ['recoveredByLink', 'month', 70],
    ['unpaid', 'month', 80],
  ],
  [
    ['retrying', 'week', 9],
    ['refused', 'month', 34],
    ['dearer', 'month', 88],
    ['cameBack', 'month', 87],
  ],
  [
    ['refused', 'month', 40],
    ['givenUp', 'month', 86],
    ['trial', 'month', 75],
    ['cheaper', 'month', 89],
  ],
  [
    ['recoveredLate', 'month', 84],
    ['technical', 'week', 87],
    ['yearly', 'year', 66],
    ['paused', 'month', 85],
  ],
  [
    ['dearer', 'month', 80],
    ['unpaid', 'month', 52],
    ['skipped', 'week', 83],
    ['expiring', 'week', 78],
  ],
  [
    ['onTrial', 'month', 6],
    ['retrying', 'week', 8],
    ['overLimit', 'month', 36],
    ['finished', 'month', 72],
  ],
];
/** How many of these there are. */
export const STAGED_LIVES = STAGED.length * 4;

const DRAWN: readonly [Plot, number][] = [
  ['steady', 52],
  ['recovered', 14],
  ['givenUp', 7],
  ['ending', 4],
  ['anchored', 6],
  ['dearer', 5],
  ['yearly', 4],
  ['expiring', 4],
  ['trial', 4],
];

/** The one site that has written down what follows a refusal. */
const POLICY_SITE = 'co';

/** Plans of a site: name and price of a month in minor units. */
const PLANS: Record<string, readonly [string, number][]> = {
  co: [
    ['Gimnasio Plan Oro', 12_990_000],
    ['Curso de inglés en línea', 18_900_000],
    ['Café de origen', 6_490_000],
  ],
  ec: [
    ['Plan de salud familiar', 4_500],
    ['Internet hogar', 3_250],
  ],
  pr: [
    ['Mantenimiento del hogar', 2_499],
    ['Nube para negocios', 5_900],
  ],
  cl: [
    ['Suscripción revista', 9_990],
    ['Arriendo bodega', 89_990],
  ],
};

const CARDS = [
  '4110760000000081',
  '4111111111111111',
  '5367680000000005',
  '377222581193005',
  '36545400000008',
];

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** The first of the history start the day after it begins. */
const EARLIEST = 89;

/** Fewer payments than this are told at once, without any schedule. */
const SHORT_HISTORY = 24;

/** How many schedules a history of so many payments has: the staged ones soon, then one for every thirty payments. */
export function livesOf(payments: number): number {
  const staged = Math.max(0, Math.floor((payments - SHORT_HISTORY) / 3));
  return Math.max(Math.min(STAGED_LIVES, staged), Math.floor(payments / 30));
}

/** `number` counts from 0. Neighbours are of different sites, so that four in a row can be told at once. */
export function lifeOf(seed: string, number: number, anchor: Date, zoneOf: (site: string) => string): Life {
  const random = seeded(`${seed}:life:${number}`);
  const site = SITES[number % SITES.length];
  if (!site) throw new Error('no practice site');
  const zone = zoneOf(site.code);
  const staged = STAGED[Math.floor(number / SITES.length)]?.[number % SITES.length];
  const [plot, unit, daysAgo] = staged ?? drawn(random);
  const [plan, monthly] = pick(
    random,
    (PLANS[site.code] ?? []).map((each) => [each, 1] as const),
  );
  const tier = pick(random, [
    [1, 5],
    [1.5, 3],
    [2, 2],
  ]);
  const step = site.currency === 'COP' ? 10_000 : 10;
  const share = unit === 'week' ? 0.3 : unit === 'year' ? 10 : 1;
  const amountMinor = Math.round((monthly * tier * share) / step) * step;
  const startOn = localDay(new Date(anchor.getTime() - daysAgo * DAY), zone);
  // Ten in the morning, near enough everywhere.
  const begins = new Date(Date.parse(`${addDays(startOn, -1)}T15:00:00Z`) + Math.floor(random() * HOUR));
  const told = tell(plot, { unit, amountMinor, step, startOn, zone, anchor, begins });
  const [year, month] = localDay(anchor, zone).split('-');
  return {
    ...{ number, siteCode: site.code, reference: `SUS-${site.code.toUpperCase()}-${1_000 + number}` },
    ...{ plan: tier === 1 ? plan : `${plan} ${tier === 2 ? 'Premium' : 'Plus'}`, amountMinor },
    ...{ currency: site.currency, unit, trialDays: 0, maxPeriods: null },
    ownPolicy:
      site.code === POLICY_SITE && (plot === 'retrying' || plot === 'recoveredLate' || random() < 0.3),
    anchorDay: plot === 'anchored' ? 31 : null,
    chargeHour: pick(random, [
      [6, 1],
      [9, 3],
      [11, 1],
    ]),
    payer: payerOf(random, site),
    card: {
      number: CARDS[Math.floor(random() * CARDS.length)] ?? '',
      // The month of the history's end is among those that expire soon.
      expiry: `${month}/${Number(year?.slice(2)) + (plot === 'expiring' ? 0 : 2)}`,
    },
    ...{ begins, startOn, refused: {}, deeds: [] },
    ...told,
  };
}

/** Two of five were there from the beginning. */
function drawn(random: () => number): Staged {
  const plot = pick(random, DRAWN);
  const unit = pick<PeriodUnit>(random, [
    ['month', 65],
    ['week', 35],
  ]);
  const early = random() < 0.4;
  const daysAgo = early ? EARLIEST - Math.floor(random() * 4) : 4 + Math.floor(random() * (EARLIEST - 8));
  if (plot === 'yearly') return [plot, 'year', daysAgo];
  return [plot, plot === 'anchored' ? 'month' : unit, daysAgo];
}

interface Setting extends Pick<Life, 'unit' | 'amountMinor' | 'startOn' | 'begins'> {
  step: number;
  zone: string;
  anchor: Date;
}

/** What is special about a plot. Deeds lie within the history: what would come later is left out. */
function tell(plot: Plot, setting: Setting): Partial<Life> {
  const { unit, amountMinor, step, startOn, zone, anchor, begins } = setting;
  /** So many days after it started, in the afternoon. */
  const after = (days: number) => new Date(begins.getTime() + (days + 1) * DAY + 4 * HOUR);
  const ago = (days: number) => new Date(anchor.getTime() - days * DAY);
  const act = (at: Date, what: string, more: Record<string, unknown> = {}): Deed => ({
    at,
    act: { act: what, ...more },
  });
  const priced = (share: number): Partial<Life> => {
    const at = ago(45);
    const asked = Math.round((amountMinor * share) / step) * step;
    const fromOn = addDays(localDay(at, zone), 3);
    const change = { amountMinor: asked, taxes: [], fromOn, reason: 'Cambio de plan' };
    return { deeds: [act(at, 'amount', change)] };
  };
  switch (plot) {
    case 'steady':
    case 'anchored':
    case 'yearly':
    case 'expiring':
      return {};
    case 'recovered':
      return { refused: unit === 'week' ? { 3: ['51'], 8: ['51', '51'] } : { 1: ['51', '51'] } };
    case 'recoveredLate':
      return { refused: { 1: ['51', '51'] } };
    case 'recoveredByLink':
      return { refused: { 1: ['51', '51', '51', '51'] }, deeds: [{ at: after(32), pays: 2 }] };
    case 'refused':
      return { refused: { 1: [startOn < localDay(ago(36), zone) ? '54' : '05'] } };
    case 'overLimit':
      return { refused: { 1: ['61'] } };
    case 'retrying':
    case 'unpaid':
      return { refused: { 1: ['51', '51', '51', '51'] } };
    case 'technical':
      return { refused: { 4: ['XH'], 9: ['51'] } };
    case 'givenUp':
      return { deeds: [act(after(unit === 'week' ? 24 : 38), 'cancel', { when: 'now', reason: 'Se muda' })] };
    case 'ending':
      return {
        deeds: [
          act(after(unit === 'week' ? 10 : 15), 'cancel', { when: 'period_end', reason: 'Ya no la usa' }),
        ],
      };
    case 'paused':
      return { deeds: [act(ago(12), 'pause', { reason: 'Está de viaje' })] };
    case 'cameBack':
      return {
        deeds: [
          act(after(10), 'pause', { reason: 'Está de viaje' }),
          act(after(50), 'resume', { reason: 'Volvió' }),
        ],
      };
    case 'skipped':
      return { deeds: [act(after(30), 'skip', { reason: 'No hubo servicio' })] };
    case 'dearer':
      return priced(1.25);
    case 'cheaper':
      return priced(0.8);
    case 'trial':
    case 'onTrial':
      return { trialDays: 14 };
    case 'finished':
      return { maxPeriods: 2 };
  }
}
