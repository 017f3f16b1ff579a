import { Button } from '@mui/material';
import { Link } from 'react-router-dom';
import { EmptyPanel } from '../app/PageStates.js';
import { useCan } from '../app/login-state.js';
import { useListView } from '../app/use-data.js';
import { useReader } from '../fields/reader.js';
import { EVERYTHING, isNarrowed } from './filters.js';

/** Nothing found is not the same as nothing there. */
export function NoPayments() {
  const { t } = useReader();
  const { view, change } = useListView();
  const mayCreate = useCan('sessions:create');
  if (isNarrowed(view)) {
    const clear = (
      <Button
        variant="outlined"
        onClick={() => change({ ...EVERYTHING, q: view.q && view.site ? view.q : '' })}
      >
        {t('ra.navigation.clear_filters')}
      </Button>
    );
    return (
      <EmptyPanel action={clear}>
        {t(view.q ? 'sessions.none_found_text' : 'sessions.none_found', { q: view.q })}
      </EmptyPanel>
    );
  }
  const create = mayCreate ? (
    <Button component={Link} to="/sessions/create" variant="outlined">
      {t('sessions.new')}
    </Button>
  ) : undefined;
  return <EmptyPanel action={create}>{t('sessions.none_yet')}</EmptyPanel>;
}
