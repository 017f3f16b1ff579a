import type { PreauthorizationView, TransactionDetail } from '@recaudo/shared';
import { Box, Button, Stack } from '@mui/material';
import { useState } from 'react';
import { useGetOne } from 'react-admin';
import { useParams } from 'react-router-dom';
import { now } from '../app/clock.js';
import { useSignedIn } from '../app/login-state.js';
import { Gate } from '../app/PageStates.js';
import { Amount } from '../fields/Amount.js';
import { Block } from '../fields/Block.js';
import { Copyable } from '../fields/Copyable.js';
import { FactList } from '../fields/FactList.js';
import { Instant } from '../fields/Instant.js';
import { useReader } from '../fields/reader.js';
import { HoldStateChip } from '../fields/StateChip.js';
import { TimeLeft } from '../fields/TimeLeft.js';
import { WhyNot } from '../fields/WhyNot.js';
import { HoldDialog, type HoldAct } from '../money/HoldDialog.js';
import { methodWords } from '../money/typed-money.js';
import { About, RecordHeading } from '../record/RecordHeading.js';
import { RecordPage, Unread } from '../record/RecordPage.js';
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
  if (!data) return <Unread error={error} refetch={refetch} />;
  return (
    <RecordPage
      head={
        <>
          <Heading hold={data} />
          {checkin ? <ReviewAlerts reviews={checkin.reviews} /> : null}
          <Acts hold={data} />
        </>
      }
      history={
        checkin ? (
          <Timeline timeline={checkin.timeline} kind="preauthorization" orderId={checkin.orderId} />
        ) : null
      }
    >
      <Facts hold={data} />
      {checkin ? <Done checkin={checkin} /> : null}
    </RecordPage>
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
  const { sites } = useSignedIn();
  const site = sites.find((candidate) => candidate.id === hold.siteId);
  return (
    <RecordHeading
      title={hold.reference}
      record={hold}
      amount={<HeldAmount hold={hold} />}
      chips={
        <>
          <HoldStateChip state={hold.state} />
          {hold.state === 'active' ? <TimeLeft until={hold.expiresAt} /> : null}
        </>
      }
      about={<About parts={[hold.description, site?.name]} />}
      sentence={holdSentence(hold, { ...reader, now: now() })}
      links={[
        { to: transactionPath(hold.id), text: t('holds.see_transaction') },
        ...(hold.sessionId ? [{ to: sessionPath(hold.sessionId), text: t('holds.see_session') }] : []),
      ]}
    />
  );
}

/** What may be done now, the likeliest filled; what may not, with the reason. */
function Acts({ hold }: { hold: PreauthorizationView }) {
  const { t } = useReader();
  const [acting, setActing] = useState<HoldAct | null>(null);
  const refused = hold.availableActions.filter(({ allowed }) => !allowed);
  // What the gateway calls closed is seldom there to be captured.
  const likeliest = hold.state === 'unclear' ? 'settle' : 'checkout';
  return (
    <Box component="section" aria-label={t('sessions.actions')} sx={{ mt: 2 }}>
      <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap' }}>
        {hold.availableActions
          .filter(({ allowed }) => allowed)
          .map(({ action }) => (
            <Button
              key={action}
              variant={action === likeliest ? 'contained' : 'outlined'}
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

/** It still holds something, or may. */
const isOpen = ({ state }: PreauthorizationView): boolean => state === 'active' || state === 'unclear';

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
          [t('holds.held'), isOpen(hold) ? <HeldAmount key="held" hold={hold} /> : null],
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
