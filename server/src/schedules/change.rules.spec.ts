import { describe, expect, it } from '@jest/globals';
import { whyNotAct, type Standing } from './change.rules.js';

const at = (hour: number): Date => new Date(Date.UTC(2026, 2, 2, hour));

/** Cancelled for later: what it paid for lasts until its next period would have been due, at nine. */
const leaving = {
  schedule: { state: 'active', endsOn: '2026-03-02' },
  planned: { dueAt: at(9) },
} as unknown as Standing;

describe('a schedule that was cancelled for later', () => {
  it('may be kept until its end', () => {
    expect(whyNotAct(leaving, 'keep', at(8))).toBeNull();
  });

  it('may not be kept once its end has come, though nothing has taken note of it yet', () => {
    expect(whyNotAct(leaving, 'keep', at(9))).toBe('schedule_over');
  });
});
