import { Box, useMediaQuery, type Theme } from '@mui/material';
import { Fragment, useEffect, type ReactNode } from 'react';
import { ListBase, useStore, type RaRecord } from 'react-admin';
import { saidOnThePage } from '../app/data-provider.js';
import { FreshBar } from './FreshBar.js';
import { ListFooter, type SumOf } from './ListFooter.js';
import type { ListView } from './list-view.js';

const PER_PAGE = 25;

/** What the frame itself follows; a list without a choice of order has none. */
type ShownPart = Pick<ListView, 'q' | 'cursor'> & Partial<Pick<ListView, 'sort'>>;

interface Props<Row, View> {
  resource: string;
  filter: object;
  view: View;
  /** The view as the search part of the URL. */
  write: (view: View) => string;
  go: (cursor: string | null) => void;
  /** What of a row people would want to hear of. */
  mark: (row: Row) => string;
  /** At the foot; null: the rows are no money. */
  sum: SumOf<Row> | null;
  /** Heading and tabs. */
  head: ReactNode;
  table: ReactNode;
  cards: ReactNode;
  /** Dialogs over the list. */
  children?: ReactNode;
}

/** A list follows the URL alone: filters, order and cursor. react-admin's own page number stays 1. */
export function ListFrame<Row extends RaRecord<string>, View extends ShownPart>(props: Props<Row, View>) {
  const { resource, filter, view, write, go, mark, sum, head, table, cards, children } = props;
  const narrow = useMediaQuery((theme: Theme) => theme.breakpoints.down('md'));
  useRememberScope(resource, write({ ...view, q: '', cursor: null }));
  return (
    <ListBase
      resource={resource}
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
        {head}
        <FreshBar<Row> resource={resource} filter={filter} perPage={PER_PAGE} view={view} mark={mark} />
        {/* Other rows start with none of them active. */}
        {narrow ? cards : <Fragment key={write(view)}>{table}</Fragment>}
        <ListFooter<Row> atFirst={view.cursor === null} go={go} sum={sum} />
      </Box>
      {children}
    </ListBase>
  );
}

/** The scope is remembered for the way back; a search or a page is not. */
function useRememberScope(resource: string, scope: string) {
  const [, setLastScope] = useStore<string>(`${resource}.lastScope`, '');
  useEffect(() => {
    setLastScope(scope);
  }, [scope, setLastScope]);
}
