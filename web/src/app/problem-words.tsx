import type { Problem } from '@recaudo/shared';
import { Typography } from '@mui/material';
import { Copyable } from '../fields/Copyable.js';
import { useReader, type Translate } from '../fields/reader.js';

/** What to do about a problem; the request's number is only asked for where there is one. */
export function helpWords(
  { code, requestId, detail }: Pick<Problem, 'code' | 'requestId' | 'detail'>,
  t: Translate,
): string {
  // Why exactly, where the rule that refuses it has words of its own.
  const ruled = code === 'refund_impossible' || code === 'schedule_state';
  const why = ruled && detail ? t(`why.${detail}`, { _: '' }) : '';
  if (why !== '') return why;
  const internal = t(requestId ? 'problems.help.internal' : 'problems.help.internal_bare');
  return code === 'internal' ? internal : t(`problems.help.${code}`, { _: internal });
}

/** The request's number to copy, where the server gave one. */
export function RequestId({ problem: { requestId } }: { problem: Pick<Problem, 'requestId'> }) {
  const { t } = useReader();
  if (!requestId) return null;
  return (
    <Typography variant="body2" component="div" sx={{ mt: 1 }}>
      {t('problems.request_id')} <Copyable text={requestId} name={t('problems.request_id')} />
    </Typography>
  );
}
