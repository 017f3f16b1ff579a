import { describe, expect, it } from '@jest/globals';
import { jobHealth } from './job-health.js';

const NOW = Date.parse('2026-03-10T15:00:00Z');
const RUN = { startedAt: '2026-03-10T14:59:50Z', claimed: 2, done: 2, failed: 0, tookMs: 9 };

describe('the health of a job', () => {
  it('is good while its worker is heard of', () => {
    expect(jobHealth({ lastRun: RUN, lastHeartbeatAt: '2026-03-10T14:59:50Z' }, NOW).name).toBe('well');
  });

  it('tells failures of the last run', () => {
    const lastRun = { ...RUN, failed: 1 };
    expect(jobHealth({ lastRun, lastHeartbeatAt: '2026-03-10T14:59:50Z' }, NOW).name).toBe('failures');
  });

  it('says that it stopped when nothing was heard for two minutes', () => {
    expect(jobHealth({ lastRun: RUN, lastHeartbeatAt: '2026-03-10T14:57:00Z' }, NOW).name).toBe('silent');
  });

  it('is not called stopped before its first time', () => {
    expect(jobHealth({ lastRun: null, lastHeartbeatAt: null }, NOW).name).toBe('never');
  });
});
