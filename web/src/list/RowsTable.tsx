import { Box, Link as MuiLink } from '@mui/material';
import { useEffect, useRef, type ReactElement, type ReactNode } from 'react';
import { DataTable, useListContext, type RaRecord } from 'react-admin';
import { Link, useNavigate } from 'react-router-dom';
import { ProblemPanel, RowsSkeleton } from '../app/PageStates.js';
import { MONO } from '../app/theme.js';
import { useReader } from '../fields/reader.js';
import { useListKeys } from './use-list-keys.js';

export interface Column<Row> {
  source: string;
  /** Without one it is called as the field is called everywhere. */
  label?: string;
  align?: 'right';
  /** Without one the field is shown as it is. */
  render?: (row: Row) => ReactNode;
}

interface Props<Row> {
  name: string;
  /** What the pointer is told of the keys. */
  title?: string;
  columns: readonly Column<Row>[];
  /** Where the store keeps which columns are hidden. */
  columnsKey: string;
  hiddenAtFirst: string[];
  path: (id: string) => string;
  empty: ReactElement;
  /** Which rows can be chosen; null: none, and no boxes are shown. */
  selectable: ((row: Row) => boolean) | null;
  /** What else a single letter does to the active row. */
  acts?: Record<string, (row: Row) => void>;
}

/** 40 px rows under a head that stays; j and k move, Enter opens, x selects. */
export function RowsTable<Row extends RaRecord<string>>(props: Props<Row>) {
  const { name, title, columns, columnsKey, hiddenAtFirst, path, empty, selectable, acts = {} } = props;
  const { t } = useReader();
  const { data, error, isPending, refetch, onToggleItem } = useListContext<Row>();
  const navigate = useNavigate();
  const wrapper = useRef<HTMLDivElement>(null);
  const onRow = (act: (row: Row) => void) => (index: number) => data?.[index] && act(data[index]);
  const active = useListKeys({
    count: data?.length ?? 0,
    onOpen: onRow((row) => void navigate(path(row.id))),
    onToggle: onRow((row) => selectable?.(row) && onToggleItem(row.id)),
    acts: Object.fromEntries(Object.entries(acts).map(([letter, act]) => [letter, onRow(act)])),
  });
  useEffect(() => {
    wrapper.current?.querySelectorAll('tbody tr')[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  if (error) return <ProblemPanel error={error} retry={() => void refetch()} />;
  if (isPending) return <RowsSkeleton rows={12} />;
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
      <DataTable<Row>
        storeKey={columnsKey}
        hiddenColumns={hiddenAtFirst}
        rowClick="show"
        bulkActionButtons={selectable ? <span /> : false}
        bulkActionsToolbar={<span />}
        isRowSelectable={selectable ?? undefined}
        empty={empty}
        aria-label={name}
        title={title}
        rowSx={(_, index) =>
          index === active ? { bgcolor: 'action.selected', boxShadow: 'inset 3px 0 0 currentColor' } : {}
        }
        sx={ROWS}
      >
        {columns.map(({ source, label, align, render }) => (
          <DataTable.Col
            key={source}
            source={source}
            disableSort
            align={align}
            label={label ?? t(`sessions.fields.${source}`)}
            render={render}
          />
        ))}
      </DataTable>
    </Box>
  );
}

/** A row's act shows itself to whoever points at the row or comes by keyboard; to a finger always. */
const ROWS = {
  '& tr > :last-child': { pr: 2 },
  '& td:has(a.row-link)': { fontFamily: MONO, fontSize: 12.5 },
  '@media (hover: hover)': {
    '& .row-act': { opacity: 0 },
    '& tr:hover .row-act, & .row-act:focus-visible': { opacity: 1 },
  },
} as const;

/** The row's link for keyboards and screen readers; the whole row may be clicked as well. */
export function RowLink({ to, text, width }: { to: string; text: string; width: number }) {
  return (
    <MuiLink
      component={Link}
      className="row-link"
      to={to}
      onClick={(event) => event.stopPropagation()}
      color="inherit"
      title={text}
      sx={{
        display: 'block',
        maxWidth: width,
        overflow: 'hidden',
        textOverflow: 'ellipsis',
        whiteSpace: 'nowrap',
      }}
    >
      {text}
    </MuiLink>
  );
}

/** An id is for whoever copies it, not for reading. */
export function RowId({ id }: { id: string }) {
  return <Box sx={{ fontFamily: MONO, fontSize: 12 }}>{id}</Box>;
}
