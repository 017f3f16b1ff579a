import type { TransactionItem } from '@recaudo/shared';
import { Instant } from '../fields/Instant.js';
import { useReader } from '../fields/reader.js';

/** When it happened; of what an acquirer states only the day is known. */
export function TransactionTime({ row: { kind, at } }: { row: Pick<TransactionItem, 'kind' | 'at'> }) {
  const { dayOf } = useReader();
  if (kind !== 'chargeback' && kind !== 'chargeback_reversal') return <Instant value={at} />;
  return (
    <time dateTime={at.slice(0, 10)} style={{ whiteSpace: 'nowrap' }}>
      {dayOf(at)}
    </time>
  );
}
