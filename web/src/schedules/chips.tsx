import type { Meaning, PeriodState, ScheduleListItem, ScheduleState } from '@recaudo/shared';
import { useReader } from '../fields/reader.js';
import { MeaningChip, Tag } from '../fields/StateChip.js';

const SCHEDULE_MEANING: Record<ScheduleState, Meaning> = {
  active: 'done',
  paused: 'waiting',
  cancelled: 'failed',
  finished: 'done',
};

const PERIOD_MEANING: Record<PeriodState, Meaning> = {
  planned: 'waiting',
  charging: 'waiting',
  unknown: 'unknown',
  blocked: 'attention',
  retrying: 'waiting',
  waiting: 'attention',
  unpaid: 'failed',
  paid: 'done',
  skipped: 'done',
  cancelled: 'failed',
};

/** Its state, that something of it is not paid, and that it ends soon. */
export function ScheduleChips({
  schedule: { state, pastDueSince, endsOn },
}: {
  schedule: Pick<ScheduleListItem, 'state' | 'pastDueSince' | 'endsOn'>;
}) {
  const { t, day } = useReader();
  // Once it is over the days tell more than the debt: what is owed stands beside its period.
  const lives = state === 'active' || state === 'paused';
  const owing = lives && pastDueSince !== null;
  return (
    <>
      {owing ? <MeaningChip meaning="attention">{t('schedules.past_due')}</MeaningChip> : null}
      {owing && state === 'active' ? null : (
        <MeaningChip meaning={SCHEDULE_MEANING[state]}>{t(`schedules.state.${state}`)}</MeaningChip>
      )}
      {lives && endsOn ? <Tag>{t('schedules.ends', { day: day(endsOn) })}</Tag> : null}
    </>
  );
}

export function PeriodChip({ state }: { state: PeriodState }) {
  const { t } = useReader();
  return <MeaningChip meaning={PERIOD_MEANING[state]}>{t(`schedules.period_state.${state}`)}</MeaningChip>;
}
