import { rolesWith, waiveSchema, type CollectResult, type Meaning, type PeriodView } from '@recaudo/shared';
import { Link as MuiLink, Stack, Typography } from '@mui/material';
import { useState, type ReactNode } from 'react';
import { useNotify } from 'react-admin';
import { Link } from 'react-router-dom';
import { checkFields } from '../../app/check.js';
import { useData } from '../../app/use-data.js';
import { Amount } from '../../fields/Amount.js';
import { useReader } from '../../fields/reader.js';
import { MeaningChip } from '../../fields/StateChip.js';
import { MoneyDialog } from '../../money/MoneyDialog.js';
import { ReasonInput } from '../../money/ReasonInput.js';
import { sessionPath } from '../../sessions/naming.js';
import { reasonWords } from '../../sessions/sentence.js';
import { periodWhy } from '../period-words.js';

export type PeriodAct = 'charge' | 'waive';

interface Props {
  act: PeriodAct;
  period: PeriodView;
  plan: string;
  payer: string;
  method: string;
  onClose: () => void;
}

/** One period: charge it now, or give it up. */
export function PeriodDialog({ act, period, plan, payer, method, onClose }: Props) {
  const { t, amount, day } = useReader();
  const data = useData();
  const notify = useNotify();
  const [result, setResult] = useState<CollectResult | null>(null);
  const sum = amount(period.amountMinor, period.currency);
  const facts: [string, ReactNode][] = [
    [t('schedules.plan'), plan],
    [t('acts.payer'), payer],
    [t('acts.amount'), <Amount key="amount" minor={period.amountMinor} currency={period.currency} />],
    [t('schedules.day'), day(period.day)],
    [t('schedules.method'), act === 'charge' ? method : null],
  ];
  const send = async ({ reason }: { reason: string }, key: string) => {
    if (act === 'charge') {
      setResult(await data.chargePeriod(period.id, key));
      return null;
    }
    await data.waivePeriod(period.id, reason.trim());
    notify(`schedules.period_act.${act}.done`, { type: 'success' });
    onClose();
    return null;
  };
  return (
    <MoneyDialog<{ reason: string }>
      title={t(`schedules.period_act.${act}.title`)}
      explained={
        <>
          {t(`schedules.period_act.${act}.explained`)} {act === 'charge' ? periodWhy(period, { t }) : null}
        </>
      }
      facts={facts}
      irrevocable={t(`schedules.period_act.${act}.irrevocable`)}
      first={{ reason: '' }}
      validate={({ reason }) => (act === 'waive' ? checkFields(waiveSchema, { reason: reason.trim() }) : {})}
      label={() => t(`schedules.period_act.${act}.label`, { amount: sum })}
      acting={t(`schedules.period_act.${act}.acting`)}
      danger={act === 'waive'}
      send={send}
      panel={result ? <CollectPanel result={result} /> : undefined}
      onClose={onClose}
    >
      {act === 'waive' ? <ReasonInput autoFocus required /> : null}
    </MoneyDialog>
  );
}

const MEANING: Record<CollectResult['result'], Meaning> = {
  approved: 'done',
  rejected: 'failed',
  pending: 'waiting',
  unknown: 'unknown',
  approval: 'attention',
};

/** What truly came of a charge, and where to read on. */
function CollectPanel({ result: { result, session, approval } }: { result: CollectResult }) {
  const { t, clock } = useReader();
  return (
    <Stack role="status" sx={{ gap: 1.5, alignItems: 'flex-start' }}>
      <MeaningChip meaning={MEANING[result]}>{t(`money.result.${result}`)}</MeaningChip>
      <Typography sx={{ fontSize: 15 }}>
        {t(`schedules.collected.${result}`, {
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
          {t('schedules.see_payment')}
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
