const DAY_MS = 86_400_000;

/** When a hold is presumed released. A reauthorization never prolongs it. */
export function holdEndsAt(placedAt: Date, holdDays: number): Date {
  return new Date(placedAt.getTime() + holdDays * DAY_MS);
}
