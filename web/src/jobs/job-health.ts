import type { JobView, Meaning } from '@recaudo/shared';

/** A worker that has not been heard of for longer than this has stopped. */
const SILENT_AFTER_MS = 120_000;

/** Running, running with failures, or silent; a job that never ran yet is waiting for its first time. */
export function jobHealth(
  job: Pick<JobView, 'lastRun' | 'lastHeartbeatAt'>,
  now: number,
): { name: string; meaning: Meaning } {
  if (job.lastHeartbeatAt === null) return { name: 'never', meaning: 'waiting' };
  if (now - Date.parse(job.lastHeartbeatAt) > SILENT_AFTER_MS) return { name: 'silent', meaning: 'failed' };
  if (job.lastRun && job.lastRun.failed > 0) return { name: 'failures', meaning: 'attention' };
  return { name: 'well', meaning: 'done' };
}
