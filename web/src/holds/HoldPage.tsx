import type { PreauthorizationView, TransactionDetail } from '@recaudo/shared';
import { Box, Button, Link as MuiLink, Stack, Typography } from '@mui/material';
import { useState } from 'react';
import { useGetOne } from 'react-admin';
import { Link, useParams } from 'react-router-dom';
import { now } from '../app/clock.js';
import { useSignedIn } from '../app/login-state.js';
import { Gate, PageSkeleton, ProblemPanel, useDocumentTitle } from '../app/PageStates.js';
import { Amount } from '../fields/Amount.js';
import { Block } from '../fields/Block.js';
import { Copyable } from '../fields/Copyable.js';
import { FactList } from '../fields/FactList.js';
import { Instant } from '../fields/Instant.js';
import { useReader } from '../fields/reader.js';
import { HoldStateChip, MeaningChip } from '../fields/StateChip.js';
import { TimeLeft } from '../fields/TimeLeft.js';
import { WhyNot } from '../fields/WhyNot.js';
import { HoldDialog, type HoldAct } from '../money/HoldDialog.js';
import { methodWords } from '../money/typed-money.js';
import { payerName, sessionPath, transactionPath } from '../sessions/naming.js';
import { ReviewAlerts } from '../sessions/ReviewAlerts.js';
import { Timeline } from '../sessions/Timeline.js';
import { ApprovalsBlock } from '../transactions/ApprovalsBlock.js';
import { OperationsBlock } from '../transactions/OperationsBlock.js';
import { useFollowedTransaction } from '../transactions/use-followed-transaction.js';
import { HeldAmount } from './HeldAmount.js';
import { holdSentence } from './hold-sentence.js';

const FOLLOW_MS = 3_000;
const REST_MS = 30_000;

export default function HoldPage() {
  return (
    <Gate permission="sessions:read">
      <Hold />
    </Gate>
  );
}

function Hold() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useGetOne<PreauthorizationView>(
    'preauthorizations',
    { id },
    { refetchInterval: ({ state: { data: known } }) => (known?.live ? FOLLOW_MS : REST_MS) },
  );
  // What was done with it and its history are those of its check-in.
  const { data: checkin } = useFollowedTransaction(id);
  if (!data)
    return error ? <ProblemPanel error={error} retry={() => void refetch()} /> : <PageSkeleton rows={10} />;
  return (
    <Box sx={{ px: { xs: 2, md: 3 }, py: { xs: 2, md: 3 }, maxWidth: 1400 }}>
      <Heading hold={data} />
      {checkin ? <ReviewAlerts reviews={checkin.reviews} /> : null}
      <Acts hold={data} />
      <Box
        sx={{
          display: 'grid',
          gap: 3,
          mt: 3,
          gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) 380px' },
        }}
      >
        <Stack sx={{ gap: 3, minWidth: 0 }}>
          <Facts hold={data} />
          {checkin ? <Done checkin={checkin} /> : null}
        </Stack>
        {checkin ? (
          <Timeline timeline={checkin.timeline} kind="preauthorization" orderId={checkin.orderId} />
        ) : null}
      </Box>
    </Box>
  );
}

function Done({ checkin }: { checkin: TransactionDetail }) {
  return (
    <>
      <OperationsBlock transaction={checkin} />
      <ApprovalsBlock approvals={checkin.approvals} />
    </>
  );
}

