import { describe, expect, it } from '@jest/globals';
import { SESSION_STATES } from '@recaudo/shared';
import { queueOf } from './queue.rules.js';

const expiresAt = new Date('2026-03-02T10:00:00Z');
const confirmBy = new Date('2026-03-02T12:00:00Z');

describe('a session stands in the queue', () => {
  it('to confirm, by its deadline, whatever else is true of it', () => {
    const queued = SESSION_STATES.map((state) => queueOf({ state, expiresAt }, confirmBy));
    expect(queued).toEqual(SESSION_STATES.map(() => ({ queue: 'confirm', queueAt: confirmBy })));
  });

  it('of what may still be paid, by its expiration, while it is partly paid', () => {
    expect(queueOf({ state: 'partial', expiresAt }, null)).toEqual({ queue: 'partial', queueAt: expiresAt });
  });

  it('in no other case', () => {
    const others = SESSION_STATES.filter((state) => state !== 'partial');
    expect(others.map((state) => queueOf({ state, expiresAt }, null).queue)).toEqual(others.map(() => null));
  });
});
