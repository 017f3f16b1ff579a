import type { Problem } from '@recaudo/shared';
import { Alert, AlertTitle, Link as MuiLink, Typography } from '@mui/material';
import { useEffect, useRef } from 'react';
import { Link } from 'react-router-dom';
import { helpWords, RequestId } from '../app/problem-words.js';
import { useReader } from '../fields/reader.js';
import { sessionPath } from './naming.js';

/** These leave the attempt itself behind as failed; the others name another payment. */
const FAILED_HERE = new Set(['gateway_unreachable', 'gateway_refused']);

/** Why nothing was opened, what was kept, what to do, and the payment that the refusal is about. */
export function CreateProblem({ problem }: { problem: Problem }) {
  const { t } = useReader();
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // In braces: newer browsers answer with a promise, which React would take for a clean-up.
    void panel.current?.scrollIntoView({ block: 'nearest' });
  }, [problem]);
  const session = problem.subject?.type === 'session' ? problem.subject.id : null;
  return (
    <Alert
      severity={problem.status >= 500 || problem.status === 0 ? 'error' : 'warning'}
      role="alert"
      ref={panel}
      sx={{ alignItems: 'flex-start', scrollMarginBottom: 120 }}
    >
      <AlertTitle>{t(`problems.title.${problem.code}`, { _: t('problems.title.internal') })}</AlertTitle>
      <Typography>{helpWords(problem, t)}</Typography>
      {problem.code === 'gateway_refused' && problem.detail ? (
        <Typography variant="body2">{problem.detail}</Typography>
      ) : null}
      {session ? (
        <MuiLink component={Link} to={sessionPath(session)} sx={{ display: 'inline-block', mt: 1 }}>
          {t(FAILED_HERE.has(problem.code) ? 'sessions.see_failed' : 'sessions.see_other')}
        </MuiLink>
      ) : null}
      <RequestId problem={problem} />
    </Alert>
  );
}
