import type { Meaning, PeriodState, PeriodView, ScheduleListItem, ScheduleState } from '@recaudo/shared';
import { useReader } from '../fields/reader.js';
import { MeaningChip } from '../fields/StateChip.js';
import { isHeld } from './period-words.js';

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

/** Its state, that something of it is not paid, and that its means of payment cannot be charged. */
export function ScheduleChips({
  schedule: { state, pastDueSince, whyNotCharged },
}: {
  schedule: Pick<ScheduleListItem, 'state' | 'pastDueSince' | 'whyNotCharged'>;
}) {
  const { t } = useReader();
  // Once it is over the days tell more than the debt: what is owed stands beside its period.
  const lives = state === 'active' || state === 'paused';
  const owing = lives && pastDueSince !== null;
  return (
    <>
      {owing ? <MeaningChip meaning="attention">{t('schedules.past_due')}</MeaningChip> : null}
      {whyNotCharged === null ? null : (
        <MeaningChip meaning="attention">{t(`schedules.method_state.${whyNotCharged}`)}</MeaningChip>
      )}
      {(owing || whyNotCharged !== null) && state === 'active' ? null : (
        <MeaningChip meaning={SCHEDULE_MEANING[state]}>{t(`schedules.state.${state}`)}</MeaningChip>
      )}
    </>
  );
}

export function PeriodChip({ period }: { period: Pick<PeriodView, 'state' | 'why' | 'nextTryAt'> }) {
  const { t } = useReader();
  const { state } = period;
  if (isHeld(period))
    return <MeaningChip meaning="attention">{t('schedules.period_state.held')}</MeaningChip>;
  return <MeaningChip meaning={PERIOD_MEANING[state]}>{t(`schedules.period_state.${state}`)}</MeaningChip>;
}
