import ViewSidebarOutlined from '@mui/icons-material/ViewSidebarOutlined';
import { Box, IconButton, Link as MuiLink } from '@mui/material';
import { useEffect, useRef, useState, type ReactElement, type ReactNode } from 'react';
import { DataTable, useListContext, type RaRecord } from 'react-admin';
import { Link, useNavigate } from 'react-router-dom';
import { ProblemPanel, RowsSkeleton } from '../app/PageStates.js';
import { MONO } from '../app/theme.js';
import { clipped } from '../fields/Clip.js';
import { useReader } from '../fields/reader.js';
import { PeekPanel } from './PeekPanel.js';
import { useListKeys } from './use-list-keys.js';

export interface Column<Row> {
  source: string;
  /** Without one it is called as the field is called everywhere. */
  label?: string;
  align?: 'right';
  /** It takes no room: over the end of the row that is pointed at it shows itself. */
  floats?: boolean;
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
  /** The active row in brief, beside the list. */
  peek?: (id: string) => ReactNode;
  /** What else a single letter does to the active row. */
  acts?: Record<string, (row: Row) => void>;
}

/** 40 px rows under a head that stays; j and k move, Enter opens, p peeks, x selects. */
export function RowsTable<Row extends RaRecord<string>>(props: Props<Row>) {
  const { name, title, columns, columnsKey, hiddenAtFirst, path, empty, selectable } = props;
  const { peek, acts = {} } = props;
  const [peeking, setPeeking] = useState(false);
  const { t } = useReader();
  const { data, error, isPending, refetch, onToggleItem } = useListContext<Row>();
  const navigate = useNavigate();
  const wrapper = useRef<HTMLDivElement>(null);
  const onRow = (act: (row: Row) => void) => (index: number) => data?.[index] && act(data[index]);
  const [active, activate] = useListKeys({
    count: data?.length ?? 0,
    onOpen: onRow((row) => void navigate(path(row.id))),
    onToggle: onRow((row) => selectable?.(row) && onToggleItem(row.id)),
    onPeek: peek && ((open) => setPeeking(open === 'toggle' ? !peeking : open)),
    acts: Object.fromEntries(Object.entries(acts).map(([letter, act]) => [letter, onRow(act)])),
  });
  useEffect(() => {
    wrapper.current?.querySelectorAll('tbody tr')[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  if (error) return <ProblemPanel error={error} retry={() => void refetch()} />;
  if (isPending) return <RowsSkeleton rows={12} />;
  const peeked = peeking ? data[active] : undefined;
  const peekAt = (id: string) => {
    activate(data.findIndex((row) => row.id === id));
    setPeeking(id !== peeked?.id);
  };
  return (
    <Box sx={{ flex: 1, minHeight: 160, display: 'flex' }}>
      <Box
        ref={wrapper}
        sx={{
          flex: 1,
          minWidth: 0,
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
          {columns.map(({ source, label = t(`sessions.fields.${source}`), align, render, floats }) => (
            <DataTable.Col
              key={source}
              source={source}
              disableSort
              align={align}
              label={
                floats ? (
                  <Box className="row-floats-head" sx={SPOKEN_ONLY}>
                    {label}
                  </Box>
                ) : (
                  label
                )
              }
              render={floats ? (row: Row) => <Box className="row-floats">{render?.(row)}</Box> : render}
            />
          ))}
          {peek ? (
            <DataTable.Col
              source="peek"
              disableSort
              label={<Box sx={SPOKEN_ONLY}>{t('acts.peek')}</Box>}
              render={(row: Row) => (
                <PeekButton reference={String(row.reference)} onPeek={() => peekAt(row.id)} />
              )}
            />
          ) : null}
        </DataTable>
      </Box>
      {peek && peeked ? <PeekPanel onClose={() => setPeeking(false)}>{peek(peeked.id)}</PeekPanel> : null}
    </Box>
  );
}

function PeekButton({ reference, onPeek }: { reference: string; onPeek: () => void }) {
  const { t } = useReader();
  return (
    <IconButton
      className="row-act"
      size="small"
      aria-label={t('acts.peek_at', { reference })}
      title={t('acts.peek')}
      sx={{ bgcolor: 'background.paper', '&:hover': { bgcolor: 'background.default' } }}
      onClick={(event) => {
        event.stopPropagation();
        onPeek();
      }}
    >
      <ViewSidebarOutlined fontSize="small" />
    </IconButton>
  );
}

const SPOKEN_ONLY = { position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' };

/** A row's act shows itself to whoever points at the row or comes by keyboard; to a finger always. */
const ROWS = {
  // Where the columns are too wide together, it floats over the last one.
  '& .column-peek': { position: 'sticky', right: 0, width: 36, p: 0 },
  '& td:has(a.row-link)': { fontFamily: MONO, fontSize: 12.5 },
  '@media (hover: hover)': {
    '& .row-act, & .row-floats': { opacity: 0 },
    '& tr:hover :is(.row-act, .row-floats), & .row-act:focus-visible, & .row-floats:focus-within': {
      opacity: 1,
    },
    '& td:has(> .row-floats)': { position: 'sticky', right: 36, width: 0, p: 0 },
    '& th:has(.row-floats-head)': { width: 0, p: 0 },
    '& .row-floats': {
      ...{ position: 'absolute', right: 0, top: 0, bottom: 0, display: 'flex', alignItems: 'center' },
      ...{ bgcolor: 'background.paper', pl: 1 },
    },
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
      sx={clipped(width)}
    >
      {text}
    </MuiLink>
  );
}

/** An id is for whoever copies it, not for reading. */
export function RowId({ id }: { id: string }) {
  return <Box sx={{ fontFamily: MONO, fontSize: 12 }}>{id}</Box>;
}
