import {
  createBatchSchema,
  MAX_BATCH_ROWS,
  type BatchKind,
  type BatchPreview,
  type BatchPreviewRequest,
} from '@recaudo/shared';
import { Alert, Box, Stack, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from 'react-router-dom';
import { checkFields } from '../app/check.js';
import { useData } from '../app/use-data.js';
import { Amount } from '../fields/Amount.js';
import { useReader, type Translate } from '../fields/reader.js';
import { Sums } from '../fields/Sums.js';
import { MoneyDialog, MoneyDialogFrame } from '../money/MoneyDialog.js';
import { ReasonInput } from '../money/ReasonInput.js';
import { batchPath } from '../sessions/naming.js';
import { rowWhy } from './why-words.js';

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
  const rows = ids.slice(0, MAX_BATCH_ROWS).map((transactionId) => ({ transactionId }));
  const { data: preview, error } = useQuery({
    queryKey: ['batches', 'preview', kind, ids],
    queryFn: () => data.previewBatch({ kind, rows }),
    gcTime: 0,
  });
  if (!preview) return <MoneyDialogFrame title={t(`batches.open.${kind}`)} error={error} onClose={onClose} />;
  return (
    <PreviewedDialog
      kind={kind}
      rows={rows}
      tooMany={ids.length > rows.length}
      preview={preview}
      onCreated={onCreated}
      onClose={onClose}
    />
  );
}

function PreviewedDialog({
  kind,
  rows,
  tooMany,
  preview,
  onCreated,
  onClose,
}: Pick<Props, 'kind' | 'onCreated' | 'onClose'> & {
  rows: BatchPreviewRequest['rows'];
  tooMany: boolean;
  preview: BatchPreview;
}) {
  const { t, amount } = useReader();
  const data = useData();
  const navigate = useNavigate();
  const possible = preview.rows.filter(({ why }) => why === null);
  const refused = preview.rows.filter(({ why }) => why !== null);
  const sums = preview.totals.map((sum) => amount(sum.amountMinor, sum.currency)).join(t('batches.and'));
  return (
    <MoneyDialog<{ reason: string }>
      title={t(`batches.open.${kind}`)}
      explained={t(`batches.explained_of.${kind}`)}
      facts={[
        [t('batches.can', { smart_count: possible.length }), <Sums key="sums" sums={preview.totals} />],
      ]}
      irrevocable={undoWords(preview, t)}
      first={{ reason: '' }}
      validate={(values) => checkFields(createBatchSchema.pick({ reason: true }), values)}
      label={() =>
        preview.needsApproval
          ? t('batches.ask', { smart_count: possible.length, sums })
          : t(`batches.act.${kind}`, { smart_count: possible.length, sums })
      }
      acting={t('batches.acting')}
      danger={kind === 'release'}
      blocked={possible.length === 0 || tooMany}
      send={async ({ reason }, key) => {
        const batch = await data.createBatch({ kind, rows, reason }, key);
        onCreated?.();
        void navigate(batchPath(batch.id));
        return null;
      }}
      onClose={onClose}
    >
      {tooMany ? <Alert severity="error">{t('batches.too_many')}</Alert> : null}
      {possible.length === 0 ? <Alert severity="error">{t('batches.none_possible')}</Alert> : null}
      {preview.needsApproval && possible.length > 0 ? (
        <Alert severity="warning">{t('batches.needs_approval')}</Alert>
      ) : null}
      {refused.length > 0 ? <Refused rows={refused} /> : null}
      {possible.length > 0 ? <Possible rows={possible} /> : null}
      <ReasonInput required autoFocus />
    </MoneyDialog>
  );
}

/** Until when it can be undone; one that needs approval is sent after that, not after this dialog. */
function undoWords({ undoMinutes, needsApproval }: BatchPreview, t: Translate): string {
  if (undoMinutes === 0) return t(needsApproval ? 'batches.no_undo_approved' : 'batches.no_undo');
  const words = needsApproval ? 'batches.undo_minutes_approved' : 'batches.undo_minutes';
  return t(words, { smart_count: undoMinutes });
}

type PreviewRow = BatchPreview['rows'][number];

function Refused({ rows }: { rows: PreviewRow[] }) {
  const { t } = useReader();
  return (
    <Alert severity="warning" sx={{ alignItems: 'flex-start' }}>
      <Typography sx={{ fontWeight: 600 }}>
        {t('batches.cannot', { smart_count: rows.length })}. {t('batches.cannot_explained')}
      </Typography>
      <Box component="ul" sx={{ m: 0, pl: 2, fontSize: 13, maxHeight: 160, overflow: 'auto' }} tabIndex={0}>
        {rows.map((row) => (
          <li key={row.transactionId}>
            <strong>{row.reference ?? row.transactionId.slice(0, 8)}</strong>
            {row.payerName ? ` · ${row.payerName}` : ''}: {rowWhy(row.why ?? 'unknown', t)}
          </li>
        ))}
      </Box>
    </Alert>
  );
}

function Possible({ rows }: { rows: PreviewRow[] }) {
  const { t } = useReader();
  return (
    <Box component="details" open={rows.length <= 6}>
      <Box component="summary" sx={{ cursor: 'pointer', fontSize: 13, color: 'text.secondary' }}>
        {t('batches.can', { smart_count: rows.length })}
      </Box>
      <Stack
        component="ul"
        tabIndex={0}
        sx={{ listStyle: 'none', m: 0, p: 0, fontSize: 13, maxHeight: 220, overflow: 'auto' }}
      >
        {rows.map((row) => (
          <Stack
            key={row.transactionId}
            component="li"
            direction="row"
            sx={{ gap: 2, justifyContent: 'space-between', borderTop: 1, borderColor: 'divider', py: '5px' }}
          >
            <Box component="span" sx={{ minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis' }}>
              {row.reference} · {row.payerName ?? '–'}
            </Box>
            {row.amountMinor !== null && row.currency ? (
              <Amount minor={row.amountMinor} currency={row.currency} />
            ) : null}
          </Stack>
        ))}
      </Stack>
    </Box>
  );
}
