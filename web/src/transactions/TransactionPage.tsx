import type { TransactionDetail } from '@recaudo/shared';
import { RecordContextProvider } from 'react-admin';
import { useParams } from 'react-router-dom';
import { now } from '../app/clock.js';
import { useSignedIn } from '../app/login-state.js';
import { Gate } from '../app/PageStates.js';
import { useReader } from '../fields/reader.js';
import { MeaningChip, Tag, TransactionStateChip } from '../fields/StateChip.js';
import { About, RecordHeading } from '../record/RecordHeading.js';
import { RecordPage, Unread } from '../record/RecordPage.js';
import { ReviewAlerts } from '../sessions/ReviewAlerts.js';
import { holdPath, sessionPath } from '../sessions/naming.js';
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
  if (!data) return <Unread error={error} refetch={refetch} />;
  return (
    <RecordContextProvider value={data}>
      <RecordPage
        head={
          <>
            <Heading transaction={data} />
            <ReviewAlerts reviews={data.reviews} />
            <TransactionActions transaction={data} />
          </>
        }
        history={
          <Timeline
            timeline={data.timeline}
            kind={isOfHold(data) ? 'preauthorization' : undefined}
            orderId={data.orderId}
          />
        }
      >
        {data.refundable ? <RefundableBlock refundable={data.refundable} /> : null}
        {data.parent ? <ParentBlock parent={data.parent} /> : null}
        <OperationsBlock transaction={data} />
        <ApprovalsBlock approvals={data.approvals} />
        <TruthBlock transaction={data} />
        <TransactionFacts transaction={data} />
        <OutcomesBlock outcomes={data.outcomes} />
      </RecordPage>
    </RecordContextProvider>
  );
}

function Heading({ transaction }: { transaction: TransactionDetail }) {
  const reader = useReader();
  const { t } = reader;
  const { sites } = useSignedIn();
  const site = sites.find((candidate) => candidate.id === transaction.siteId);
  const hold = isOfHold(transaction) ? (transaction.parentId ?? transaction.id) : null;
  return (
    <RecordHeading
      title={`${t(`transactions.kind.${transaction.kind}`)} ${transaction.reference}`}
      record={transaction}
      amount={<TransactionAmount row={transaction} />}
      chips={
        <>
          <TransactionStateChip state={transaction.state} />
          <Tag>{t(`transactions.kind.${transaction.kind}`)}</Tag>
          {transaction.grade === 'inferred' ? (
            <MeaningChip meaning="unknown">{t('transactions.inferred')}</MeaningChip>
          ) : null}
        </>
      }
      about={<About parts={[transaction.session?.description, site?.name]} />}
      sentence={transactionSentence(transaction, { ...reader, now: now() })}
      links={[
        ...(transaction.session
          ? [{ to: sessionPath(transaction.session.id), text: t('transactions.see_session') }]
          : []),
        ...(hold ? [{ to: holdPath(hold), text: t('transactions.see_hold') }] : []),
      ]}
    />
  );
}

/** A hold's check-in, or what was done to it. */
function isOfHold({ kind, parent }: TransactionDetail): boolean {
  return kind === 'checkin' || parent?.kind === 'checkin';
}
