import type { TransactionItem } from '@recaudo/shared';
import { Box, useMediaQuery, type Theme } from '@mui/material';
import { useEffect, useState } from 'react';
import { ListBase, useStore, useUnselectAll } from 'react-admin';
import { now } from '../app/clock.js';
import { saidOnThePage } from '../app/data-provider.js';
import { useCan, useSignedIn } from '../app/login-state.js';
import { Gate } from '../app/PageStates.js';
import { BatchDialog } from '../batches/BatchDialog.js';
import { useReader } from '../fields/reader.js';
import { RefundDialog } from '../money/RefundDialog.js';
import { FreshBar } from '../sessions/FreshBar.js';
import { ListFooter } from '../sessions/ListFooter.js';
import { toTransactionFilter, writeTransactionUrl } from './filters.js';
import { movedMinor } from './moved.js';
import { TransactionCards } from './TransactionCards.js';
import { TransactionHeading } from './TransactionHeading.js';
import { TransactionTable } from './TransactionTable.js';
import { TransactionTabs } from './TransactionTabs.js';
import { useTransactionView } from './use-transaction-view.js';

const PER_PAGE = 25;

export default function TransactionList() {
  return (
    <Gate permission="sessions:read">
      <Transactions />
    </Gate>
  );
}

/** Every movement of money; the list follows the URL alone. */
function Transactions() {
  const { t } = useReader();
  const { view, change } = useTransactionView();
  const { sites, person } = useSignedIn();
  const mayRefund = useCan('transactions:reverse');
  const narrow = useMediaQuery((theme: Theme) => theme.breakpoints.down('md'));
  const { filter, unknownSite } = toTransactionFilter(view, { sites, zone: person.zone, now: now() });
  const [refunding, setRefunding] = useState<TransactionItem | null>(null);
  const [several, setSeveral] = useState<string[] | null>(null);
  const unselectAll = useUnselectAll('transactions');
  useRememberScope(writeTransactionUrl({ ...view, q: '', cursor: null }));
  const rows = { mayRefund, onRefund: setRefunding };
  return (
    <ListBase
      resource="transactions"
      filter={filter}
      perPage={PER_PAGE}
      sort={{ field: 'createdAt', order: view.sort === 'oldest' ? 'ASC' : 'DESC' }}
      queryOptions={{ onError: saidOnThePage, meta: { cursor: view.cursor ?? undefined, sort: view.sort } }}
      disableSyncWithLocation
      exporter={false}
    >
      <Box
        sx={{
          display: 'flex',
          flexDirection: 'column',
          height: { md: '100%' },
          px: { xs: 2, md: 3 },
          pt: { xs: 2, md: 2.5 },
          pb: { xs: 2, md: 0 },
        }}
      >
        <TransactionHeading
          filter={filter}
          unknownSite={unknownSite}
          onRefundSeveral={mayRefund ? setSeveral : null}
        />
        <TransactionTabs filter={filter} />
        <FreshBar<TransactionItem>
          resource="transactions"
          filter={filter}
          perPage={PER_PAGE}
          view={view}
          mark={({ id, state, amountMinor }) => `${id}:${state}:${amountMinor}`}
        />
        {narrow ? (
          <TransactionCards {...rows} />
        ) : (
          <TransactionTable key={writeTransactionUrl(view)} {...rows} />
        )}
        <ListFooter<TransactionItem>
          atFirst={view.cursor === null}
          go={(cursor) => change({ cursor })}
          label={t('transactions.sum')}
          sumOf={movedMinor}
        />
      </Box>
      {refunding ? <RefundDialog payment={refunding} onClose={() => setRefunding(null)} /> : null}
      {several ? (
        <BatchDialog
          kind="reverse"
          ids={several}
          onCreated={() => unselectAll()}
          onClose={() => setSeveral(null)}
        />
      ) : null}
    </ListBase>
  );
}

/** The scope is remembered for the way back; a search or a page is not. */
function useRememberScope(scope: string) {
  const [, setLastScope] = useStore<string>('transactions.lastScope', '');
  useEffect(() => {
    setLastScope(scope);
  }, [scope, setLastScope]);
}
