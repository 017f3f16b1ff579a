import type { SessionListItem } from '@recaudo/shared';
import { Box, Link as MuiLink } from '@mui/material';
import { useEffect, useRef } from 'react';
import { DataTable, useListContext } from 'react-admin';
import { Link, useNavigate } from 'react-router-dom';
import { ProblemPanel, RowsSkeleton } from '../app/PageStates.js';
import { useSignedIn } from '../app/login-state.js';
import { MONO } from '../app/theme.js';
import { Amount } from '../fields/Amount.js';
import { Clip } from '../fields/Clip.js';
import { Instant } from '../fields/Instant.js';
import { useReader } from '../fields/reader.js';
import { COLUMNS_KEY, HIDDEN_AT_FIRST } from './columns.js';
import { payerName, sessionPath } from './naming.js';
import { NoPayments } from './NoPayments.js';
import { PaidOf } from './PaidOf.js';
import { StateCell } from './StateCell.js';
import { reasonWords } from './sentence.js';
import { useListKeys } from './use-list-keys.js';

const Column = DataTable.Col<SessionListItem>;

/** 40 px rows under a head that stays; j and k move, Enter opens, x selects. */
export function SessionTable() {
  const { t } = useReader();
  const { sites } = useSignedIn();
  const { data, error, isPending, refetch, onToggleItem } = useListContext<SessionListItem>();
  const navigate = useNavigate();
  const wrapper = useRef<HTMLDivElement>(null);
  const active = useListKeys({
    count: data?.length ?? 0,
    onOpen: (index) => data?.[index] && void navigate(sessionPath(data[index].id)),
    onToggle: (index) => data?.[index] && onToggleItem(data[index].id),
  });
  useEffect(() => {
    wrapper.current?.querySelectorAll('tbody tr')[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  if (error) return <ProblemPanel error={error} retry={() => void refetch()} />;
  if (isPending) return <RowsSkeleton rows={12} />;
  const siteName = (id: string) => sites.find((site) => site.id === id)?.name ?? '–';
  return (
    <Box
      ref={wrapper}
      sx={{
        flex: 1,
        minHeight: 160,
        overflow: 'auto',
        bgcolor: 'background.paper',
        borderBottom: 1,
        borderColor: 'divider',
      }}
    >
      <DataTable<SessionListItem>
        storeKey={COLUMNS_KEY}
        hiddenColumns={HIDDEN_AT_FIRST}
        rowClick="show"
        bulkActionButtons={<span />}
        bulkActionsToolbar={<span />}
        empty={<NoPayments />}
        aria-label={t('rooms.sessions')}
        rowSx={(_, index) =>
          index === active ? { bgcolor: 'action.selected', boxShadow: 'inset 3px 0 0 currentColor' } : {}
        }
        sx={{ '& td:has(a.row-link)': { fontFamily: MONO, fontSize: 12.5 } }}
      >
        <Column
          source="createdAt"
          disableSort
          label={t('sessions.fields.createdAt')}
          render={(row) => <Instant value={row.createdAt} />}
        />
        <Column
          source="state"
          disableSort
          label={t('sessions.fields.state')}
          render={(row) => <StateCell row={row} />}
        />
        <Column
          source="reference"
          disableSort
          label={t('sessions.fields.reference')}
          render={(row) => <ReferenceLink row={row} />}
        />
        <Column
          source="kind"
          disableSort
          label={t('sessions.fields.kind')}
          render={(row) => <Clip text={t(`kinds.name.${row.kind}`)} width={140} />}
        />
        <Column
          source="payerName"
          disableSort
          label={t('sessions.fields.payerName')}
          render={(row) => <Clip text={payerName(row)} width={150} />}
        />
        <Column
          source="description"
          disableSort
          label={t('sessions.fields.description')}
          render={(row) => <Clip text={row.description} width={150} />}
        />
        <Column
          source="site"
          disableSort
          label={t('sessions.fields.site')}
          render={(row) => <Clip text={siteName(row.siteId)} width={150} />}
        />
        <Column
          source="amount"
          disableSort
          align="right"
          label={t('sessions.fields.amount')}
          render={(row) => <PaidOf row={row} />}
        />
        <Column
          source="paid"
          disableSort
          align="right"
          label={t('sessions.fields.paid')}
          render={(row) => <Amount minor={row.approvedMinor} currency={row.currency} />}
        />
        <Column
          source="reason"
          disableSort
          label={t('sessions.fields.reason')}
          render={(row) => (row.reason ? <Clip text={reasonWords(row.reason, t)} width={220} /> : '–')}
        />
        <Column
          source="payerEmail"
          disableSort
          label={t('sessions.fields.payerEmail')}
          render={(row) => row.payer.email ?? '–'}
        />
        <Column
          source="payerDocument"
          disableSort
          label={t('sessions.fields.payerDocument')}
          render={(row) => documentOf(row)}
        />
        <Column source="gatewayNumber" disableSort label={t('sessions.fields.gatewayNumber')} />
        <Column
          source="lastFour"
          disableSort
          label={t('sessions.fields.lastFour')}
          render={(row) => (row.lastFour ? `···· ${row.lastFour}` : '–')}
        />
        <Column
          source="endedAt"
          disableSort
          label={t('sessions.fields.endedAt')}
          render={(row) => <Instant value={row.endedAt} />}
        />
        <Column
          source="id"
          disableSort
          label={t('sessions.fields.id')}
          render={(row) => <Box sx={{ fontFamily: MONO, fontSize: 12 }}>{row.id}</Box>}
        />
      </DataTable>
    </Box>
  );
}

/** The row's link for keyboards and screen readers; the whole row may be clicked as well. */
function ReferenceLink({ row }: { row: SessionListItem }) {
  return (
    <MuiLink
      component={Link}
      className="row-link"
      to={sessionPath(row.id)}
      onClick={(event) => event.stopPropagation()}
      color="inherit"
      title={row.reference}
      sx={{
        display: 'block',
        maxWidth: 180,
        overflow: 'hidden',
        textOverflow: 'ellipsis',
        whiteSpace: 'nowrap',
      }}
    >
      {row.reference}
    </MuiLink>
  );
}

function documentOf(row: SessionListItem): string {
  return [row.payer.documentType, row.payer.document].filter(Boolean).join(' ') || '–';
}
