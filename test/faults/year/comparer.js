// Our periods beside the practice gateway's book and what truly happened. It imports nothing of the product:
//
//   node test/faults/year/comparer.js FOLDER     says again what a year that was kept came to.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { causeOf } from './causes.js';
import { localDay } from './calendar.js';
import { duePeriods } from './due.js';
import { judgeMrr } from './mrr.js';

const MOST_SENTENCES = 40;

const groupBy = (items, keyOf) => {
  const groups = new Map();
  for (const item of items) {
    const key = keyOf(item);
    if (groups.has(key)) groups.get(key).push(item);
    else groups.set(key, [item]);
  }
  return groups;
};

const isMoney = ({ kind }) => kind === 'collect' || kind === 'payment';
const sum = (items, of) => items.reduce((total, item) => total + of(item), 0);
const nothingYet = () => ({
  due: 0,
  once: 0,
  unpaid: 0,
  twice: 0,
  forgotten: 0,
  cancelled: 0,
  rightly: 0,
  difference: 0,
});

/**
 * Answers `{ byCurrency, mrr, causes, wrong }`: the sums of each currency, what subscriptions earn at the end, the counted
 * causes by name, and sentences, of which none is what a year should find.
 */
export function compare(ours, book, story) {
  const of = groupBy(ours, ({ type }) => type);
  const told = groupBy(story, ({ type }) => type);
  const found = { byCurrency: {}, mrr: {}, causes: {}, wrong: [] };
  const facts = {
    rows: new Map((of.get('schedule') ?? []).map((row) => [row.id, row])),
    periods: groupBy(of.get('period') ?? [], ({ schedule }) => schedule),
    charges: groupBy(of.get('charge') ?? [], ({ reference }) => reference),
    money: groupBy(book.filter(isMoney), ({ reference }) => reference),
    attempts: groupBy(
      book.filter(({ kind }) => kind === 'attempt'),
      ({ reference }) => reference,
    ),
    deeds: groupBy(
      (told.get('deed') ?? []).filter(({ done }) => done),
      ({ schedule }) => schedule,
    ),
    trouble: troubleOf(story),
    cards: cardsOf(story),
    end: (told.get('end') ?? [])[0]?.at ?? 0,
    waived: new Set((told.get('waived') ?? []).filter(({ done }) => done).map(({ period }) => period)),
  };
  const schedules = told.get('schedule') ?? [];
  for (const schedule of schedules) judgeSchedule(schedule, facts, found);
  found.mrr = judgeMrr(told.get('mrr') ?? [], { schedules, ...facts }, found.wrong);
  return found;
}

/** When what was the gateway's, or nobody's of ours was up: `{ site, from, to, kind }`; `site` null is everybody's. */
function troubleOf(story) {
  const spans = [];
  const stopped = new Map();
  for (const { type, site, at, until, kind } of story) {
    if (type === 'weather') spans.push({ site, from: at, to: until, kind });
    if (type === 'stopped') stopped.set(site, at);
    if (type === 'released') spans.push({ site, from: stopped.get(site) ?? at, to: at, kind: 'stopped' });
  }
  return spans;
}

/** Of each card its last day, and from when on it could not be charged. */
function cardsOf(story) {
  const cards = new Map();
  for (const line of story) {
    if (line.type === 'card') cards.set(line.id, { validUntil: line.validUntil, unusableFrom: [] });
    if (line.type === 'deed' && line.card && line.done && line.deed !== 'release')
      cards.get(line.card).unusableFrom.push(line.from);
  }
  return cards;
}

function judgeSchedule(schedule, facts, found) {
  const row = facts.rows.get(schedule.id);
  const sums = (found.byCurrency[schedule.currency] ??= nothingYet());
  const deeds = facts.deeds.get(schedule.id) ?? [];
  const rows = new Map((facts.periods.get(schedule.id) ?? []).map((each) => [each.number, each]));
  const endedAt = row.endedWhy === 'unpaid' ? row.endedAt : null;
  const due = duePeriods(schedule, deeds, endedAt, facts.end);
  const seen = new Set();
  for (const period of due) {
    seen.add(period.number);
    judgePeriod(
      { schedule, row, deeds, ...period, ours: rows.get(period.number) ?? null },
      facts,
      found,
      sums,
    );
  }
  const skipped = [...rows.values()].filter(({ why }) => why === 'skipped').length;
  const skips = deeds.filter(({ deed }) => deed === 'skip').length;
  if (skipped > skips)
    found.wrong.push(`${schedule.reference}: ${skipped} periods are skipped, ${skips} were asked for`);
  for (const ours of rows.values()) {
    if (seen.has(ours.number)) continue;
    const lines = facts.money.get(referenceOf(schedule, ours.number)) ?? [];
    if (lines.length > 0)
      found.wrong.push(`${referenceOf(schedule, ours.number)} was charged, and was never due`);
    sums.difference += ours.settledMinor - sum(lines, ({ amountMinor }) => amountMinor);
  }
  catchUp(schedule, rows, facts, found);
  if (endedAt !== null) judgeCancel(schedule, [...rows.values()], endedAt, facts, found, sums);
  else judgeGoingOn(schedule, row, [...rows.values()], facts, found);
}

const referenceOf = ({ reference }, number) => `${reference}-${number + 1}`;

