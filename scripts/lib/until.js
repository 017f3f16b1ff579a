import { setTimeout as pause } from 'node:timers/promises';

/** Asks `holds` every `every` ms until it answers something true, which is handed back, or `deadline` ms are over. */
export async function until(holds, deadline, every = 20) {
  const end = performance.now() + deadline;
  for (;;) {
    const answer = await holds();
    if (answer || performance.now() > end) return answer;
    await pause(every);
  }
}
