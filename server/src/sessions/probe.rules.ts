const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const AFTER_OPENING = [1 * MINUTE, 2 * MINUTE, 5 * MINUTE];
const WHILE_OPEN_EVERY = 5 * MINUTE;
const AFTER_EXPIRATION = [2 * MINUTE, 15 * MINUTE, 1 * HOUR, 6 * HOUR];
const LAST_DAILY = 30;
const LAST_WEEKLY_DAY = 90;
/** The fifth daily probe without an end: a person should look. */
export const ATTENTION_AFTER_MS = 5 * DAY;

/**
 * When to ask the gateway next about a pending session: 1, 2 and 5 minutes after opening, every 5 minutes while it
 * can be paid, shortly after it expires, then ever more slowly for 90 days. Null when the timetable is over.
 */
export function nextProbe(createdAt: Date, expiresAt: Date, now: Date): Date | null {
  const opened = createdAt.getTime();
  const expires = Math.max(expiresAt.getTime(), opened);
  const after = now.getTime();
  const early = AFTER_OPENING.map((offset) => opened + offset).find(
    (planned) => planned > after && planned < expires,
  );
  if (early !== undefined) return new Date(early);
  if (after < expires) {
    const passed = Math.floor((after - opened) / WHILE_OPEN_EVERY);
    const planned = opened + (passed + 1) * WHILE_OPEN_EVERY;
    if (planned < expires) return new Date(planned);
  }
  const late = AFTER_EXPIRATION.map((offset) => expires + offset).find((planned) => planned > after);
  if (late !== undefined) return new Date(late);
  const day = Math.floor((after - expires) / DAY) + 1;
  if (day <= LAST_DAILY) return new Date(expires + day * DAY);
  const week = Math.ceil((day - LAST_DAILY) / 7) * 7 + LAST_DAILY;
  return week <= LAST_WEEKLY_DAY ? new Date(expires + week * DAY) : null;
}

export function needsAttention(expiresAt: Date, now: Date): boolean {
  return now.getTime() - expiresAt.getTime() >= ATTENTION_AFTER_MS;
}
