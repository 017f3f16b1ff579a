import type { SessionFilter } from '@recaudo/shared';
import DownloadOutlined from '@mui/icons-material/DownloadOutlined';
import { Button } from '@mui/material';
import { useStore } from 'react-admin';
import { toSearch } from '../app/api.js';
import { useListView } from '../app/use-data.js';
import { useReader } from '../fields/reader.js';
import { COLUMNS_KEY, exportColumns, HIDDEN_AT_FIRST } from './columns.js';

/** A plain link: the browser streams the file to disk, however long it is. Exactly this list, these columns. */
export function DownloadButton({ filter }: { filter: SessionFilter }) {
  const { t } = useReader();
  const { view } = useListView();
  const [hidden] = useStore<string[]>(COLUMNS_KEY, HIDDEN_AT_FIRST);
  const [ranks] = useStore<number[]>(`${COLUMNS_KEY}_columnRanks`);
  const query = { ...filter, sort: view.sort, columns: exportColumns(hidden, ranks) };
  return (
    <Button
      component="a"
      href={`/api/sessions/export${toSearch(query)}`}
      download
      startIcon={<DownloadOutlined />}
    >
      {t('sessions.download')}
    </Button>
  );
}
