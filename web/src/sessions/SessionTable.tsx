import type { SessionListItem } from '@recaudo/shared';
import { lazy } from 'react';
import { useSignedIn } from '../app/login-state.js';
import { Amount } from '../fields/Amount.js';
import { Clip } from '../fields/Clip.js';
import { Instant } from '../fields/Instant.js';
import { useReader } from '../fields/reader.js';
import { RowId, RowLink, RowsTable, type Column } from '../list/RowsTable.js';
import { COLUMNS_KEY, HIDDEN_AT_FIRST, type ColumnSource } from './columns.js';
import { payerName, sessionPath } from './naming.js';
import { NoPayments } from './NoPayments.js';
import { PaidOf } from './PaidOf.js';
import { reasonWords } from './sentence.js';
import { StateCell } from './StateCell.js';

const SessionPeek = lazy(() => import('./SessionPeek.js'));

export function SessionTable() {
  const { t } = useReader();
  return (
    <RowsTable
      name={t('rooms.sessions')}
      columns={useColumns()}
      columnsKey={COLUMNS_KEY}
      hiddenAtFirst={HIDDEN_AT_FIRST}
      path={sessionPath}
      empty={<NoPayments />}
      selectable={() => true}
      peek={(id) => <SessionPeek id={id} />}
    />
  );
}

function useColumns(): (Column<SessionListItem> & { source: ColumnSource })[] {
  const { t } = useReader();
  const { sites } = useSignedIn();
  const siteName = (id: string) => sites.find((site) => site.id === id)?.name ?? '–';
  return [
    { source: 'createdAt', render: (row) => <Instant value={row.createdAt} /> },
    { source: 'state', render: (row) => <StateCell row={row} /> },
    {
      source: 'reference',
      render: (row) => <RowLink to={sessionPath(row.id)} text={row.reference} width={180} />,
    },
    { source: 'kind', render: (row) => <Clip text={t(`kinds.name.${row.kind}`)} width={120} /> },
    { source: 'payerName', render: (row) => <Clip text={payerName(row)} width={150} /> },
    { source: 'description', render: (row) => <Clip text={row.description} width={135} /> },
    { source: 'site', render: (row) => <Clip text={siteName(row.siteId)} width={130} /> },
    { source: 'amount', align: 'right', render: (row) => <PaidOf row={row} /> },
    {
      source: 'paid',
      align: 'right',
      render: (row) => <Amount minor={row.approvedMinor} currency={row.currency} />,
    },
    {
      source: 'reason',
      render: (row) => (row.reason ? <Clip text={reasonWords(row.reason, t)} width={220} /> : '–'),
    },
    { source: 'payerEmail', render: (row) => row.payer.email ?? '–' },
    { source: 'payerDocument', render: (row) => documentOf(row) },
    { source: 'gatewayNumber' },
    { source: 'lastFour', render: (row) => (row.lastFour ? `···· ${row.lastFour}` : '–') },
    { source: 'endedAt', render: (row) => <Instant value={row.endedAt} /> },
    { source: 'id', render: (row) => <RowId id={row.id} /> },
  ];
}

function documentOf(row: SessionListItem): string {
  return [row.payer.documentType, row.payer.document].filter(Boolean).join(' ') || '–';
}
