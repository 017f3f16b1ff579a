import type { SessionListItem } from '@recaudo/shared';
import { Instant } from '../fields/Instant.js';
import { useReader } from '../fields/reader.js';
import { RowCards } from '../list/RowCards.js';
import { NoPayments } from './NoPayments.js';
import { payerName, sessionPath } from './naming.js';
import { PaidOf } from './PaidOf.js';
import { StateCell } from './StateCell.js';

export function SessionCards() {
  const { t } = useReader();
  return (
    <RowCards<SessionListItem>
      name={t('rooms.sessions')}
      path={sessionPath}
      empty={<NoPayments />}
      face={(row) => ({
        amount: <PaidOf row={row} />,
        state: <StateCell row={row} />,
        reference: row.reference,
        at: <Instant value={row.createdAt} />,
        words: (
          <>
            {row.kind === 'basic' ? null : `${t(`kinds.name.${row.kind}`)} · `}
            {payerName(row)} · {row.description}
          </>
        ),
      })}
    />
  );
}
