import type { SessionView } from '@recaudo/shared';
import { Box, Stack, Typography } from '@mui/material';
import { RecordContextProvider } from 'react-admin';
import { useParams } from 'react-router-dom';
import { now } from '../app/clock.js';
import { useSignedIn } from '../app/login-state.js';
import { Gate, PageSkeleton, ProblemPanel, useDocumentTitle } from '../app/PageStates.js';
import { Amount } from '../fields/Amount.js';
import { useReader } from '../fields/reader.js';
import { MeaningChip, Tag } from '../fields/StateChip.js';
import { Actions } from './Actions.js';
import { Attempts } from './Attempts.js';
import { Facts } from './Facts.js';
import { KindBlocks } from './kinds/KindBlocks.js';
import { TermsBlock } from './kinds/TermsBlock.js';
import { OrderBlock } from './OrderBlock.js';
import { OverpaidAlert, ReviewAlerts } from './ReviewAlerts.js';
import { sessionSentence } from './sentence.js';
import { payerName } from './naming.js';
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
  // A failed refresh keeps what was read; only a payment never read gives the error page.
  if (!data)
    return error ? <ProblemPanel error={error} retry={() => void refetch()} /> : <PageSkeleton rows={10} />;
  return (
    <RecordContextProvider value={data}>
      <Box sx={{ px: { xs: 2, md: 3 }, py: { xs: 2, md: 3 }, maxWidth: 1400 }}>
        <Heading session={data} />
        <OverpaidAlert session={data} />
        <ReviewAlerts reviews={data.reviews} />
        <Actions session={data} />
        <Box
          sx={{
            display: 'grid',
            gap: 3,
            mt: 3,
            gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) 380px' },
          }}
        >
          <Stack sx={{ gap: 3, minWidth: 0 }}>
            <ShareBlock session={data} />
            <KindBlocks session={data} />
            <Facts session={data} />
            <OrderBlock session={data} />
            <Attempts session={data} />
            <TermsBlock session={data} />
          </Stack>
          <Timeline
            timeline={data.timeline}
            kind={data.kind}
            evidence={data.evidence}
            orderId={data.orderId}
          />
        </Box>
      </Box>
    </RecordContextProvider>
  );
}

/** First line: amount, state, payer. Second: what happened and what comes next, spoken when it changes. */
function Heading({ session }: { session: SessionView }) {
  const reader = useReader();
  useDocumentTitle(session.reference);
  const { t } = reader;
  const { sites } = useSignedIn();
  const site = sites.find((candidate) => candidate.id === session.siteId);
  return (
    <Box component="section" aria-label={t('sessions.summary')}>
      <Stack direction="row" sx={{ alignItems: 'center', gap: 1.5, flexWrap: 'wrap' }}>
        <Typography variant="h1" sx={{ fontSize: 26 }}>
          {session.kind === 'subscription' ? (
            t('kinds.name.subscription')
          ) : (
            <Amount minor={session.amountMinor} currency={session.currency} />
          )}
        </Typography>
        <PaymentState session={session} />
        {session.kind === 'basic' || session.kind === 'subscription' ? null : (
          <Tag>{t(`kinds.name.${session.kind}`)}</Tag>
        )}
        {session.origin === 'gateway' ? (
          <Tag title={t('blocks.elsewhere_explained')}>{t('blocks.elsewhere')}</Tag>
        ) : null}
        {session.mode === 'live' ? null : (
          <MeaningChip meaning="attention">{t(`modes.${session.mode}`)}</MeaningChip>
        )}
        <Typography component="span" sx={{ fontSize: 16 }}>
          {payerName(session)}
        </Typography>
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
      </Stack>
      <Typography role="status" aria-live="polite" sx={{ mt: 1, fontSize: 15, maxWidth: 820 }}>
        {sessionSentence(session, {
          t,
          now: now(),
          amount: reader.amount,
          instant: reader.instant,
          clock: reader.clock,
          day: reader.day,
        })}
      </Typography>
    </Box>
  );
}
