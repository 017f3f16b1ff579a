import type { Problem, SessionView } from '@recaudo/shared';
import HelpOutlined from '@mui/icons-material/HelpOutlined';
import {
  Alert,
  AlertTitle,
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  Stack,
  Typography,
  type Theme,
} from '@mui/material';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState, type ReactNode } from 'react';
import { problemOf } from '../../app/api.js';
import { helpWords, RequestId } from '../../app/problem-words.js';
import { FactList } from '../../fields/FactList.js';
import { useReader } from '../../fields/reader.js';
import { StandsNow } from './StandsNow.js';

/** An answer that never came: it may have been done. */
const OUR_SILENCE = new Set(['timeout', 'offline']);

interface Props {
  title: string;
  explained: string;
  facts: [name: string, value: ReactNode][];
  /** The button names the act and the amount. */
  label: string;
  acting: string;
  session: SessionView;
  /** Does it once; the key is the same for every try of this dialog, so that a repetition is the same act. */
  act: (key: string) => Promise<SessionView>;
  onDone: (fresh: SessionView) => void;
  onClose: () => void;
  children?: ReactNode;
  danger?: boolean;
}

/**
 * An act that cannot be taken back: what will happen, to whom, how much; one button. While it runs the dialog stays
 * and says so. A refusal is shown with how the payment truly stands; silence is never shown as a result.
 */
export function ActDialog({ session, act, onDone, onClose, ...props }: Props) {
  const { t } = useReader();
  const id = useId();
  const client = useQueryClient();
  const [key] = useState(() => crypto.randomUUID());
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => act(key),
    onSuccess: onDone,
    // Also after a refusal: the server asked the gateway anew, or somebody else was quicker.
    onSettled: () => client.invalidateQueries(),
  });
  const problem = error ? problemOf(error) : null;
  const close = () => {
    if (!isPending) onClose();
  };
  return (
    <Dialog open onClose={close} fullWidth maxWidth="sm" aria-labelledby={id}>
      <DialogTitle id={id}>{props.title}</DialogTitle>
      <DialogContent>
        <Stack sx={{ gap: 2 }}>
          {problem ? (
            <ActProblem problem={problem} sessionId={session.id} />
          ) : (
            <>
              <Typography>{props.explained}</Typography>
              <FactList facts={props.facts} />
              {props.children}
            </>
          )}
          <Typography role="status" variant="body2" sx={{ color: 'text.secondary', minHeight: 20 }}>
            {isPending ? t('acts.waiting') : ''}
          </Typography>
        </Stack>
      </DialogContent>
      <DialogActions sx={{ flexWrap: 'wrap', gap: 1 }}>
        <Button onClick={close} disabled={isPending} autoFocus>
          {t(problem ? 'acts.close' : 'acts.keep')}
        </Button>
        {problem ? null : (
          <Button
            variant="contained"
            color={props.danger ? 'error' : 'primary'}
            disabled={isPending}
            onClick={() => mutate()}
          >
            {isPending ? props.acting : props.label}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}

/** Silence has its own colour: neither done nor refused. */
const inUnknownColour = ({ palette }: Theme) => ({
  color: palette.meaning.unknown.text,
  bgcolor: palette.meaning.unknown.soft,
  border: `1px dashed ${palette.meaning.unknown.text}`,
  '& .MuiAlert-icon': { color: palette.meaning.unknown.text },
});

/** What was refused or is not known, and beneath it the truth about the payment. */
function ActProblem({ problem, sessionId }: { problem: Problem; sessionId: string }) {
  const { t } = useReader();
  const unknown = problem.code === 'gateway_unreachable' || OUR_SILENCE.has(problem.code);
  const title = unknown ? t('acts.unknown_title') : t(`problems.title.${problem.code}`, { _: problem.title });
  const help = unknown
    ? t(OUR_SILENCE.has(problem.code) ? 'acts.unknown_us' : 'acts.unknown')
    : problem.code === 'request_in_progress'
      ? t('acts.in_progress')
      : helpWords(problem, t);
  return (
    <>
      <Alert
        severity="warning"
        role="alert"
        icon={unknown ? <HelpOutlined /> : undefined}
        sx={[{ alignItems: 'flex-start' }, unknown && inUnknownColour]}
      >
        <AlertTitle>{title}</AlertTitle>
        {help}
        {problem.code === 'gateway_refused' && problem.detail ? (
          <Typography variant="body2" sx={{ mt: 1 }}>
            {problem.detail}
          </Typography>
        ) : null}
        <RequestId problem={problem} />
      </Alert>
      <StandsNow sessionId={sessionId} />
    </>
  );
}
