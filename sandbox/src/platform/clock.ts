/**
 * The one clock. Practice time is real time plus an offset that the control API moves; a request may bring its own
 * "now" in the header `x-practice-clock`, so that a history can be made in minutes.
 *
 * Due times of background work are kept on the clock without the header: what was planned 30 minutes after a request's
 * own "now" becomes due 30 minutes from now, so that a history under its own clock is not swept up at once.
 */
import { parseInstant } from './instants.js';

export const CLOCK_HEADER = 'x-practice-clock';

/** "Now" as one request or one tick sees it. */
export interface Moment {
  now: Date;
  /** The header as it came, to be forwarded on the calls made in turn; null without one. */
  header: string | null;
  /** Turns an instant planned in this moment's time into the due time of background work. */
  due: (planned: Date) => Date;
}

/** The header holds something that is not an instant with an offset. */
export class BadClockHeader extends Error {}

export class PracticeClock {
  offsetMs = 0;

  constructor(private readonly realNow: () => number = Date.now) {}

  base(): Date {
    return new Date(this.realNow() + this.offsetMs);
  }

  /** Throws BadClockHeader. */
  moment(header?: string | string[]): Moment {
    const base = this.base();
    if (header === undefined) return { now: base, header: null, due: (planned) => planned };
    const now = typeof header === 'string' ? parseInstant(header, null) : null;
    if (now === null || typeof header !== 'string') throw new BadClockHeader();
    const shift = base.getTime() - now.getTime();
    return { now, header, due: (planned) => new Date(planned.getTime() + shift) };
  }
}
