import type { ApprovalView } from '@recaudo/shared';
import { Box, Button, Link as MuiLink, Paper, Stack, Typography } from '@mui/material';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNotify } from 'react-admin';
import { Link } from 'react-router-dom';
import { problemOf } from '../app/api.js';
import { useSignedIn } from '../app/login-state.js';
import { useData } from '../app/use-data.js';
import { Instant } from '../fields/Instant.js';
import { useReader, type Translate } from '../fields/reader.js';
import { Sums } from '../fields/Sums.js';
import { TimeLeft } from '../fields/TimeLeft.js';
import { batchPath, instrumentPath, sessionPath, transactionPath } from '../sessions/naming.js';
import { ApprovalChip } from './ApprovalChip.js';
import { approvalFacts, approvalStanding, approvalSums, approvalTitle } from './approval-words.js';

export type Decision = 'approve' | 'reject';

interface Props {
  approval: ApprovalView;
  onDecide: (decision: Decision) => void;
}

/** What is asked, by whom, why and how much; decided right here by whoever may. */
export function ApprovalCard({ approval, onDecide }: Props) {
  const reader = useReader();
  const { t, instant } = reader;
  const { sites } = useSignedIn();
  const site = sites.find((candidate) => candidate.id === approval.siteId);
  const title = approvalTitle(approval, t);
  const target = {
    batch: batchPath,
    transaction: transactionPath,
    instrument: instrumentPath,
    session: sessionPath,
  }[approval.targetType];
  return (
    <Paper
      component="li"
      variant="outlined"
      aria-label={`${title} ${approval.reference ?? ''}`}
      sx={{ p: 2, listStyle: 'none' }}
    >
      <Stack direction="row" sx={{ columnGap: 1.5, rowGap: 0.5, alignItems: 'center', flexWrap: 'wrap' }}>
        <ApprovalChip approval={approval} />
        <Typography component="span" sx={{ fontWeight: 600 }}>
          {title}
        </Typography>
        <Sums sums={approvalSums(approval)} />
        <MuiLink component={Link} to={target(approval.targetId)}>
          {approval.reference ?? t('approvals.target')}
        </MuiLink>
        {approval.state === 'waiting' ? (
          <Box component="span" sx={{ ml: 'auto' }}>
            <TimeLeft until={approval.expiresAt} />
          </Box>
        ) : null}
      </Stack>
      <Typography variant="body2" sx={{ mt: 1, color: 'text.secondary' }}>
        {t('approvals.asked', { name: approval.requestedBy, at: instant(approval.requestedAt) })} ·{' '}
        {site?.name}
      </Typography>
      {approval.reason ? <Typography sx={{ mt: 0.5, maxWidth: 780 }}>«{approval.reason}»</Typography> : null}
      {approvalFacts(approval, reader).map(([name, words]) => (
        <Typography key={words} variant="body2" sx={{ mt: 0.5 }}>
          {name}: {words}
        </Typography>
      ))}
      {approval.decidedBy && approval.decidedAt ? <Decided approval={approval} /> : null}
      {approval.state === 'expired' && approval.note ? (
        <Typography variant="body2" sx={{ mt: 1, color: 'text.secondary' }}>
          {t('approvals.moot', { why: noteWords(approval.note, t) })}
        </Typography>
      ) : null}
      {approval.state === 'waiting' ? <Acts approval={approval} title={title} onDecide={onDecide} /> : null}
    </Paper>
  );
}

function Decided({ approval }: { approval: ApprovalView }) {
  const { t, clock } = useReader();
  const standing = approvalStanding(approval);
  const plannedAt = approval.operation?.plannedAt;
  return (
    <Typography variant="body2" sx={{ mt: 1, color: 'text.secondary' }}>
      {standing === 'planned' && plannedAt ? `${t('approvals.planned', { at: clock(plannedAt) })} · ` : ''}
      {approval.decidedBy} · <Instant value={approval.decidedAt} />
      {approval.note ? ` · «${noteWords(approval.note, t)}»` : ''}
      {approval.transactionId ? (
        <>
          {' · '}
          <MuiLink component={Link} underline="always" to={transactionPath(approval.transactionId)}>
            {t(standing === 'done' ? 'approvals.result' : 'money.see_operation')}
          </MuiLink>
        </>
      ) : null}
    </Typography>
  );
}

/** What a person wrote, or, as a key, why it could not be done. */
const noteWords = (note: string, t: Translate): string =>
  ['problems.title', 'problems.field', 'why'].reduceRight(
    (words, kind) => t(`${kind}.${note}`, { _: words }),
    note,
  );

function Acts({ approval, title, onDecide }: Props & { title: string }) {
  const { t } = useReader();
  const name = `${title} ${approval.reference ?? ''}`;
  return (
    <Stack direction="row" sx={{ gap: 1, mt: 1.5, flexWrap: 'wrap', alignItems: 'center' }}>
      {approval.canDecide ? (
        <>
          <Button
            size="small"
            variant="outlined"
            aria-haspopup="dialog"
            aria-label={`${t('approvals.approve')}: ${name}`}
            onClick={() => onDecide('approve')}
          >
            {t('approvals.approve')}
          </Button>
          <Button
            size="small"
            color="error"
            aria-haspopup="dialog"
            aria-label={`${t('approvals.reject')}: ${name}`}
            onClick={() => onDecide('reject')}
          >
            {t('approvals.reject')}
          </Button>
        </>
      ) : approval.why ? (
        <Typography variant="body2" sx={{ color: 'text.secondary' }}>
          {t(`approvals.why.${approval.why}`, { _: t('why.unknown') })}
        </Typography>
      ) : null}
      {approval.canWithdraw ? <WithdrawButton id={approval.id} name={name} /> : null}
    </Stack>
  );
}

/** Whoever asked may take the question back: nothing was sent yet. */
function WithdrawButton({ id, name }: { id: string; name: string }) {
  const { t } = useReader();
  const data = useData();
  const client = useQueryClient();
  const notify = useNotify();
  const { mutate, isPending } = useMutation({
    mutationFn: () => data.withdrawApproval(id),
    onSuccess: () => notify('approvals.withdrawn', { type: 'success' }),
    onError: (error) =>
      notify(`problems.help.${problemOf(error).code}`, {
        type: 'error',
        messageArgs: { _: t('problems.help.internal') },
      }),
    onSettled: () => client.invalidateQueries(),
  });
  return (
    <Button
      size="small"
      disabled={isPending}
      aria-label={`${t('approvals.withdraw')}: ${name}`}
      onClick={() => mutate()}
    >
      {t('approvals.withdraw')}
    </Button>
  );
}