function Heading({ hold }: { hold: PreauthorizationView }) {
  const reader = useReader();
  const { t } = reader;
  useDocumentTitle(hold.reference);
  const { sites } = useSignedIn();
  const site = sites.find((candidate) => candidate.id === hold.siteId);
  return (
    <Box component="section" aria-label={t('sessions.summary')}>
      <Stack direction="row" sx={{ alignItems: 'center', gap: 1.5, flexWrap: 'wrap' }}>
        <Typography variant="h1" sx={{ fontSize: 26 }}>
          <HeldAmount hold={hold} />
        </Typography>
        <HoldStateChip state={hold.state} />
        {hold.state === 'active' ? <TimeLeft until={hold.expiresAt} /> : null}
        {hold.mode === 'live' ? null : (
          <MeaningChip meaning="attention">{t(`modes.${hold.mode}`)}</MeaningChip>
        )}
        <Typography component="span" sx={{ fontSize: 16 }}>
          {payerName(hold)}
        </Typography>
        <Typography component="span" noWrap sx={{ color: 'text.secondary', maxWidth: '100%' }}>
          {[hold.description, site?.name].filter(Boolean).join(' · ')}
        </Typography>
      </Stack>
      <Typography role="status" aria-live="polite" sx={{ mt: 1, fontSize: 15, maxWidth: 820 }}>
        {holdSentence(hold, { ...reader, now: now() })}
      </Typography>
      <Stack direction="row" sx={{ gap: 2, mt: 0.5, flexWrap: 'wrap', fontSize: 13 }}>
        <MuiLink component={Link} to={transactionPath(hold.id)}>
          {t('holds.see_transaction')}
        </MuiLink>
        {hold.sessionId ? (
          <MuiLink component={Link} to={sessionPath(hold.sessionId)}>
            {t('holds.see_session')}
          </MuiLink>
        ) : null}
      </Stack>
    </Box>
  );
}

/** What may be done now, the likeliest filled; what may not, with the reason. */
function Acts({ hold }: { hold: PreauthorizationView }) {
  const { t } = useReader();
  const [acting, setActing] = useState<HoldAct | null>(null);
  const refused = hold.availableActions.filter(({ allowed }) => !allowed);
  return (
    <Box component="section" aria-label={t('sessions.actions')} sx={{ mt: 2 }}>
      <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap' }}>
        {hold.availableActions
          .filter(({ allowed }) => allowed)
          .map(({ action }) => (
            <Button
              key={action}
              variant={action === 'checkout' ? 'contained' : 'outlined'}
              color={action === 'release' ? 'error' : 'primary'}
              aria-haspopup="dialog"
              onClick={() => setActing(action)}
            >
              {t(`holds.action.${action}`)}
            </Button>
          ))}
      </Stack>
      <WhyNot refused={refused.map(({ action, why }) => ({ name: t(`holds.action.${action}`), why }))} />
      {acting ? <HoldDialog act={acting} hold={hold} onClose={() => setActing(null)} /> : null}
    </Box>
  );
}

function Facts({ hold }: { hold: PreauthorizationView }) {
  const { t } = useReader();
  const { currency, rules } = hold;
  const sum = (minor: number) => <Amount minor={minor} currency={currency} />;
  const f = (name: string) => t(`sessions.fields.${name}`);
  return (
    <Block title={t('sessions.facts')}>
      <FactList
        facts={[
          [t('holds.placed'), sum(hold.placedMinor)],
          [t('holds.held'), <HeldAmount key="held" hold={hold} />],
          [t('holds.captured'), hold.capturedMinor > 0 ? sum(hold.capturedMinor) : null],
          [t('holds.max_capture'), rules.maxCaptureMinor > 0 ? sum(rules.maxCaptureMinor) : null],
          [f('at'), <Instant key="at" value={hold.placedAt} />],
          [t('holds.expires'), <Instant key="until" value={hold.expiresAt} byClock />],
          [f('method'), methodWords(hold)],
          [f('payerName'), payerName(hold)],
          [f('reference'), <Copyable key="reference" text={hold.reference} name={f('reference')} />],
          [f('payerEmail'), hold.payer.email],
          [t('holds.over_capture'), rules.overCapture ? t('holds.over_capture_yes') : null],
          [t('holds.increase_only'), rules.increaseOnly ? t('holds.increase_only_yes') : null],
        ]}
      />
    </Block>
  );
}
