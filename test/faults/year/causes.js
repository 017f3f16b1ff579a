// Why a period that was due has no charge in the gateway's book: what our row says, and whether it is true by what the
// gateway knows and by what truly happened. A cause that cannot be shown to be true is none.

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** An instant is lived with what fell due in the hours before it; deeds of that instant may come first. */
const ONE_MOMENT_MS = 10 * HOUR;
/** What is overdue is charged one a day: so long after trouble its wake is felt. */
const WAKE_MS = 14 * DAY;
const LATE_MS = 3 * DAY;

const BALANCE = ['51'];
const LIMIT = ['61', '65'];
const HARD = ['05', '14', '43', '54', '62'];
const LISTED = [...BALANCE, ...LIMIT, ...HARD];
const LOSES_CALLS = ['lossy', 'outage', 'silence', 'away', 'deaf'];

/** The cause's name, or null: there is none, or it is not true. */
export function causeOf(period, facts) {
  const { ours } = period;
  // After downtime its turn had not come when its schedule was cancelled.
  if (ours === null)
    return period.row.state === 'cancelled' && wasCancelled(period, facts) ? 'cancelled' : null;
  const name = ours.why === null || ours.state === 'cancelled' ? ours.state : `${ours.state}: ${ours.why}`;
  const holds = TRUTHS[name] ?? (ours.why?.startsWith('instrument_') ? TRUTHS.instrument : null);
  return holds?.(period, facts) ? name : null;
}

const refusedWith =
  (codes) =>
  (period, { attempts }) =>
    (attempts.get(period.reference) ?? []).some(
      ({ origin, status, reason }) => origin === 'collect' && status === 'REJECTED' && codes(reason),
    );

/** Something of the kinds was going on at the shop between two instants. */
const troubled = ({ schedule }, { trouble }, from, to, kinds = null) =>
  trouble.some(
    (span) =>
      (span.site === null || span.site === schedule.siteId) &&
      span.from <= to &&
      span.to >= from &&
      (kinds === null || kinds.includes(span.kind)),
  );

const wasDone = ({ deeds, dueAt }, names) =>
  deeds.some(({ deed, to }) => names.includes(deed) && to >= dueAt);

/** It could not be charged before somebody, or the house's rule, ended its schedule. */
function wasLate(period, facts, at) {
  if (at - period.dueAt <= ONE_MOMENT_MS) return true;
  return troubled(period, facts, period.dueAt - WAKE_MS, at, [
    'away',
    'down',
    'stopped',
    'outage',
    'silence',
  ]);
}

function wasCancelled(period, facts) {
  const { row, deeds, dueAt } = period;
  const ends = deeds.filter(({ deed, to }) => (deed === 'cancel' || deed === 'end') && to >= dueAt);
  const at = [...ends.map(({ to }) => to), ...(row.endedWhy === 'unpaid' ? [row.endedAt] : [])];
  return at.some((each) => each >= dueAt && wasLate(period, facts, each));
}

/** A card of its schedule could not be charged from some day before, or just after, the period was due. */
const cardStoodStill = ({ schedule, deeds, dueAt }, { cards }) =>
  cardsOf(schedule, deeds).some((id) => cards.get(id).unusableFrom.some((from) => from <= dueAt + WAKE_MS));

const cardsOf = (schedule, deeds) => [
  schedule.instrumentId,
  ...deeds.flatMap(({ instrumentId }) => instrumentId ?? []),
];

const TRUTHS = {
  'unpaid: balance': refusedWith((reason) => BALANCE.includes(reason)),
  'unpaid: limit': refusedWith((reason) => LIMIT.includes(reason)),
  'unpaid: hard': refusedWith((reason) => HARD.includes(reason)),
  'unpaid: paused': (period) => wasDone(period, ['pause']),
  'unpaid: cancelled': (period) =>
    wasDone(period, ['cancel', 'end']) ||
    (period.row.endedWhy === 'unpaid' && period.row.endedAt >= period.dueAt),
  'skipped: skipped': (period) =>
    period.deeds.some(({ deed, from }) => deed === 'skip' && from <= period.dueAt + WAKE_MS),
  'skipped: waived': ({ ours }, { waived }) => waived.has(ours.id),
  cancelled: wasCancelled,
  'waiting: late': (period, facts) =>
    cardStoodStill(period, facts) ||
    troubled(period, facts, period.dueAt - WAKE_MS, period.dueAt + LATE_MS + DAY, [
      'away',
      'down',
      'stopped',
      'outage',
      'silence',
    ]),
  'waiting: technical': (period, facts) =>
    (facts.attempts.get(period.reference) ?? []).some(({ status }) => status === 'FAILED') ||
    troubled(period, facts, period.dueAt, period.dueAt + WAKE_MS, LOSES_CALLS),
  'waiting: unlisted': refusedWith((reason) => !LISTED.includes(reason)),
  /** When that very charge was sent, which may be long after it was due, and by hand. */
  'unknown: unknown': (period, facts) =>
    (facts.charges.get(period.reference) ?? []).some(
      ({ state, sentAt }) =>
        state === 'unknown' && troubled(period, facts, sentAt, sentAt + WAKE_MS, LOSES_CALLS),
    ),
  charging: ({ reference }, { attempts }) =>
    (attempts.get(reference) ?? []).some(({ status }) => status === 'PENDING'),
  /** Its schedule's card, or one it had before: ended, stood still, or ran out. */
  instrument: (period, facts) => {
    const { cards, end } = facts;
    const expires = ({ validUntil }) => validUntil !== null && Date.parse(validUntil) < end;
    return (
      cardStoodStill(period, facts) ||
      cardsOf(period.schedule, period.deeds).some((id) => expires(cards.get(id)))
    );
  },
};
