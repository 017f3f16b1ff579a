import type { TransactionItem } from '@recaudo/shared';
import { useState } from 'react';
import { useUnselectAll } from 'react-admin';
import { now } from '../app/clock.js';
import { useCan, useSignedIn } from '../app/login-state.js';
import { Gate } from '../app/PageStates.js';
import { BatchDialog } from '../batches/BatchDialog.js';
import { useReader } from '../fields/reader.js';
import { ListFrame } from '../list/ListFrame.js';
import { RefundDialog } from '../money/RefundDialog.js';
import { toTransactionFilter, writeTransactionUrl } from './filters.js';
import { movedMinor } from './moved.js';
import { TransactionCards } from './TransactionCards.js';
import { TransactionHeading } from './TransactionHeading.js';
import { TransactionTable } from './TransactionTable.js';
import { TransactionTabs } from './TransactionTabs.js';
import { useTransactionView } from './use-transaction-view.js';

export default function TransactionList() {
  return (
    <Gate permission="sessions:read">
      <Transactions />
    </Gate>
  );
}

/** Every movement of money. */
function Transactions() {
  const { t } = useReader();
  const { view, change } = useTransactionView();
  const { sites, person } = useSignedIn();
  const mayRefund = useCan('transactions:reverse');
  const { filter, unknownSite } = toTransactionFilter(view, { sites, zone: person.zone, now: now() });
  const [refunding, setRefunding] = useState<TransactionItem | null>(null);
  const [several, setSeveral] = useState<string[] | null>(null);
  const unselectAll = useUnselectAll('transactions');
  const rows = { mayRefund, onRefund: setRefunding };
  return (
    <ListFrame
      resource="transactions"
      filter={filter}
      view={view}
      write={writeTransactionUrl}
      go={(cursor) => change({ cursor })}
      mark={markOf}
      sum={{
        label: t('transactions.sum'),
        of: (row: TransactionItem) => ({ currency: row.currency, amountMinor: movedMinor(row) }),
      }}
      head={
        <>
          <TransactionHeading
            filter={filter}
            unknownSite={unknownSite}
            onRefundSeveral={mayRefund ? setSeveral : null}
          />
          <TransactionTabs filter={filter} />
        </>
      }
      table={<TransactionTable {...rows} />}
      cards={<TransactionCards {...rows} />}
    >
      {refunding ? <RefundDialog payment={refunding} onClose={() => setRefunding(null)} /> : null}
      {several ? (
        <BatchDialog
          kind="reverse"
          ids={several}
          onCreated={() => unselectAll()}
          onClose={() => setSeveral(null)}
        />
      ) : null}
    </ListFrame>
  );
}

function markOf({ id, state, amountMinor }: TransactionItem): string {
  return `${id}:${state}:${amountMinor}`;
}
