import { setTimeout as pause } from 'node:timers/promises';

/** Between two questions, growing: asking is work for the one who is waited for. */
const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 250;

/**
 * Asks until the answer is there and hands it back. `question` answers undefined, null or false (or throws) for "not
 * yet". After `seconds` it throws with the last error, so that a test fails by its own reason and not by Jest's. `every`
 * is for what is over in a moment: then it is asked again each so many milliseconds.
 */
export async function eventually<Answer>(
  question: () => Promise<Answer> | Answer,
  { seconds = 10, every, what = 'it' }: { seconds?: number; every?: number; what?: string } = {},
): Promise<NonNullable<Exclude<Answer, false>>> {
  const end = performance.now() + seconds * 1000;
  let last: unknown;
  for (let wait = FIRST_PAUSE_MS; ; wait = Math.min(wait * 1.5, LONGEST_PAUSE_MS)) {
    try {
      const answer = await question();
      if (answer !== undefined && answer !== null && answer !== false) {
        return answer as NonNullable<Exclude<Answer, false>>;
      }
      last = undefined;
    } catch (error) {
      last = error;
    }
    if (performance.now() > end) {
      throw new Error(`${what} did not happen within ${seconds} s`, { cause: last });
    }
    await pause(every ?? wait);
  }
}
