import { describe, expect, it } from '@jest/globals';
import { ORDER_STATES, SESSION_STATES } from '@recaudo/shared';
import { queueOf } from './queue.rules.js';
import { LIVE_SESSION_STATES } from './session.states.js';

const expiresAt = new Date('2026-03-02T10:00:00Z');
const endedAt = new Date('2026-03-02T11:00:00Z');
const confirmBy = new Date('2026-03-02T12:00:00Z');
const at = (state: (typeof SESSION_STATES)[number]) => ({ state, expiresAt, endedAt });

describe('a session stands in the queue', () => {
  it('to confirm, by its deadline, whatever else is true of it', () => {
    expect(queueOf(at('pending'), 'due', confirmBy)).toEqual({ queue: 'confirm', queueAt: confirmBy });
  });

  it('of what may still be paid, by its expiration, while it is partly paid', () => {
    expect(queueOf(at('partial'), 'part_paid', null)).toEqual({ queue: 'partial', queueAt: expiresAt });
  });

  it('of remainders once it has ended and its order is paid in part', () => {
    const ended = SESSION_STATES.filter((state) => !LIVE_SESSION_STATES.includes(state));
    expect(ended.map((state) => queueOf(at(state), 'part_paid', null))).toEqual(
      ended.map(() => ({ queue: 'remainder', queueAt: endedAt })),
    );
  });

  it('of remainders in no other case: nothing paid, all paid, held, or given up', () => {
    const others = ORDER_STATES.filter((state) => state !== 'part_paid');
    expect(others.map((state) => queueOf(at('partial_expired'), state, null).queue)).toEqual(
      others.map(() => null),
    );
  });
});
