import type { ScheduleView } from '@recaudo/shared';
import { useGetOne } from 'react-admin';
import { now } from '../app/clock.js';
import { Amount } from '../fields/Amount.js';
import { Copyable } from '../fields/Copyable.js';
import { useReader } from '../fields/reader.js';
import { Unread } from '../record/RecordPage.js';
import { RecordPeek } from '../record/RecordPeek.js';
import { payerName, schedulePath } from '../sessions/naming.js';
import { ScheduleChips } from './chips.js';
import { chargedMethod } from './method-words.js';
import { NextCharge } from './NextCharge.js';
import { scheduleSentence } from './schedule-sentence.js';

/** A schedule beside its list. */
export default function SchedulePeek({ id }: { id: string }) {
  const reader = useReader();
  const { data, error, refetch } = useGetOne<ScheduleView>('schedules', { id });
  if (!data) return <Unread error={error} refetch={refetch} />;
  const { t } = reader;
  const f = (name: string) => t(`sessions.fields.${name}`);
  return (
    <RecordPeek
      path={schedulePath(id)}
      name={`${payerName(data)} · ${data.plan}`}
      amount={<Amount minor={data.amountMinor} currency={data.currency} />}
      chips={<ScheduleChips schedule={data} />}
      sentence={scheduleSentence(data, { ...reader, now: now() })}
      facts={[
        [f('reference'), <Copyable key="reference" text={data.reference} name={f('reference')} />],
        [t('schedules.next'), <NextCharge key="next" schedule={data} />],
        [t('schedules.method'), chargedMethod(data.instrument)],
        [f('payerEmail'), data.payer.email],
        [f('document'), data.payer.document],
      ]}
    />
  );
}