function judgePeriod(period, facts, found, sums) {
  const { schedule, number, dueAt, day, ours, amountMinor } = period;
  const reference = referenceOf(schedule, number);
  const lines = facts.money.get(reference) ?? [];
  const cause = lines.length === 0 ? causeOf({ ...period, reference }, facts) : null;
  if (period.doubtful && lines.length === 0 && cause === null) return;
  sums.due += 1;
  if (ours && (ours.day !== day || ours.dueAt !== dueAt))
    found.wrong.push(`${reference} is due on ${day}, not on ${ours.day}`);
  for (const line of lines) {
    if (Date.parse(line.at) < dueAt)
      found.wrong.push(`${reference} was charged on ${line.at}, before it was due`);
    if (line.amountMinor !== amountMinor)
      found.wrong.push(`${reference} was charged ${line.amountMinor}, not ${amountMinor}`);
  }
  sums.difference += (ours?.settledMinor ?? 0) - sum(lines, (line) => line.amountMinor);
  if (lines.length === 1) sums.once += 1;
  else if (lines.length > 1) {
    sums.twice += 1;
    found.wrong.push(
      `${reference} was charged ${lines.length} times: ${lines.map(({ at }) => at).join(', ')}`,
    );
  } else if (cause !== null) {
    sums.unpaid += 1;
    found.causes[cause] = (found.causes[cause] ?? 0) + 1;
  } else {
    sums.forgotten += 1;
    const why = ours ? `${ours.state}, ${ours.why}, ${ours.reason}` : 'no such period';
    found.wrong.push(`${reference}, due on ${day}, was forgotten: ${why}`);
  }
}

/** After downtime at most one overdue period of a schedule is first asked for on a day. */
function catchUp(schedule, rows, { charges }, found) {
  const days = new Map();
  for (const { number, day } of rows.values()) {
    const first = (charges.get(referenceOf(schedule, number)) ?? [])[0];
    const sentOn = first && !first.byHand ? localDay(first.sentAt, schedule.zone) : null;
    if (sentOn === null || sentOn <= day) continue;
    if (days.has(sentOn))
      found.wrong.push(`${referenceOf(schedule, number)} is the second overdue period of ${sentOn}`);
    days.set(sentOn, number);
  }
}

/** The house's rule: short of money at first, tried on three further days, and never since told that it makes no sense. */
function judgeCancel(schedule, rows, endedAt, { attempts }, found, sums) {
  sums.cancelled += 1;
  const right = rows.some(({ number }) => {
    const all = attempts.get(referenceOf(schedule, number)) ?? [];
    return wasTriedInVain(
      schedule,
      all.filter(({ at }) => at <= endedAt),
    );
  });
  if (right) sums.rightly += 1;
  else found.wrong.push(`${schedule.reference} was cancelled for not being paid, and should not have been`);
}

/** Nor may one that was tried so in vain go on, unless it ended, or stood still, by another's wish at that time. */
function judgeGoingOn(schedule, { endedAt }, rows, { attempts, charges, deeds }, found) {
  for (const { number, paidAt } of rows) {
    const reference = referenceOf(schedule, number);
    const all = attempts.get(reference) ?? [];
    // What nobody heard of cancels nothing, and what people did besides does not count.
    const own = charges.get(reference) ?? [];
    const open = own.some((charge) => charge.byHand || charge.state === 'unknown');
    if (open || paidAt !== null || !wasTriedInVain(schedule, all)) continue;
    const last = all.at(-1).at;
    const stopped = (deeds.get(schedule.id) ?? []).some(
      ({ deed, from, to }) => STOPS.includes(deed) && from <= last + DAY && to >= all[0].at,
    );
    if (!stopped && (endedAt === null || endedAt > last + DAY))
      found.wrong.push(`${schedule.reference} goes on, though ${reference} was tried in vain to the end`);
  }
}

function wasTriedInVain({ zone }, attempts) {
  const judged = attempts.filter(
    ({ origin, status, reason }) => origin === 'collect' && status === 'REJECTED' && JUDGED.test(reason),
  );
  const days = new Set(judged.map(({ at }) => localDay(at, zone)));
  return judged[0]?.reason === '51' && days.size >= 4 && !HARD.test(judged.at(-1).reason);
}

const DAY = 86_400_000;
const STOPS = ['pause', 'cancel', 'end'];
const JUDGED = /^(51|61|65|05|14|43|54|62)$/;
const HARD = /^(05|14|43|54|62)$/;

/** What a year came to, in the words of the command; `failed` when it must not be. */
export function verdictOf({ byCurrency, mrr, causes, wrong }) {
  let failed = wrong.length > 0;
  const lines = Object.entries(byCurrency).map(([currency, sums]) => {
    const { due, once, unpaid, twice, forgotten, cancelled, rightly, difference } = sums;
    if (due !== once + unpaid || twice + forgotten > 0 || cancelled !== rightly || difference !== 0)
      failed = true;
    return (
      `${currency}: periods due ${due}, charged once ${once}, unpaid for a counted cause ${unpaid}, charged twice ${twice}, ` +
      `forgotten ${forgotten}, cancelled rightly ${rightly} of ${cancelled}, difference to book ${difference}`
    );
  });
  for (const [currency, { months, endMinor }] of Object.entries(mrr))
    lines.push(`${currency}: ${months} months of MRR add up, the last ends with ${endMinor}`);
  const ranked = Object.entries(causes).sort(([, one], [, other]) => other - one);
  const shown = wrong.slice(0, MOST_SENTENCES);
  if (wrong.length > shown.length) shown.push(`and ${wrong.length - shown.length} more`);
  return {
    lines,
    causes: ranked.map(([cause, count]) => `${String(count).padStart(6)}  ${cause}`),
    wrong: shown,
    failed,
  };
}

const linesOf = (file) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = process.argv[2] ?? '.';
  const [ours, book, story] = ['ours', 'book', 'story'].map((name) => linesOf(join(folder, `${name}.jsonl`)));
  const { lines, causes, wrong, failed } = verdictOf(compare(ours, book, story));
  for (const line of [...lines, ...causes, ...wrong]) console.log(line);
  process.exit(failed ? 1 : 0);
}
