import {
  BATCH_ROW_STATES,
  minorToDecimal,
  type ApprovalView,
  type BatchRowState,
  type BatchRowView,
  type BatchView,
} from '@recaudo/shared';
import { stringify } from 'csv-stringify/sync';
import { CSV } from '../platform/csv.js';
import type { BatchRow } from './batch.entity.js';
import { totalsOf } from './batch.rules.js';
import type { BatchPart } from './batch.store.js';

export function batchView(
  batch: BatchRow,
  parts: readonly BatchPart[],
  approval: ApprovalView | null,
  canUndo: boolean,
): BatchView {
  const none = Object.fromEntries(BATCH_ROW_STATES.map((state) => [state, 0]));
  const counts = none as Record<BatchRowState, number>;
  for (const { state, count } of parts) counts[state] += count;
  return {
    id: batch.id,
    kind: batch.kind,
    state: batch.state,
    reason: batch.reason,
    createdBy: batch.createdByName,
    createdAt: batch.createdAt.toISOString(),
    sendAt: batch.sendAt?.toISOString() ?? null,
    finishedAt: batch.finishedAt?.toISOString() ?? null,
    endedBy: batch.endedByName,
    totals: totalsOf(parts),
    rows: parts.reduce((sum, { count }) => sum + count, 0),
    counts,
    approval,
    canUndo,
  };
}

/** The result per row. Instants are UTC. */
export function batchCsv(rows: readonly BatchRowView[]): string {
  const lines = rows.map((row) => ({
    row: row.position,
    reference: row.reference,
    payer: row.payerName ?? '',
    amount: minorToDecimal(row.amountMinor, row.currency),
    currency: row.currency,
    state: row.state,
    why: row.why ?? '',
    transaction: row.transactionId,
    operation: row.operationId ?? '',
    doneAt: row.doneAt ?? '',
  }));
  return stringify(lines, CSV);
}
