import { SESSION_KINDS, type Currency, type SessionFilter } from '@recaudo/shared';
import AddOutlined from '@mui/icons-material/AddOutlined';
import { Alert, Box, Button, Chip, Stack, Typography, useMediaQuery, type Theme } from '@mui/material';
import { MenuItem } from '@mui/material';
import type { ReactNode } from 'react';
import { ColumnsButton } from 'react-admin';
import { Link } from 'react-router-dom';
import { useDocumentTitle } from '../app/PageStates.js';
import { useCan, useSignedIn } from '../app/login-state.js';
import { ScopeMenu } from '../app/ScopeBar.js';
import { useListView } from '../app/use-data.js';
import { useReader } from '../fields/reader.js';
import { DownloadButton } from './DownloadButton.js';
import { EVERYTHING, isNarrowed } from './filters.js';
import { SavedFilters } from './SavedFilters.js';
import { COLUMNS_KEY } from './columns.js';
import { periodWords } from './words.js';

/** Title, what can be done, and the sentence that says which payments are shown. */
export function ListHeading({ filter, unknownSite }: { filter: SessionFilter; unknownSite: boolean }) {
  const { t } = useReader();
  useDocumentTitle(t('rooms.sessions'));
  const mayCreate = useCan('sessions:create');
  const mayAdopt = useCan('sessions:adopt');
  const mayExport = useCan('sessions:export');
  const narrow = useMediaQuery((theme: Theme) => theme.breakpoints.down('md'));
  return (
    <>
      <Stack direction="row" sx={{ alignItems: 'center', gap: 1, flexWrap: 'wrap', mb: 1 }}>
        <Typography variant="h1" sx={{ flex: 1 }}>
          {t('rooms.sessions')}
        </Typography>
        <SavedFilters />
        {narrow ? null : <ColumnsButton storeKey={COLUMNS_KEY} />}
        {mayAdopt ? (
          <Button component={Link} to="/sessions/adopt">
            {t('adoption.open')}
          </Button>
        ) : null}
        {mayExport ? <DownloadButton filter={filter} /> : null}
        {mayCreate ? (
          <Button component={Link} to="/sessions/create" variant="contained" startIcon={<AddOutlined />}>
            {t('sessions.new')}
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
  const { view, change } = useListView();
  const site = sites.find((candidate) => candidate.code === view.site);
  const currencies = [...new Set(sites.map((candidate) => candidate.currency))] as Currency[];
  return (
    <Box
      component="section"
      aria-label={t('sessions.filters')}
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'center',
        columnGap: '4px',
        rowGap: '2px',
        minHeight: 34,
        color: 'text.secondary',
        mb: 0.5,
      }}
    >
      <span>
        {t('sessions.sentence_of')} <Strong>{site?.name ?? t('sessions.every_site')}</Strong>,{' '}
        <Strong>
          {view.period === 'days'
            ? periodWords(view, t, language)
            : periodWords(view, t, language).toLowerCase()}
        </Strong>
        ,
      </span>
      <ScopeMenu
        inline
        name={t('sessions.kind_filter')}
        text={view.kind ? t(`kinds.name.${view.kind}`) : t('sessions.any_kind')}
      >
        {(close) =>
          [null, ...SESSION_KINDS].map((kind) => (
            <MenuItem
              key={kind ?? ''}
              selected={view.kind === kind}
              onClick={() => (close(), change({ kind }))}
            >
              {kind ? t(`kinds.name.${kind}`) : t('sessions.any_kind')}
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
      <Chip
        size="small"
        label={t('sessions.only_overpaid')}
        color={view.overpaid ? 'primary' : 'default'}
        variant={view.overpaid ? 'filled' : 'outlined'}
        aria-pressed={view.overpaid}
        onClick={() => change({ overpaid: !view.overpaid })}
      />
      {view.late ? (
        <Chip
          size="small"
          label={t(view.late === 'true' ? 'sessions.only_late' : 'sessions.only_in_time')}
          onDelete={() => change({ late: null })}
        />
      ) : null}
      {view.by === 'ended' ? (
        <Chip size="small" label={t('sessions.by_end')} onDelete={() => change({ by: 'created' })} />
      ) : null}
      {view.q ? (
        <Chip
          size="small"
          label={t('sessions.with_text', { q: view.q })}
          onDelete={() => change({ q: '' })}
        />
      ) : null}
      {isNarrowed(view) ? (
        <Button size="small" onClick={() => change(EVERYTHING)}>
          {t('ra.navigation.clear_filters')}
        </Button>
      ) : null}
    </Box>
  );
}

function Strong({ children }: { children: ReactNode }) {
  return (
    <Box component="strong" sx={{ color: 'text.primary', fontWeight: 600 }}>
      {children}
    </Box>
  );
}
