import { rolesWith, type ActResult, type Meaning } from '@recaudo/shared';
import { Button, Link as MuiLink, Stack, Typography } from '@mui/material';
import { Link } from 'react-router-dom';
import { useReader } from '../fields/reader.js';
import { MeaningChip } from '../fields/StateChip.js';
import { reasonWords } from '../sessions/sentence.js';
import { transactionPath } from '../sessions/naming.js';

const MEANING: Record<ActResult['result'], Meaning> = {
  approved: 'done',
  rejected: 'failed',
  pending: 'waiting',
  unknown: 'unknown',
  waiting: 'waiting',
  letter: 'attention',
  approval: 'attention',
};

/** What truly came of an act, and where to read on. `said`: the act's own words for having been done. */
export function ResultPanel({ result, said }: { result: ActResult; said?: string }) {
  const { t } = useReader();
  const { transaction, approval } = result;
  // Something that was taken back before it was sent ends as rejected, and that is what was wanted.
  const withdrawn = transaction?.reason === 'withdrawn';
  return (
    <Stack role="status" sx={{ gap: 1.5, alignItems: 'flex-start' }}>
      <MeaningChip meaning={withdrawn ? 'done' : MEANING[result.result]}>
        {withdrawn ? t('states.approval.withdrawn') : t(`money.result.${result.result}`)}
      </MeaningChip>
      <Typography sx={{ fontSize: 15 }}>
        {said && (withdrawn || result.result === 'approved') ? said : <Said result={result} />}
      </Typography>
      {result.result === 'rejected' && transaction?.reason && !withdrawn ? (
        <Typography variant="caption" sx={{ color: 'text.secondary' }}>
          {[transaction.reason, result.message].filter(Boolean).join(' · ')}
        </Typography>
      ) : null}
      {result.result === 'letter' && transaction ? (
        <Button component="a" variant="outlined" href={`/api/transactions/${transaction.id}/letter`} download>
          {t('money.letter')}
        </Button>
      ) : null}
      {transaction ? (
        <MuiLink component={Link} to={transactionPath(transaction.id)}>
          {t('money.see_operation')}
        </MuiLink>
      ) : null}
      {approval ? (
        <MuiLink component={Link} to="/approvals?tab=mine">
          {t('money.see_approval')}
        </MuiLink>
      ) : null}
    </Stack>
  );
}

function Said({ result }: { result: ActResult }) {
  const { t, clock, siteClock, amount } = useReader();
  const { transaction, approval } = result;
  const sum = transaction ? amount(transaction.amountMinor, transaction.currency) : '';
  return t(`money.said.${result.result}`, {
    what: t(`what.${transaction?.kind ?? 'other'}`, { amount: sum }),
    reason: reasonWords(transaction?.reason ?? null, t),
    at: approval
      ? clock(approval.expiresAt)
      : transaction
        ? siteClock(transaction.plannedAt ?? transaction.at, transaction.siteId)
        : '',
    who: rolesWith('approvals:decide')
      .map((role) => t(`roles.${role}`))
      .join(', '),
  });
}
