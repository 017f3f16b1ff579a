import { SESSION_KINDS, type SessionFilter } from '@recaudo/shared';
import AddOutlined from '@mui/icons-material/AddOutlined';
import { Button, Chip } from '@mui/material';
import { Link } from 'react-router-dom';
import { useCan } from '../app/login-state.js';
import { useListView } from '../app/use-data.js';
import { useReader } from '../fields/reader.js';
import { FilterSentence } from '../list/FilterSentence.js';
import { ListHeading } from '../list/ListHeading.js';
import { COLUMNS_KEY } from './columns.js';
import { DownloadButton } from './DownloadButton.js';
import { EVERYTHING, isNarrowed } from './filters.js';
import { SavedFilters } from './SavedFilters.js';

export function SessionHeading({ filter, unknownSite }: { filter: SessionFilter; unknownSite: boolean }) {
  const { t } = useReader();
  const { view, change } = useListView();
  const mayCreate = useCan('sessions:create');
  const mayAdopt = useCan('sessions:adopt');
  const mayExport = useCan('sessions:export');
  return (
    <ListHeading
      title={t('rooms.sessions')}
      columnsKey={COLUMNS_KEY}
      unknownSite={unknownSite}
      before={<SavedFilters />}
      actions={
        <>
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
        </>
      }
    >
      <FilterSentence
        view={view}
        change={change}
        kinds={SESSION_KINDS}
        kindWords={(kind) => t(kind ? `kinds.name.${kind}` : 'sessions.any_kind')}
        opening={t('sessions.sentence_of')}
        chips={<OwnChips />}
        onClear={isNarrowed(view) ? () => change(EVERYTHING) : null}
      />
    </ListHeading>
  );
}

function OwnChips() {
  const { t } = useReader();
  const { view, change } = useListView();
  return (
    <>
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
      {view.instrument ? (
        <Chip
          size="small"
          label={t('sessions.one_instrument')}
          onDelete={() => change({ instrument: null })}
        />
      ) : null}
      {view.by === 'ended' ? (
        <Chip size="small" label={t('sessions.by_end')} onDelete={() => change({ by: 'created' })} />
      ) : null}
    </>
  );
}
