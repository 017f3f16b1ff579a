import type { Currency, PayerInput } from '@recaudo/shared';
import { personOf, pick, seeded, SITES, withDocument } from './people.rules.js';

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
  const person = personOf(random, site);
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
    payer: withDocument(random, site, person),
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
