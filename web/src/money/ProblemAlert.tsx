import { isCurrency, type Problem } from '@recaudo/shared';
import HelpOutlined from '@mui/icons-material/HelpOutlined';
import { Alert, AlertTitle, Typography, type Theme } from '@mui/material';
import { helpWords, RequestId } from '../app/problem-words.js';
import { useReader } from '../fields/reader.js';

/** The answer never came or another click is quicker: nobody here knows whether it was done. */
const LOST = new Set(['timeout', 'offline', 'request_in_progress']);

export function isLost(problem: Problem | null): boolean {
  return problem !== null && LOST.has(problem.code);
}

/** Silence has its own colour: neither done nor refused. */
const inUnknownColour = ({ palette }: Theme) => ({
  color: palette.meaning.unknown.text,
  bgcolor: palette.meaning.unknown.soft,
  border: `1px dashed ${palette.meaning.unknown.text}`,
  '& .MuiAlert-icon': { color: palette.meaning.unknown.text },
});

/** Why it was not done, or that nobody knows; and whose deed stands in the way. */
export function ProblemAlert({ problem }: { problem: Problem }) {
  const { t } = useReader();
  const lost = isLost(problem);
  return (
    <Alert
      severity="warning"
      role="alert"
      icon={lost ? <HelpOutlined /> : undefined}
      sx={[{ alignItems: 'flex-start' }, lost && inUnknownColour]}
    >
      <AlertTitle>
        {lost ? t('acts.unknown_title') : t(`problems.title.${problem.code}`, { _: problem.title })}
      </AlertTitle>
      {problem.other ? <OtherDeed other={problem.other} asked={problem.code === 'request_waiting'} /> : null}
      {lost ? t('money.lost') : helpWords(problem, t)}
      {problem.code === 'gateway_refused' && problem.detail ? (
        <Typography variant="body2" sx={{ mt: 1 }}>
          {problem.detail}
        </Typography>
      ) : null}
      {problem.code === 'charged_already' && problem.detail ? <NotBefore at={problem.detail} /> : null}
      <RequestId problem={problem} />
    </Alert>
  );
}

/** Until when the gateway takes the same for the same charge. */
function NotBefore({ at }: { at: string }) {
  const { t, clock } = useReader();
  return <Typography sx={{ mt: 0.5 }}>{t('schedules.not_again_until', { at: clock(at) })}</Typography>;
}

/** The loser of a race is told who did what, or, of what is only `asked` for, who asked. */
function OtherDeed({ other, asked }: { other: NonNullable<Problem['other']>; asked: boolean }) {
  const { t, amount, instant } = useReader();
  const sum = isCurrency(other.currency) ? amount(other.amountMinor, other.currency) : '';
  return (
    <Typography sx={{ mb: 0.5 }}>
      {t('money.other.done', {
        // Nobody's charge is a schedule's: shops have the names of their keys.
        who: other.by ?? t(other.kind === 'collect' ? 'money.other.schedule' : 'money.other.nobody'),
        what: t(`what.${other.kind}`, { amount: sum, _: t('what.other', { amount: sum }) }),
        at: instant(other.at),
        state: t(`${asked ? 'states.approval' : 'states.transaction'}.${other.state}`, {
          _: other.state,
        }).toLowerCase(),
      })}
    </Typography>
  );
}
