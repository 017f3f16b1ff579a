import type { ScheduleListItem } from '@recaudo/shared';
import { Box, Button, Stack } from '@mui/material';
import { lazy, type ReactElement } from 'react';
import { useSignedIn } from '../app/login-state.js';
import { Amount } from '../fields/Amount.js';
import { Clip, ClipMethod } from '../fields/Clip.js';
import { useReader } from '../fields/reader.js';
import { RowCards } from '../list/RowCards.js';
import { RowId, RowLink, RowsTable, type Column } from '../list/RowsTable.js';
import { payerName, schedulePath } from '../sessions/naming.js';
import type { ListedAct } from './acts/ScheduleDialog.js';
import { ScheduleChips } from './chips.js';
import { chargedMethod } from './method-words.js';
import { NextCharge } from './NextCharge.js';
import { rhythmWords } from './rhythm.js';

/** Where the store keeps which columns are hidden. */
export const COLUMNS_KEY = 'schedules.columns';
const HIDDEN_AT_FIRST = ['site', 'payerEmail', 'payerDocument', 'id'];

const SchedulePeek = lazy(() => import('./SchedulePeek.js'));

interface Props {
  empty: ReactElement;
  /** Null for who may not. */
  onAct: ((schedule: ScheduleListItem, act: ListedAct) => void) | null;
}

const goesOn = ({ state }: ScheduleListItem): boolean => state === 'active' || state === 'paused';

/** c cancels the active row, m changes what it charges. */
export function ScheduleTable({ empty, onAct }: Props) {
  const { t } = useReader();
  const columns = useColumns();
  const acts: Column<ScheduleListItem> = {
    source: 'acts',
    label: t('sessions.actions'),
    floats: true,
    render: (row) => (onAct && goesOn(row) ? <RowActs row={row} onAct={onAct} hidden /> : null),
  };
  const key = (act: ListedAct) => (row: ScheduleListItem) => goesOn(row) && onAct?.(row, act);
  return (
    <RowsTable
      name={t('rooms.schedules')}
      title={t('schedules.keys')}
      columns={onAct ? [...columns, acts] : columns}
      columnsKey={COLUMNS_KEY}
      hiddenAtFirst={HIDDEN_AT_FIRST}
      path={schedulePath}
      empty={empty}
      selectable={null}
      peek={(id) => <SchedulePeek id={id} />}
      acts={{ c: key('cancel'), m: key('instrument') }}
    />
  );
}

function useColumns(): Column<ScheduleListItem>[] {
  const { t, language } = useReader();
  const { sites } = useSignedIn();
  return [
    { source: 'plan', label: t('schedules.plan'), render: ({ plan }) => <Clip text={plan} width={140} /> },
    { source: 'payerName', render: (row) => <Clip text={payerName(row)} width={125} /> },
    {
      source: 'reference',
      render: (row) => <RowLink to={schedulePath(row.id)} text={row.reference} width={150} />,
    },
    {
      source: 'amount',
      align: 'right',
      render: ({ amountMinor, currency }) => <Amount minor={amountMinor} currency={currency} />,
    },
    {
      source: 'rhythm',
      label: t('schedules.rhythm'),
      render: (row) => <Clip text={rhythmWords(row, { t, language })} width={150} />,
    },
    { source: 'next', label: t('schedules.next'), render: (row) => <NextCharge schedule={row} /> },
    {
      source: 'method',
      label: t('schedules.method'),
      render: ({ instrument }) => <ClipMethod method={chargedMethod(instrument)} width={130} />,
    },
    {
      source: 'state',
      render: (row) => (
        <Stack direction="row" sx={{ gap: 0.5 }}>
          <ScheduleChips schedule={row} />
        </Stack>
      ),
    },
    {
      source: 'site',
      render: ({ siteId }) => <Clip text={sites.find(({ id }) => id === siteId)?.name ?? '–'} width={130} />,
    },
    { source: 'payerEmail', render: ({ payer }) => payer.email ?? '–' },
    { source: 'payerDocument', render: ({ payer }) => payer.document ?? '–' },
    { source: 'id', render: (row) => <RowId id={row.id} /> },
  ];
}

function RowActs({
  row,
  onAct,
  hidden = false,
}: {
  row: ScheduleListItem;
  onAct: NonNullable<Props['onAct']>;
  /** They show themselves to whoever points at the row. */
  hidden?: boolean;
}) {
  const { t } = useReader();
  const acts: ListedAct[] = row.endsOn ? ['keep', 'instrument'] : ['cancel', 'instrument'];
  return (
    <Box sx={{ whiteSpace: 'nowrap' }}>
      {acts.map((act) => (
        <Button
          key={act}
          className={hidden ? 'row-act' : undefined}
          size="small"
          color={act === 'cancel' ? 'error' : 'primary'}
          aria-haspopup="dialog"
          aria-label={`${t(`schedules.action.${act}`)}: ${row.reference}`}
          onClick={(event) => {
            event.stopPropagation();
            onAct(row, act);
          }}
          sx={{ minHeight: 28, py: 0 }}
        >
          {t(`schedules.row.${act}`)}
        </Button>
      ))}
    </Box>
  );
}

export function ScheduleCards({ empty, onAct }: Props) {
  const { t, language } = useReader();
  return (
    <RowCards<ScheduleListItem>
      name={t('rooms.schedules')}
      path={schedulePath}
      empty={empty}
      face={(row) => ({
        amount: (
          <>
            <Amount minor={row.amountMinor} currency={row.currency} />{' '}
            <Box component="span" sx={{ fontSize: 13, fontWeight: 450, color: 'text.secondary' }}>
              {rhythmWords(row, { t, language })}
            </Box>
          </>
        ),
        state: (
          <Stack direction="row" sx={{ gap: 0.5, flexWrap: 'wrap', justifyContent: 'flex-end' }}>
            <ScheduleChips schedule={row} />
          </Stack>
        ),
        reference: row.reference,
        at: <NextCharge schedule={row} />,
        words: (
          <>
            {row.plan} · {payerName(row)} · {chargedMethod(row.instrument)}
          </>
        ),
        acts: onAct && goesOn(row) ? <RowActs row={row} onAct={onAct} /> : null,
      })}
    />
  );
}
