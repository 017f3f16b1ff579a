import type { SessionView } from '@recaudo/shared';
import { Box, Typography } from '@mui/material';
import { RecordContextProvider } from 'react-admin';
import { useParams } from 'react-router-dom';
import { now } from '../app/clock.js';
import { useSignedIn } from '../app/login-state.js';
import { Gate } from '../app/PageStates.js';
import { Amount } from '../fields/Amount.js';
import { useReader } from '../fields/reader.js';
import { Tag } from '../fields/StateChip.js';
import { RecordHeading } from '../record/RecordHeading.js';
import { RecordPage, Unread } from '../record/RecordPage.js';
import { Actions } from './Actions.js';
import { Attempts } from './Attempts.js';
import { Facts } from './Facts.js';
import { KindBlocks } from './kinds/KindBlocks.js';
import { TermsBlock } from './kinds/TermsBlock.js';
import { OrderBlock } from './OrderBlock.js';
import { OverpaidAlert, ReviewAlerts } from './ReviewAlerts.js';
import { sessionSentence } from './sentence.js';
import { PaymentState } from './StateCell.js';
import { ShareBlock } from './ShareBlock.js';
import { Timeline } from './Timeline.js';
import { useFollowed } from './use-followed.js';

export default function SessionPage() {
  return (
    <Gate permission="sessions:read">
      <Payment />
    </Gate>
  );
}

function Payment() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useFollowed(id);
  if (!data) return <Unread error={error} refetch={refetch} />;
  return (
    <RecordContextProvider value={data}>
      <RecordPage
        head={
          <>
            <Heading session={data} />
            <OverpaidAlert session={data} />
            <ReviewAlerts reviews={data.reviews} />
            <Actions session={data} />
          </>
        }
        history={
          <Timeline
            timeline={data.timeline}
            kind={data.kind}
            evidence={data.evidence}
            orderId={data.orderId}
          />
        }
      >
        <ShareBlock session={data} />
        <KindBlocks session={data} />
        <Facts session={data} />
        <OrderBlock session={data} />
        <Attempts session={data} />
        <TermsBlock session={data} />
      </RecordPage>
    </RecordContextProvider>
  );
}

function Heading({ session }: { session: SessionView }) {
  const reader = useReader();
  const { t } = reader;
  const { sites } = useSignedIn();
  const site = sites.find((candidate) => candidate.id === session.siteId);
  return (
    <RecordHeading
      title={session.reference}
      record={session}
      amount={
        session.kind === 'subscription' ? (
          t('kinds.name.subscription')
        ) : (
          <Amount minor={session.amountMinor} currency={session.currency} />
        )
      }
      chips={
        <>
          <PaymentState session={session} />
          {session.kind === 'basic' || session.kind === 'subscription' ? null : (
            <Tag>{t(`kinds.name.${session.kind}`)}</Tag>
          )}
          {session.origin === 'gateway' ? (
            <Tag title={t('blocks.elsewhere_explained')}>{t('blocks.elsewhere')}</Tag>
          ) : null}
        </>
      }
      about={
        <Box
          component="span"
          sx={{ display: 'flex', minWidth: 0, maxWidth: '100%', color: 'text.secondary' }}
        >
          <Typography component="span" noWrap title={session.description} sx={{ maxWidth: 420 }}>
            {session.description}
          </Typography>
          <Typography component="span" noWrap sx={{ flexShrink: 0, maxWidth: '70%', pl: 0.5 }}>
            · {site?.name}
          </Typography>
        </Box>
      }
      sentence={sessionSentence(session, { ...reader, now: now() })}
    />
  );
}
