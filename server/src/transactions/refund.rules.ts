import type { Refundable, TransactionKind, TransactionState } from '@recaudo/shared';

/** A row as far as sums are concerned. */
export interface Summed {
  kind: TransactionKind;
  state: TransactionState;
  askedMinor: number;
  fromMinor: number | null;
}

const IN_FLIGHT: readonly TransactionState[] = ['waiting', 'started', 'pending', 'unknown'];

const movedMinor = ({ fromMinor, askedMinor }: Summed): number => fromMinor ?? askedMinor;

function sumOf(rows: readonly Summed[], kind: TransactionKind, states: readonly TransactionState[]): number {
  return rows
    .filter((row) => row.kind === kind && states.includes(row.state))
    .reduce((sum, row) => sum + movedMinor(row), 0);
}

/**
 * What may still be given back of captured money: approved captures, less refunds that are or may be on their way, less
 * chargebacks that were not won. `operations` are all rows whose parent it is, and the reversals of its chargebacks.
 */
export function refundableOf(
  captured: Summed,
  currency: Refundable['currency'],
  operations: readonly Summed[],
): Refundable {
  const capturedMinor = captured.state === 'approved' ? movedMinor(captured) : 0;
  const returnedMinor = sumOf(operations, 'reverse', ['approved']);
  const inFlightMinor = sumOf(operations, 'reverse', IN_FLIGHT);
  const chargedBackMinor =
    sumOf(operations, 'chargeback', ['approved']) - sumOf(operations, 'chargeback_reversal', ['approved']);
  const refundableMinor = Math.max(0, capturedMinor - returnedMinor - inFlightMinor - chargedBackMinor);
  return { currency, capturedMinor, returnedMinor, inFlightMinor, chargedBackMinor, refundableMinor };
}

/** Kinds of which money can be given back. */
export const CAPTURED_KINDS: readonly TransactionKind[] = ['payment', 'checkout'];
