import type { ScheduleAct, ScheduleListItem, ScheduleView } from '@recaudo/shared';
import { useReader } from '../../fields/reader.js';
import { AmountDialog } from './AmountDialog.js';
import { ChoiceInput } from './ChoiceInput.js';
import { InstrumentDialog } from './InstrumentDialog.js';
import { PolicyDialog } from './PolicyDialog.js';
import { PreviewedDialog } from './PreviewedDialog.js';

/** What can be done from a list, where only the schedule's outline is known. */
export type ListedAct = 'cancel' | 'instrument' | 'keep';
/** What its page offers. */
export type PageAct = ScheduleAct['act'];

interface Props {
  schedule: ScheduleListItem;
  onClose: () => void;
}

/** From a list: what is done to a subscription most. */
export function ScheduleDialog({ act, ...props }: Props & { act: ListedAct }) {
  if (act === 'instrument') return <InstrumentDialog {...props} />;
  return act === 'cancel' ? <CancelDialog {...props} /> : <PlainDialog {...props} act={act} />;
}

/** From its page: everything. */
export function PageDialog({
  act,
  schedule,
  onClose,
}: {
  act: PageAct;
  schedule: ScheduleView;
  onClose: () => void;
}) {
  const props = { schedule, onClose };
  if (act === 'amount') return <AmountDialog {...props} />;
  if (act === 'policy') return <PolicyDialog {...props} />;
  if (act === 'pause' || act === 'resume' || act === 'skip') return <PlainDialog {...props} act={act} />;
  return <ScheduleDialog {...props} act={act} />;
}

/** Acts that need nothing but a reason. */
function PlainDialog({ schedule, act, onClose }: Props & { act: 'pause' | 'resume' | 'skip' | 'keep' }) {
  const { t, day } = useReader();
  const { next } = schedule;
  return (
    <PreviewedDialog<{ reason: string }>
      schedule={schedule}
      act={act}
      first={{ reason: '' }}
      bodyOf={({ reason }) => ({
        act,
        ...(act === 'skip' && next ? { day: next.day } : {}),
        reason: reason.trim() || undefined,
      })}
      label={() =>
        act === 'skip'
          ? next
            ? t('schedules.act.skip.label', { day: day(next.day) })
            : t('schedules.act.skip.label_bare')
          : t(`schedules.act.${act}.label`)
      }
      onClose={onClose}
    />
  );
}

interface Cancel {
  when: 'now' | 'period_end';
  reason: string;
}

/** The kinder way first: the period under way, or the trial, is lived to its end. */
function CancelDialog({ schedule, onClose }: Props) {
  const { t } = useReader();
  const c = (name: string) => t(`schedules.act.cancel.${name}`);
  const { access } = schedule;
  // What is paused has no period under way, and what ends at its end can only end sooner.
  const hasEnd = schedule.state === 'active' && schedule.endsOn === null && access !== 'none';
  return (
    <PreviewedDialog<Cancel>
      schedule={schedule}
      act="cancel"
      first={{ when: hasEnd ? 'period_end' : 'now', reason: '' }}
      bodyOf={({ when, reason }) => ({ act: 'cancel', when, reason: reason.trim() || undefined })}
      label={({ when }) => c(when === 'now' ? 'label_now' : `label_period_end.${access}`)}
      danger
      onClose={onClose}
    >
      <ChoiceInput
        source="when"
        label={c('when')}
        choices={[
          ...(hasEnd
            ? [
                {
                  value: 'period_end',
                  label: c(`period_end.${access}`),
                  help: c(`period_end_help.${access}`),
                },
              ]
            : []),
          { value: 'now', label: c('now'), help: c(access === 'none' ? 'now_help_none' : 'now_help') },
        ]}
      />
    </PreviewedDialog>
  );
}
