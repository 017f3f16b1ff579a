import { rolesWith, type CollectResult, type Currency, type Meaning } from '@recaudo/shared';
import { Link as MuiLink, Stack, Typography } from '@mui/material';
import { Link } from 'react-router-dom';
import { useReader } from '../fields/reader.js';
import { MeaningChip } from '../fields/StateChip.js';
import { sessionPath } from '../sessions/naming.js';
import { reasonWords } from '../sessions/sentence.js';

const MEANING: Record<CollectResult['result'], Meaning> = {
  approved: 'done',
  rejected: 'failed',
  pending: 'waiting',
  unknown: 'unknown',
  approval: 'attention',
};

interface Props {
  result: CollectResult;
  hold: boolean;
  /** Minor units. */
  minor: number;
  currency: Currency;
}

/** What truly came of a charge, and where to read on. */
export function ChargeResult({ result: { result, session, approval }, hold, minor, currency }: Props) {
  const { t, amount, clock } = useReader();
  const words = result === 'approved' && hold ? 'approved_hold' : result;
  return (
    <Stack role="status" sx={{ gap: 1.5, alignItems: 'flex-start' }}>
      <MeaningChip meaning={MEANING[result]}>{t(`money.result.${result}`)}</MeaningChip>
      <Typography sx={{ fontSize: 15 }}>
        {t(`instruments.charge.said.${words}`, {
          amount: amount(minor, currency),
          reason: reasonWords(session?.reason ?? null, t),
          at: approval ? clock(approval.expiresAt) : '',
          who: rolesWith('approvals:decide')
            .map((role) => t(`roles.${role}`))
            .join(', '),
        })}
      </Typography>
      {result === 'rejected' && session?.reason ? (
        <Typography variant="caption" sx={{ color: 'text.secondary' }}>
          {[session.reason, session.message].filter(Boolean).join(' · ')}
        </Typography>
      ) : null}
      {session ? (
        <MuiLink component={Link} to={sessionPath(session.id)}>
          {t('instruments.charge.see')}
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
