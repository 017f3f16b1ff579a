// Which periods of a schedule must have been due, by the calendar and by what was done to it; nothing of the product's own
// reading is used, but for the end that its dunning put to a schedule, which the comparer judges apart.
import { periodsUntil } from './calendar.js';

/**
 * `schedule` as it was asked for, `deeds` what was done to it (only what the product accepted, oldest first: `{ deed, from,
 * to }`), `endedAt` when it was cancelled for not being paid (null: never), `until` the end of the year. Answers
 * `{ number, day, dueAt, amountMinor, doubtful }`: `doubtful` fell due in the very moment of a deed, and may be or not.
 */
export function duePeriods(schedule, deeds, endedAt, until) {
  return periodsUntil(schedule, until).flatMap((period) => {
    const { dueAt, day } = period;
    if (endedAt !== null && dueAt > endedAt) return [];
    const standing = standingAt(deeds, dueAt);
    return standing === 'stopped'
      ? []
      : [{ ...period, amountMinor: priceOn(schedule, deeds, day), doubtful: standing === 'doubtful' }];
  });
}

/** How a schedule stands when a period falls due. A pause ends with a resume; an end by choice with a keep. */
function standingAt(deeds, dueAt) {
  let [paused, over, ending] = [false, false, false];
  for (const { deed, from, to } of deeds) {
    if (from > dueAt) break;
    if (to >= dueAt && STOPPING.includes(deed)) return 'doubtful';
    if (deed === 'pause') paused = true;
    if (deed === 'resume') paused = false;
    if (deed === 'cancel') over = true;
    if (deed === 'end') ending = true;
    if (deed === 'keep') ending = false;
  }
  return paused || over || ending ? 'stopped' : 'going';
}

const STOPPING = ['pause', 'resume', 'cancel', 'end', 'keep'];

/**
 * The latest price that has begun by then; of two for one day the one that was said last. What is said of days before the
 * first one is said of the first.
 */
function priceOn({ amountMinor, startOn }, deeds, day) {
  let price = { fromOn: startOn, amountMinor };
  for (const each of deeds.filter(({ deed }) => deed === 'amount')) {
    const fromOn = each.fromOn < startOn ? startOn : each.fromOn;
    if (fromOn <= day && fromOn >= price.fromOn) price = { fromOn, amountMinor: each.amountMinor };
  }
  return price.amountMinor;
}
