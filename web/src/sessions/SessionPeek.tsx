import { now } from '../app/clock.js';
import { Amount } from '../fields/Amount.js';
import { Copyable } from '../fields/Copyable.js';
import { Instant } from '../fields/Instant.js';
import { useReader } from '../fields/reader.js';
import { Unread } from '../record/RecordPage.js';
import { RecordPeek } from '../record/RecordPeek.js';
import { Reason } from './Facts.js';
import { payerName, sessionPath } from './naming.js';
import { sessionSentence } from './sentence.js';
import { PaymentState } from './StateCell.js';
import { useFollowed } from './use-followed.js';

/** A payment beside its list. */
export default function SessionPeek({ id }: { id: string }) {
  const reader = useReader();
  const { data, error, refetch } = useFollowed(id);
  if (!data) return <Unread error={error} refetch={refetch} />;
  const { t } = reader;
  const f = (name: string) => t(`sessions.fields.${name}`);
  const stores = data.kind === 'subscription';
  return (
    <RecordPeek
      path={sessionPath(id)}
      name={payerName(data)}
      amount={
        stores ? t('kinds.name.subscription') : <Amount minor={data.amountMinor} currency={data.currency} />
      }
      chips={<PaymentState session={data} />}
      sentence={sessionSentence(data, { ...reader, now: now() })}
      facts={[
        [f('reference'), <Copyable key="reference" text={data.reference} name={f('reference')} />],
        [f('kind'), t(`kinds.name.${data.kind}`)],
        [f('description'), data.description],
        [f('createdAt'), <Instant key="at" value={data.createdAt} />],
        [f('endedAt'), data.endedAt ? <Instant value={data.endedAt} /> : null],
        [f('reason'), data.reason ? <Reason code={data.reason} /> : null],
        [f('payerEmail'), data.payer.email],
        [f('payerDocument'), [data.payer.documentType, data.payer.document].filter(Boolean).join(' ')],
        [f('gatewayNumber'), data.gatewayNumber],
      ]}
    />
  );
}
