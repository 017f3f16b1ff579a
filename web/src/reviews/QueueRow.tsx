import type { Queue, SessionListItem, SessionView } from '@recaudo/shared';
import { Box, Button, Link as MuiLink, Paper, Stack, Typography } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import { useNotify } from 'react-admin';
import { Link, useNavigate } from 'react-router-dom';
import { useCan, useSignedIn } from '../app/login-state.js';
import { MONO } from '../app/theme.js';
import { useData } from '../app/use-data.js';
import { copyText } from '../fields/Copyable.js';
import { Instant } from '../fields/Instant.js';
import { useReader } from '../fields/reader.js';
import { SessionStateChip, Tag } from '../fields/StateChip.js';
import { TimeLeft } from '../fields/TimeLeft.js';
import type { ActionName } from '../sessions/action-order.js';
import { payerName, sessionPath } from '../sessions/naming.js';
import { PaidOf } from '../sessions/PaidOf.js';

interface RowProps {
  queue: Queue;
  row: SessionListItem;
  onAct: (action: ActionName) => void;
}

/** One payment in a queue: who, how much is missing, until when, and what can be done about it right here. */
export function QueueRow({ queue, row, onAct }: RowProps) {
  const { t, amount } = useReader();
  const { sites } = useSignedIn();
  const site = sites.find((candidate) => candidate.id === row.siteId);
  const missing = row.amountMinor - row.approvedMinor;
  return (
    <Paper
      component="li"
      variant="outlined"
      aria-label={`${row.reference} ${payerName(row)}`}
      sx={{
        p: 1.5,
        display: 'grid',
        columnGap: 3,
        rowGap: 1,
        alignItems: 'center',
        gridTemplateColumns: {
          xs: 'minmax(0, 1fr)',
          sm: 'minmax(0, 1fr) minmax(0, 1fr)',
          lg: 'minmax(0, 1.2fr) minmax(0, 1fr) minmax(0, 1.2fr) 340px',
        },
      }}
    >
      <Box sx={{ minWidth: 0 }}>
        <MuiLink component={Link} to={sessionPath(row.id)} sx={{ fontFamily: MONO, fontSize: 13 }}>
          {row.reference}
        </MuiLink>
        <Typography variant="body2" noWrap sx={{ color: 'text.secondary' }}>
          {payerName(row)} · {site?.name ?? row.description}
        </Typography>
      </Box>
      <Box>
        <Typography sx={{ fontWeight: queue === 'confirm' ? 650 : 450 }}>
          <PaidOf row={row} />
        </Typography>
        {queue === 'confirm' ? null : (
          <Typography variant="body2" sx={{ color: 'text.secondary' }}>
            {t('queues.missing', { amount: amount(Math.max(missing, 0), row.currency) })}
          </Typography>
        )}
      </Box>
      <Stack
        direction="row"
        sx={{ columnGap: 1, rowGap: 0.5, alignItems: 'center', flexWrap: 'wrap', fontSize: 13 }}
      >
        {queue === 'remainder' ? <SessionStateChip state={row.state} /> : <Deadline row={row} />}
        {row.kind === 'dispersion' ? <Tag>{t('kinds.name.dispersion')}</Tag> : null}
        <Box component="span" sx={{ color: 'text.secondary' }}>
          {t(queue === 'remainder' ? 'queues.since' : 'queues.until')}{' '}
          <Instant value={deadlineOf(row)} byClock />
        </Box>
      </Stack>
      <RowActions queue={queue} row={row} onAct={onAct} />
    </Paper>
  );
}

function deadlineOf(row: SessionListItem): string {
  return row.queueAt ?? row.expiresAt;
}

function Deadline({ row }: { row: SessionListItem }) {
  return <TimeLeft until={deadlineOf(row)} />;
}

function RowActions({ queue, row, onAct }: RowProps) {
  const { t } = useReader();
  const mayOpen = useCan('sessions:create');
  const mayAgree = useCan('reviews:resolve');
  const mayConfirm = useCan('transactions:confirm');
  const mayRefund = useCan('transactions:reverse');
  const offered: Record<Queue, [ActionName, boolean][]> = {
    partial: [],
    remainder: [
      ['remainder', mayOpen],
      ['agree', mayAgree],
      ['refundPaid', mayRefund && row.approvedMinor > 0],
    ],
    confirm: [
      ['confirm', mayConfirm],
      ['cancelConfirmation', mayConfirm],
    ],
  };
  return (
    <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap', justifyContent: { lg: 'flex-end' } }}>
      {queue === 'partial' && mayOpen ? <CopyLink row={row} /> : null}
      {offered[queue]
        .filter(([, allowed]) => allowed)
        .map(([action]) => (
          <Button
            key={action}
            size="small"
            variant="outlined"
            aria-haspopup="dialog"
            aria-label={`${t(`sessions.action.${action}`)}: ${row.reference}`}
            onClick={() => onAct(action)}
          >
            {t(`sessions.action.${action}`)}
          </Button>
        ))}
    </Stack>
  );
}

/** The list carries no links: it is fetched when asked for. Where it cannot be copied, the payment shows it. */
function CopyLink({ row }: { row: SessionListItem }) {
  const { t } = useReader();
  const data = useData();
  const notify = useNotify();
  const navigate = useNavigate();
  const { mutate, isPending } = useMutation({
    mutationFn: async () => {
      const { data: session } = await data.getOne<SessionView>('sessions', { id: row.id });
      await copyText(session.order.linkUrl);
    },
    onSuccess: () => notify('queues.remind', { type: 'success' }),
    onError: () => void navigate(sessionPath(row.id)),
  });
  return (
    <Button
      size="small"
      variant="outlined"
      disabled={isPending}
      aria-label={`${t('queues.copy')}: ${row.reference}`}
      onClick={() => mutate()}
    >
      {t('queues.copy')}
    </Button>
  );
}
