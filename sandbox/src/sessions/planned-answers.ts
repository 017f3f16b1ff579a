/** What a tester has planned for the network's next answer, of whatever sort it is (the fault menu's `payment`). */
import type { Verdict } from '../network/network.js';
import type { Queryable } from '../platform/database.js';
import { drawFault } from '../platform/faults.js';

/** Null when nothing is planned: the network answers by its tables. */
export async function plannedAnswer(db: Queryable, site: string): Promise<Verdict | null> {
  const fault = await drawFault(db, 'payment', site);
  if (!fault) return null;
  if (fault.kind === 'pending_for_ever') return { status: 'PENDING', reason: '?-', seconds: 'never' };
  if (fault.kind === 'technical') return { status: 'FAILED', reason: 'XH' };
  return { status: 'REJECTED', reason: fault.reason ?? '05' };
}
