import { approveSchema, rejectApprovalSchema, type ApprovalView, type Problem } from '@recaudo/shared';
import {
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  Link as MuiLink,
  Stack,
  Typography,
} from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { Link } from 'react-router-dom';
import { checkFields } from '../app/check.js';
import { SendButton, SendForm, TextInput } from '../app/form.js';
import { useData } from '../app/use-data.js';
import { FactList } from '../fields/FactList.js';
import { useReader } from '../fields/reader.js';
import { Sums } from '../fields/Sums.js';
import { ProblemAlert } from '../money/ProblemAlert.js';
import { batchPath, transactionPath } from '../sessions/naming.js';
import type { Decision } from './ApprovalCard.js';
import { ApprovalChip } from './ApprovalChip.js';
import { approvalFacts, approvalStanding, approvalSums, approvalTitle } from './approval-words.js';

interface Props {
  approval: ApprovalView;
  decision: Decision;
  onClose: () => void;
}

interface Typed {
  note: string;
}

/** The second person's word. Approving does it at once, and the dialog says what truly came of it. */
export function DecisionDialog({ approval, decision, onClose }: Props) {
  const reader = useReader();
  const { t, amount, list } = reader;
  const id = useId();
  const data = useData();
  const client = useQueryClient();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [decided, setDecided] = useState<ApprovalView | null>(null);
  const schema = decision === 'approve' ? approveSchema : rejectApprovalSchema;
  const sums = approvalSums(approval);
  const bodyOf = ({ note }: Typed) => ({ note: note.trim() || undefined });
  const send = async (values: Typed) => {
    setProblem(null);
    try {
      const { note } = bodyOf(values);
      setDecided(
        decision === 'approve'
          ? await data.approve(approval.id, note)
          : await data.rejectApproval(approval.id, note ?? ''),
      );
    } finally {
      void client.invalidateQueries();
    }
  };
  const name = approval.requestedBy;
  const explained =
    decision === 'approve'
      ? t(`approvals.approve_explained.${approval.kind}`, { name })
      : t('approvals.reject_explained', { name });
  const words = list(sums.map((sum) => amount(sum.amountMinor, sum.currency)));
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby={id}>
      <DialogTitle id={id}>
        {t(`approvals.${decision}_title`)}: {approvalTitle(approval, t).toLowerCase()}
      </DialogTitle>
      {decided ? (
        <Decided approval={decided} onClose={onClose} />
      ) : (
        <DialogContent>
          <Stack sx={{ gap: 2 }}>
            {problem ? <ProblemAlert problem={problem} /> : null}
            <Typography>{explained}</Typography>
            <FactList
              facts={[
                [t('money.amount'), <Sums key="sums" sums={sums} />],
                [t('sessions.fields.reference'), approval.reference],
                [t('transactions.asked_by'), approval.requestedBy],
                [t('money.reason'), approval.reason],
                ...approvalFacts(approval, reader),
              ]}
            />
            <SendForm<Typed>
              defaultValues={{ note: '' }}
              validate={(values) => checkFields(schema, bodyOf(values))}
              send={send}
              onProblem={setProblem}
              patient
            >
              <TextInput
                source="note"
                label={t(`approvals.${decision}_note`)}
                required={decision === 'reject'}
                autoFocus
                maxLength={300}
              />
              <SendButton
                label={
                  decision === 'approve'
                    ? t('approvals.approve_act', { amount: words })
                    : t('approvals.reject')
                }
                sending={t(decision === 'approve' ? 'approvals.approving' : 'approvals.rejecting')}
                cancel={<Button onClick={onClose}>{t('acts.keep')}</Button>}
              />
            </SendForm>
          </Stack>
        </DialogContent>
      )}
    </Dialog>
  );
}

function Decided({ approval, onClose }: { approval: ApprovalView; onClose: () => void }) {
  const { t, clock } = useReader();
  const note = approval.note ?? '';
  const why =
    approval.state === 'failed' ? t(`problems.title.${note}`, { _: t(`why.${note}`, { _: note }) }) : '';
  const standing = approvalStanding(approval);
  const said = approval.kind === 'batch' && approval.state === 'done' ? 'scheduled' : standing;
  const plannedAt = approval.operation?.plannedAt;
  return (
    <>
      <DialogContent>
        <Stack role="status" sx={{ gap: 1.5, alignItems: 'flex-start' }}>
          <ApprovalChip approval={approval} />
          <Typography sx={{ fontSize: 15 }}>
            {t(`approvals.said.${said}`, {
              note: why,
              at: plannedAt ? clock(plannedAt) : '',
            })}
          </Typography>
          {approval.targetType === 'batch' ? (
            <MuiLink component={Link} to={batchPath(approval.targetId)}>
              {t('money.see_batch')}
            </MuiLink>
          ) : null}
          {approval.transactionId ? (
            <MuiLink component={Link} to={transactionPath(approval.transactionId)}>
              {t(standing === 'done' ? 'approvals.result' : 'money.see_operation')}
            </MuiLink>
          ) : null}
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button variant="contained" onClick={onClose} autoFocus>
          {t('acts.close')}
        </Button>
      </DialogActions>
    </>
  );
}
