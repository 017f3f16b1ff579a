/**
 * How the parts of a dispersed payment go through the network (protocol 8.4), pure. They go one after the other, the
 * airline first. After one that is not approved the others are rejected unasked; while one is pending they wait.
 */
import type { Verdict } from '../network/network.js';
import type { Resolution, TransactionStatus } from './session.states.js';

export interface PartState {
  status: TransactionStatus;
  reason: string;
  at: Date;
  amountMinor: number;
  /** Of a part that waits for an earlier one: when it reaches the network. */
  startsAt: Date | null;
  resolution: Resolution | null;
}

/** The order in which parts are charged: the airline first, otherwise as they came; what is worth nothing is left out. */
export function orderParts<P extends { agreementType: string; amount: { total: number } }>(parts: P[]): P[] {
  const worth = parts.filter((part) => part.amount.total > 0);
  const isAirline = (part: P): boolean => part.agreementType === 'AIRLINE';
  return [...worth.filter(isAirline), ...worth.filter((part) => !isAirline(part))];
}

const UNASKED = { status: 'REJECTED', reason: '?C' } as const;

/**
 * Plans the whole chain at the moment of paying. `ask` is what the network says of a part that reaches it; it is asked
 * only for parts that do. `sessionEnd` is when the session expires.
 */
export async function planParts<P extends { amountMinor: number }>(
  parts: P[],
  ask: (part: P) => Promise<Verdict>,
  now: Date,
  sessionEnd: Date,
): Promise<(P & PartState)[]> {
  let reaches: Date | null = now;
  let refusedAt: Date | null = null;
  const planned: (P & PartState)[] = [];
  for (const part of parts) {
    const turn: Turn = refusedAt ? 'unasked' : reaches ? await ask(part) : 'waits';
    const plan = planPart(turn, refusedAt ?? reaches, now, sessionEnd);
    planned.push({ ...part, ...plan.state });
    if (plan.refusedAt) refusedAt = plan.refusedAt;
    reaches = plan.nextReaches;
  }
  return planned;
}

type Turn = Verdict | 'unasked' | 'waits';

interface Plan {
  state: Omit<PartState, 'amountMinor'>;
  /** When the next part reaches the network; null when nobody knows. */
  nextReaches: Date | null;
  /** From when on nobody is asked any more. */
  refusedAt: Date | null;
}

/** `from` is when the part reaches the network, or when an earlier one was refused; null when it waits for ever. */
function planPart(turn: Turn, from: Date | null, now: Date, sessionEnd: Date): Plan {
  if (turn === 'waits' || !from) {
    return {
      state: { ...waiting(now), startsAt: null, resolution: null },
      nextReaches: null,
      refusedAt: null,
    };
  }
  const isLater = from > now;
  if (turn === 'unasked') {
    const state = isLater
      ? { ...waiting(now), startsAt: null, resolution: { at: from, ...UNASKED } }
      : { ...UNASKED, at: now, startsAt: null, resolution: null };
    return { state, nextReaches: null, refusedAt: from };
  }
  if (!('seconds' in turn)) {
    const { status, reason } = turn;
    const state = isLater
      ? { ...waiting(now), startsAt: from, resolution: { at: from, ...asFinal(turn) } }
      : { status, reason, at: now, startsAt: null, resolution: null };
    return { state, nextReaches: from, refusedAt: status === 'APPROVED' ? null : from };
  }
  const resolution = resolutionOf(turn, from, sessionEnd);
  const state = isLater ? waiting(now) : { status: turn.status, reason: turn.reason, at: now };
  return {
    state: { ...state, startsAt: isLater ? from : null, resolution },
    nextReaches: resolution?.at ?? null,
    refusedAt: resolution && resolution.status !== 'APPROVED' ? resolution.at : null,
  };
}

/** What a pending verdict will become; null when it stays pending for ever. */
export function resolutionOf(verdict: Verdict, from: Date, sessionEnd: Date): Resolution | null {
  if (!('seconds' in verdict) || verdict.seconds === 'never') return null;
  const at = verdict.seconds === 'expiry' ? sessionEnd : new Date(from.getTime() + verdict.seconds * 1000);
  return { at, ...verdict.then };
}

const waiting = (at: Date) => ({ status: 'PENDING_PROCESS', reason: '?-', at }) as const;

/** A technical failure that lies ahead is planned as a rejection with the same reason. */
const asFinal = (verdict: { status: string; reason: string }) => ({
  status: verdict.status === 'APPROVED' ? ('APPROVED' as const) : ('REJECTED' as const),
  reason: verdict.reason,
});

export function nextPartDue(parts: PartState[]): Date | null {
  const dues = parts.flatMap((part) => part.startsAt ?? part.resolution?.at ?? []);
  return dues.reduce<Date | null>((first, at) => (first === null || at < first ? at : first), null);
}

/** Applies what was due to parts by `due`. */
export function advanceParts<P extends PartState>(parts: P[], due: Date): P[] {
  return parts.map((part): P => {
    const { resolution, startsAt } = part;
    if (resolution && resolution.at <= due)
      return { ...part, ...resolution, startsAt: null, resolution: null };
    if (startsAt && startsAt <= due) return { ...part, status: 'PENDING', at: startsAt, startsAt: null };
    return part;
  });
}

const OPEN: TransactionStatus[] = ['PENDING', 'PENDING_VALIDATION', 'PENDING_PROCESS'];

/** What the parts make of the whole. */
export function wholeOf(
  parts: PartState[],
  at: Date,
): { status: TransactionStatus; reason: string; at: Date } {
  if (parts.some((part) => OPEN.includes(part.status))) return { status: 'PENDING', reason: '?-', at };
  const refused = parts.find((part) => part.status !== 'APPROVED');
  if (!refused) return { status: 'APPROVED', reason: '00', at };
  if (parts.some((part) => part.status === 'APPROVED'))
    return { status: 'APPROVED_PARTIAL', reason: 'P0', at };
  return { status: refused.status, reason: refused.reason, at };
}
