import {
  TRANSACTION_KINDS,
  type Currency,
  type TransactionFilter,
  type TransactionItem,
} from '@recaudo/shared';
import DownloadOutlined from '@mui/icons-material/DownloadOutlined';
import {
  Alert,
  Box,
  Button,
  Chip,
  MenuItem,
  Stack,
  Typography,
  useMediaQuery,
  type Theme,
} from '@mui/material';
import { ColumnsButton, useListContext } from 'react-admin';
import { toSearch } from '../app/api.js';
import { useCan, useSignedIn } from '../app/login-state.js';
import { useDocumentTitle } from '../app/PageStates.js';
import { ScopeMenu } from '../app/ScopeBar.js';
import { useReader } from '../fields/reader.js';
import { periodWords } from '../sessions/words.js';
import { ALL_TRANSACTIONS, isNarrowedTransactions } from './filters.js';
import { COLUMNS_KEY } from './TransactionTable.js';
import { useTransactionView } from './use-transaction-view.js';

interface Props {
  filter: TransactionFilter;
  unknownSite: boolean;
  /** Null for who may not refund. */
  onRefundSeveral: ((ids: string[]) => void) | null;
}

/** Title, what can be done with what is chosen, and the sentence that says which transactions are shown. */
export function TransactionHeading({ filter, unknownSite, onRefundSeveral }: Props) {
  const { t } = useReader();
  useDocumentTitle(t('rooms.transactions'));
  const { view } = useTransactionView();
  const mayExport = useCan('sessions:export');
  const narrow = useMediaQuery((theme: Theme) => theme.breakpoints.down('md'));
  const { selectedIds } = useListContext<TransactionItem>();
  return (
    <>
      <Stack direction="row" sx={{ alignItems: 'center', gap: 1, flexWrap: 'wrap', mb: 1, minHeight: 36 }}>
        <Typography variant="h1" sx={{ flex: 1 }}>
          {t('rooms.transactions')}
        </Typography>
        {narrow ? null : <ColumnsButton storeKey={COLUMNS_KEY} />}
        {mayExport ? (
          <Button
            component="a"
            href={`/api/transactions/export${toSearch({ ...filter, sort: view.sort })}`}
            download
            startIcon={<DownloadOutlined />}
          >
            {t('sessions.download')}
          </Button>
        ) : null}
        {onRefundSeveral && selectedIds.length > 0 ? (
          <Button
            variant="contained"
            aria-haspopup="dialog"
            onClick={() => onRefundSeveral(selectedIds.map(String))}
          >
            {t('transactions.refund_selected')} ({selectedIds.length})
          </Button>
        ) : null}
      </Stack>
      {unknownSite ? (
        <Alert severity="warning" sx={{ mb: 1 }}>
          {t('sessions.unknown_site')}
        </Alert>
      ) : null}
      <FilterSentence />
    </>
  );
}

function FilterSentence() {
  const { t, language } = useReader();
  const { sites } = useSignedIn();
  const { view, change } = useTransactionView();
  const site = sites.find((candidate) => candidate.code === view.site);
  const currencies = [...new Set(sites.map((candidate) => candidate.currency))] as Currency[];
  const period = periodWords(view, t, language);
  return (
    <Box
      component="section"
      aria-label={t('sessions.filters')}
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'center',
        columnGap: '4px',
        minHeight: 34,
        color: 'text.secondary',
        mb: 0.5,
        '& strong': { color: 'text.primary', fontWeight: 600 },
      }}
    >
      <span>
        {t('transactions.sentence_of')} <strong>{site?.name ?? t('sessions.every_site')}</strong>,{' '}
        <strong>{view.period === 'days' ? period : period.toLowerCase()}</strong>,
      </span>
      <ScopeMenu
        inline
        name={t('sessions.kind_filter')}
        text={view.kind ? t(`transactions.kind.${view.kind}`) : t('transactions.any_kind')}
      >
        {(close) =>
          [null, ...TRANSACTION_KINDS].map((kind) => (
            <MenuItem
              key={kind ?? ''}
              selected={view.kind === kind}
              onClick={() => (close(), change({ kind }))}
            >
              {kind ? t(`transactions.kind.${kind}`) : t('transactions.any_kind')}
            </MenuItem>
          ))
        }
      </ScopeMenu>
      <span>{t('sessions.sentence_in')}</span>
      <ScopeMenu inline name={t('sessions.currency')} text={view.currency ?? t('sessions.any_currency')}>
        {(close) =>
          [null, ...currencies].map((currency) => (
            <MenuItem
              key={currency ?? ''}
              selected={view.currency === currency}
              onClick={() => (close(), change({ currency }))}
            >
              {currency ?? t('sessions.any_currency')}
            </MenuItem>
          ))
        }
      </ScopeMenu>
      <ScopeMenu inline name={t('sessions.sort')} text={t(`sessions.sort_${view.sort}`)}>
        {(close) =>
          (['newest', 'oldest'] as const).map((sort) => (
            <MenuItem key={sort} selected={view.sort === sort} onClick={() => (close(), change({ sort }))}>
              {t(`sessions.sort_${sort}`)}
            </MenuItem>
          ))
        }
      </ScopeMenu>
      {view.q ? (
        <Chip
          size="small"
          label={t('sessions.with_text', { q: view.q })}
          onDelete={() => change({ q: '' })}
        />
      ) : null}
      {isNarrowedTransactions(view) ? (
        <Button size="small" onClick={() => change(ALL_TRANSACTIONS)}>
          {t('ra.navigation.clear_filters')}
        </Button>
      ) : null}
    </Box>
  );
}
