import { setTimeout as pause } from 'node:timers/promises';

/**
 * Asks until the answer is there and hands it back. `question` answers undefined, null or false (or throws) for "not
 * yet". After `seconds` it throws with the last error, so that a test fails by its own reason and not by Jest's.
 */
export async function eventually<Answer>(
  question: () => Promise<Answer> | Answer,
  { seconds = 10, every = 25, what = 'it' } = {},
): Promise<NonNullable<Exclude<Answer, false>>> {
  const end = performance.now() + seconds * 1000;
  let last: unknown;
  for (;;) {
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
    await pause(every);
  }
}
