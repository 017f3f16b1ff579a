import type { Meaning, PeriodState, ScheduleListItem, ScheduleState } from '@recaudo/shared';
import { useReader } from '../fields/reader.js';
import { MeaningChip } from '../fields/StateChip.js';

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

/** Its state, and that something of it is not paid. */
export function ScheduleChips({
  schedule: { state, pastDueSince },
}: {
  schedule: Pick<ScheduleListItem, 'state' | 'pastDueSince'>;
}) {
  const { t } = useReader();
  // Once it is over the days tell more than the debt: what is owed stands beside its period.
  const lives = state === 'active' || state === 'paused';
  const owing = lives && pastDueSince !== null;
  return (
    <>
      {owing ? <MeaningChip meaning="attention">{t('schedules.past_due')}</MeaningChip> : null}
      {owing && state === 'active' ? null : (
        <MeaningChip meaning={SCHEDULE_MEANING[state]}>{t(`schedules.state.${state}`)}</MeaningChip>
      )}
    </>
  );
}

export function PeriodChip({ state }: { state: PeriodState }) {
  const { t } = useReader();
  return <MeaningChip meaning={PERIOD_MEANING[state]}>{t(`schedules.period_state.${state}`)}</MeaningChip>;
}
