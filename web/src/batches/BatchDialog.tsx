import {
  batchReasonSchema,
  MAX_BATCH_ROWS,
  type BatchKind,
  type BatchPreview,
  type CreateBatch,
} from '@recaudo/shared';
import { Alert } from '@mui/material';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { checkFields } from '../app/check.js';
import { useData } from '../app/use-data.js';
import { useReader, type Translate } from '../fields/reader.js';
import { Sums } from '../fields/Sums.js';
import { MoneyDialog, MoneyDialogFrame } from '../money/MoneyDialog.js';
import { ReasonInput } from '../money/ReasonInput.js';
import { useDebounced } from '../money/use-debounced.js';
import { batchPath } from '../sessions/naming.js';
import { Possible, Refused } from './PreviewRows.js';
import { isUnread, refusesEdited, rowsOf, withAmount, type Edited } from './row-amounts.js';

/** As long as people pause between two figures. */
const TYPING_MS = 400;

interface Props {
  kind: BatchKind;
  /** The payments to refund, or the holds. */
  ids: string[];
  /** The batch exists: what was chosen for it need not stay chosen. */
  onCreated?: () => void;
  onClose: () => void;
}

/** Many at once: totals per currency, what cannot be done and why, one reason, one confirmation; then its own page. */
export function BatchDialog({ kind, ids, onCreated, onClose }: Props) {
  const { t } = useReader();
  const data = useData();
  const asked = ids.slice(0, MAX_BATCH_ROWS);
  const { data: preview, error } = useQuery({
    queryKey: ['batches', 'preview', kind, ids],
    queryFn: () => data.previewBatch({ kind, rows: rowsOf(asked, {}) }),
    gcTime: 0,
  });
  if (!preview) return <MoneyDialogFrame title={t(`batches.open.${kind}`)} error={error} onClose={onClose} />;
  return (
    <PreviewedDialog
      kind={kind}
      ids={asked}
      tooMany={ids.length > asked.length}
      whole={preview}
      onCreated={onCreated}
      onClose={onClose}
    />
  );
}

function PreviewedDialog({
  kind,
  ids,
  tooMany,
  whole,
  onCreated,
  onClose,
}: Props & { tooMany: boolean; whole: BatchPreview }) {
  const { t, amount, list } = useReader();
  const data = useData();
  const navigate = useNavigate();
  const { edited, onAmount, preview, ready } = useAmounts(kind, ids, whole);
  // Rows keep their place while amounts are typed: what could not be done from the first is told apart.
  const [offered] = useState(() => whole.rows.filter(({ why }) => why === null));
  const [refused] = useState(() => whole.rows.filter(({ why }) => why !== null));
  const now = useMemo(() => new Map(preview.rows.map((row) => [row.transactionId, row])), [preview]);
  const possible = preview.rows.filter(({ why }) => why === null).length;
  // While an amount is being typed the sums are of what stood there before.
  const sums = ready ? list(preview.totals.map((sum) => amount(sum.amountMinor, sum.currency))) : '…';
  const later = latersOf(preview, t);
  return (
    <MoneyDialog<Pick<CreateBatch, 'reason'>>
      title={t(`batches.open.${kind}`)}
      explained={t(`batches.explained_of.${kind}`)}
      facts={[
        [
          t('batches.can', { smart_count: possible }),
          ready ? <Sums key="sums" sums={preview.totals} /> : sums,
        ],
      ]}
      irrevocable={undoWords(preview, t)}
      first={{ reason: '' }}
      validate={(values) => checkFields(batchReasonSchema, values)}
      label={() =>
        t(preview.needsApproval ? 'batches.ask' : `batches.act.${kind}`, { smart_count: possible, sums })
      }
      acting={t('batches.acting')}
      danger={kind === 'release'}
      blocked={possible === 0 || tooMany || !ready || refusesEdited(preview, edited)}
      send={async ({ reason }, key) => {
        const batch = await data.createBatch({ kind, rows: rowsOf(ids, edited), reason }, key);
        onCreated?.();
        void navigate(batchPath(batch.id));
        return null;
      }}
      onClose={onClose}
    >
      {tooMany ? <Alert severity="error">{t('batches.too_many')}</Alert> : null}
      {possible === 0 ? <Alert severity="error">{t('batches.none_possible')}</Alert> : null}
      {preview.needsApproval && possible > 0 ? (
        <Alert severity="warning">{t('batches.needs_approval')}</Alert>
      ) : null}
      {later ? <Alert severity="info">{later}</Alert> : null}
      {refused.length > 0 ? <Refused rows={refused} /> : null}
      {offered.length > 0 ? (
        <Possible rows={offered} now={now} onAmount={kind === 'reverse' ? onAmount : undefined} />
      ) : null}
      <ReasonInput required autoFocus />
    </MoneyDialog>
  );
}

/** How many of them are not sent at once, and why. */
function latersOf({ rows }: BatchPreview, t: Translate): string {
  const count = (route: 'wait' | 'letter'): number =>
    rows.filter(({ later }) => later?.route === route).length;
  const [letters, waits] = [count('letter'), count('wait')];
  return [
    ...(letters > 0 ? [t('batches.by_letter', { smart_count: letters })] : []),
    ...(waits > 0 ? [t('batches.waiting', { smart_count: waits })] : []),
  ]
    .map((words) => `${words}.`)
    .join(' ');
}

/** What was typed per row, and what the batch would do with it; ready once both are about the same amounts. */
function useAmounts(kind: BatchKind, ids: string[], whole: BatchPreview) {
  const data = useData();
  const [edited, setEdited] = useState<Edited>({});
  const asked = useDebounced(edited, TYPING_MS);
  const { data: changed, isFetching } = useQuery({
    queryKey: ['batches', 'preview', kind, ids, asked],
    queryFn: () => data.previewBatch({ kind, rows: rowsOf(ids, asked) }),
    enabled: Object.keys(asked).length > 0 && !isUnread(asked),
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
  const onAmount = useCallback(
    (row: { transactionId: string; amountMinor: number }, amountMinor: number | null) =>
      setEdited((before) => withAmount(before, row.transactionId, amountMinor, row.amountMinor)),
    [],
  );
  const untouched = Object.keys(asked).length === 0;
  return {
    edited,
    onAmount,
    preview: untouched ? whole : (changed ?? whole),
    ready: !isUnread(edited) && edited === asked && (untouched || (changed !== undefined && !isFetching)),
  };
}

/** Until when it can be undone; one that needs approval is sent after that, not after this dialog. */
function undoWords({ undoMinutes, needsApproval }: BatchPreview, t: Translate): string {
  if (undoMinutes === 0) return t(needsApproval ? 'batches.no_undo_approved' : 'batches.no_undo');
  const words = needsApproval ? 'batches.undo_minutes_approved' : 'batches.undo_minutes';
  return t(words, { smart_count: undoMinutes });
}
