/** How long a link may live, in hours; `24h` is the server's own default. */
export const LIVES = { '1h': 1, '24h': 24, '3d': 72, '7d': 168, '30d': 720 } as const;
export type Life = keyof typeof LIVES;
export const USUAL_LIFE: Life = '24h';

const HOUR_MS = 3_600_000;

/** The instant to send; absent leaves it to the server. */
export function expiresAtOf(life: Life, now: number): string | undefined {
  return life === USUAL_LIFE ? undefined : new Date(now + LIVES[life] * HOUR_MS).toISOString();
}
