import type { Gateway } from '../app.js';
import { writeSetting } from '../platform/settings.js';

/** Ten years either way. */
export const MAX_OFFSET_MS = 10 * 366 * 86_400_000;

/** Sets how far practice time is from real time; what has become due is begun at once. */
export async function setClock({ pool, clock, ticker }: Gateway, offsetMs: number): Promise<void> {
  await writeSetting(pool, 'clock_offset_ms', String(offsetMs));
  clock.offsetMs = offsetMs;
  void ticker.tick();
}
