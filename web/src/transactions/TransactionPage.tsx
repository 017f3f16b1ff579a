import type { TransactionDetail } from '@recaudo/shared';
import { Box, Link as MuiLink, Stack, Typography } from '@mui/material';
import { RecordContextProvider } from 'react-admin';
import { Link, useParams } from 'react-router-dom';
import { now } from '../app/clock.js';
import { useSignedIn } from '../app/login-state.js';
import { Gate, PageSkeleton, ProblemPanel, useDocumentTitle } from '../app/PageStates.js';
import { useReader } from '../fields/reader.js';
import { MeaningChip, Tag, TransactionStateChip } from '../fields/StateChip.js';
import { ReviewAlerts } from '../sessions/ReviewAlerts.js';
import { holdPath, payerName, sessionPath } from '../sessions/naming.js';
import { Timeline } from '../sessions/Timeline.js';
import { OperationsBlock, ParentBlock } from './OperationsBlock.js';
import { OutcomesBlock } from './OutcomesBlock.js';
import { RefundableBlock } from './RefundableBlock.js';
import { transactionSentence } from './sentence.js';
import { TransactionActions } from './TransactionActions.js';
import { TransactionAmount } from './TransactionAmount.js';
import { ApprovalsBlock } from './ApprovalsBlock.js';
import { TransactionFacts } from './TransactionFacts.js';
import { TruthBlock } from './TruthBlock.js';
import { useFollowedTransaction } from './use-followed-transaction.js';

export default function TransactionPage() {
  return (
    <Gate permission="sessions:read">
      <Transaction />
    </Gate>
  );
}

function Transaction() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useFollowedTransaction(id);
  // A failed refresh keeps what was read; only one never read gives the error page.
  if (!data)
    return error ? <ProblemPanel error={error} retry={() => void refetch()} /> : <PageSkeleton rows={10} />;
  return (
    <RecordContextProvider value={data}>
      <Box sx={{ px: { xs: 2, md: 3 }, py: { xs: 2, md: 3 }, maxWidth: 1400 }}>
        <Heading transaction={data} />
        <ReviewAlerts reviews={data.reviews} />
        <TransactionActions transaction={data} />
        <Box
          sx={{
            display: 'grid',
            gap: 3,
            mt: 3,
            gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) 380px' },
          }}
        >
          <Stack sx={{ gap: 3, minWidth: 0 }}>
            {data.refundable ? <RefundableBlock refundable={data.refundable} /> : null}
            {data.parent ? <ParentBlock parent={data.parent} /> : null}
            <OperationsBlock transaction={data} />
            <ApprovalsBlock approvals={data.approvals} />
            <TruthBlock transaction={data} />
            <TransactionFacts transaction={data} />
            <OutcomesBlock outcomes={data.outcomes} />
          </Stack>
          <Timeline
            timeline={data.timeline}
            kind={isOfHold(data) ? 'preauthorization' : undefined}
            orderId={data.orderId}
          />
        </Box>
      </Box>
    </RecordContextProvider>
  );
}

/** First line: amount, state, payer. Second: what happened and what comes next, spoken when it changes. */
function Heading({ transaction }: { transaction: TransactionDetail }) {
  const reader = useReader();
  const { t } = reader;
  useDocumentTitle(`${t(`transactions.kind.${transaction.kind}`)} ${transaction.reference}`);
  const { sites } = useSignedIn();
  const site = sites.find((candidate) => candidate.id === transaction.siteId);
  const hold = isOfHold(transaction) ? (transaction.parentId ?? transaction.id) : null;
  return (
    <Box component="section" aria-label={t('sessions.summary')}>
      <Stack direction="row" sx={{ alignItems: 'center', gap: 1.5, flexWrap: 'wrap' }}>
        <Typography variant="h1" sx={{ fontSize: 26 }}>
          <TransactionAmount row={transaction} />
        </Typography>
        <TransactionStateChip state={transaction.state} />
        <Tag>{t(`transactions.kind.${transaction.kind}`)}</Tag>
        {transaction.grade === 'inferred' ? (
          <MeaningChip meaning="unknown">{t('transactions.inferred')}</MeaningChip>
        ) : null}
        {transaction.mode === 'live' ? null : (
          <MeaningChip meaning="attention">{t(`modes.${transaction.mode}`)}</MeaningChip>
        )}
        <Typography component="span" sx={{ fontSize: 16 }}>
          {payerName(transaction)}
        </Typography>
        <Typography component="span" noWrap sx={{ color: 'text.secondary', maxWidth: '100%' }}>
          {[transaction.session?.description, site?.name].filter(Boolean).join(' · ')}
        </Typography>
      </Stack>
      <Typography role="status" aria-live="polite" sx={{ mt: 1, fontSize: 15, maxWidth: 820 }}>
        {transactionSentence(transaction, { ...reader, now: now() })}
      </Typography>
      <Stack direction="row" sx={{ gap: 2, mt: 0.5, flexWrap: 'wrap', fontSize: 13 }}>
        {transaction.session ? (
          <MuiLink component={Link} to={sessionPath(transaction.session.id)}>
            {t('transactions.see_session')}
          </MuiLink>
        ) : null}
        {hold ? (
          <MuiLink component={Link} to={holdPath(hold)}>
            {t('transactions.see_hold')}
          </MuiLink>
        ) : null}
      </Stack>
    </Box>
  );
}

/** A hold's check-in, or what was done to it. */
function isOfHold({ kind, parent }: TransactionDetail): boolean {
  return kind === 'checkin' || parent?.kind === 'checkin';
}
