import { useEffect, useState } from 'react';
import { now } from '../app/clock.js';

const TICK_MS = 1_000;

/** The present instant in milliseconds, second by second while asked to tick. */
export function useNow(ticking: boolean): number {
  const [at, setAt] = useState(now);
  useEffect(() => {
    if (!ticking) return undefined;
    const timer = setInterval(() => setAt(now()), TICK_MS);
    return () => clearInterval(timer);
  }, [ticking]);
  return at;
}
