import {
  addMonths,
  type ApprovalRate,
  type ChargeOutcome,
  type MrrKind,
  type MrrMonth,
  type RevenueSum,
  type ScheduleEnd,
} from '@recaudo/shared';

const NOTHING: RevenueSum = { count: 0, minor: 0 };

export function plus(left: RevenueSum, right: RevenueSum): RevenueSum {
  return { count: left.count + right.count, minor: left.minor + right.minor };
}

export const minus = (left: RevenueSum, right: RevenueSum): RevenueSum =>
  plus(left, { count: -right.count, minor: -right.minor });

export function total(sums: readonly RevenueSum[]): RevenueSum {
  return sums.reduce(plus, NOTHING);
}

/** So many months up to and with that one, oldest first; YYYY-MM. */
export function monthsUpTo(month: string, many: number): string[] {
  return Array.from({ length: many }, (_, index) => addMonths(`${month}-01`, index + 1 - many).slice(0, 7));
}

export interface Movement extends RevenueSum {
  month: string;
  kind: MrrKind;
  why: ScheduleEnd | '';
}

/** What a movement does to how many there are, and to what they earn. */
export function effect({ kind, count, minor }: Movement): RevenueSum {
  return { count: kind === 'churn' ? -count : kind === 'new' || kind === 'reactivation' ? count : 0, minor };
}

export interface MonthBooks {
  month: string;
  sealedAt: Date | null;
  /** As the books have it: what was there when the month began. */
  start: RevenueSum;
}

/** What a site's movements of a month came to, as the facts stand. */
export interface Net extends RevenueSum {
  siteId: string;
  month: string;
}

/** A month of a site as it was closed. */
export interface Seal {
  siteId: string;
  month: string;
  start: RevenueSum;
}

/** What was there when a month began, all sites together: as closed where it is closed, else by what came before. */
export function startOf(month: string, nets: readonly Net[], seals: readonly Seal[]): RevenueSum {
  const closed = seals.filter((each) => each.month === month);
  const sites = new Set(closed.map(({ siteId }) => siteId));
  const before = nets.filter((each) => each.month < month && !sites.has(each.siteId));
  return plus(total(closed.map(({ start }) => start)), total(before));
}

const KINDS: MrrKind[] = ['new', 'expansion', 'contraction', 'churn', 'reactivation'];
const WHYS: ScheduleEnd[] = ['chosen', 'unpaid', 'finished'];

/**
 * One currency's months in order: start and movements are the end. Where a month does not begin with what the one before
 * ended with, news about closed months lies between: it is carried, and named so.
 */
export function mrrMonths(
  books: readonly MonthBooks[],
  shown: readonly Movement[],
  late: readonly Movement[],
): MrrMonth[] {
  let before: RevenueSum | null = null;
  return books.map(({ month, sealedAt, start }) => {
    const own = shown.filter((each) => each.month === month);
    const news = total(late.filter((each) => each.month === month).map(effect));
    const of = (chosen: (each: Movement) => boolean) => total(own.filter(chosen));
    const end = plus(start, total(own.map(effect)));
    const carried = before === null ? NOTHING : minus(start, before);
    before = end;
    return {
      ...{ month, sealedAt: sealedAt?.toISOString() ?? null, start, end, carried },
      late: news.count === 0 && news.minor === 0 ? null : news,
      kinds: recordOf(KINDS, (kind) => of((each) => each.kind === kind)),
      churn: recordOf(WHYS, (why) => of((each) => each.kind === 'churn' && each.why === why)),
    };
  });
}

export interface CohortDelta extends RevenueSum {
  cohort: string;
  month: string;
}

/** Who of each cohort was there at the end of each month since. `joined` is how many of it were new in its own month. */
export function cohortRows(
  deltas: readonly CohortDelta[],
  joined: ReadonlyMap<string, number>,
  months: readonly string[],
): { month: string; joined: number; cells: RevenueSum[] }[] {
  return months.flatMap((cohort, index) => {
    const own = deltas.filter((each) => each.cohort === cohort);
    if (own.length === 0) return [];
    let there = NOTHING;
    const cells = months.slice(index).map((month) => {
      there = plus(there, total(own.filter((each) => each.month === month)));
      return there;
    });
    return [{ month: cohort, joined: joined.get(cohort) ?? 0, cells }];
  });
}

export interface OutcomeSum extends RevenueSum {
  outcome: ChargeOutcome;
}

/** Refused by somebody who judged the charge. */
export const DECLINED: readonly ChargeOutcome[] = ['balance', 'limit', 'hard'];
/** Nobody judged it, or nobody knows what the answer means. */
export const UNJUDGED: readonly ChargeOutcome[] = ['technical', 'unlisted'];

/** Judged charges are approved or declined; technical and unlisted ones stand apart. */
export function rateOf(sums: readonly OutcomeSum[]): ApprovalRate {
  const of = (...outcomes: ChargeOutcome[]) =>
    total(sums.filter(({ outcome }) => outcomes.includes(outcome)));
  return {
    approved: of('approved'),
    declined: of(...DECLINED),
    technical: of('technical'),
    unlisted: of('unlisted'),
  };
}

/** How so many settled periods went. */
export interface History {
  paid: number;
  settled: number;
}

/** House rule: fewer settled periods than this say nothing. */
export const LEAST_HISTORY = 30;
/** Nine of ten cases lie so many standard deviations around the middle. */
const BAND = 1.64;

/** What is due at one site: the sum of the charges and of their squares. */
export interface Due {
  count: number;
  minor: number;
  squares: number;
}

export interface Estimate {
  minor: number;
  variance: number;
}

/**
 * What will come in of what is due, if charges are paid as they were: the sum times the share p of settled periods that
 * were paid. Its variance is that of the charges, Σ a² p (1 − p), and that of p itself, (Σ a)² p (1 − p) / n; p in both is
 * (paid + 1) / (settled + 2), so that a history without a failure promises nothing. Null: too little history.
 */
export function estimate(due: Due, { paid, settled }: History): Estimate | null {
  if (settled < LEAST_HISTORY) return null;
  const careful = (paid + 1) / (settled + 2);
  const spread = careful * (1 - careful);
  return {
    minor: (due.minor * paid) / settled,
    variance: due.squares * spread + (due.minor ** 2 * spread) / settled,
  };
}

/** The estimates of several sites together, never below nothing nor above what is due; whole minor units. */
export function band(
  estimates: readonly Estimate[],
  dueMinor: number,
): { minor: number; lowMinor: number; highMinor: number } | null {
  if (estimates.length === 0) return null;
  const minor = estimates.reduce((sum, each) => sum + each.minor, 0);
  const width = BAND * Math.sqrt(estimates.reduce((sum, each) => sum + each.variance, 0));
  return {
    minor: Math.round(minor),
    lowMinor: Math.round(Math.max(0, minor - width)),
    highMinor: Math.round(Math.min(dueMinor, minor + width)),
  };
}

function recordOf<Key extends string, Value>(keys: readonly Key[], value: (key: Key) => Value) {
  return Object.fromEntries(keys.map((key) => [key, value(key)])) as Record<Key, Value>;
}
