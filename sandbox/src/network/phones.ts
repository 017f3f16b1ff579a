/** The test phones of ATH Móvil (protocol 9.2), by their last three digits. Any other number pays. */
import type { Verdict } from './network.js';

const APPROVED = { status: 'APPROVED', reason: '00' } as const;
const FAILED = { status: 'FAILED', reason: 'XH' } as const;
const NEVER = { status: 'PENDING', reason: '?-', seconds: 'never' } as const;
/** Approved, and every reversal comes too late. */
const NO_WAY_BACK = { ...APPROVED, reversalReason: '68' } as const;

export const TEST_PHONES: Record<string, Verdict> = {
  '111': {
    status: 'PENDING',
    reason: '?-',
    seconds: 'expiry',
    then: { status: 'REJECTED', reason: 'EX' },
  },
  '112': { status: 'REJECTED', reason: '?C' },
  '113': FAILED,
  '114': APPROVED,
  '115': APPROVED,
  '116': APPROVED,
  '117': FAILED,
  '118': NEVER,
  '119': { status: 'REJECTED', reason: '05' },
  '120': NEVER,
  '121': NO_WAY_BACK,
  '122': NO_WAY_BACK,
  '123': { status: 'FAILED', reason: '68' },
  '169': FAILED,
  '178': FAILED,
  '190': FAILED,
};

/** All of them begin with +19391111. */
export function answerOfPhone(phone: string): Verdict {
  const digits = phone.replace(/\D/g, '');
  const match = /^1?9391111(\d{3})$/.exec(digits);
  return TEST_PHONES[match?.[1] ?? ''] ?? APPROVED;
}
