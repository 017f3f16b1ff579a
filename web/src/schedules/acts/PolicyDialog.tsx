import type { PolicyView, ScheduleView } from '@recaudo/shared';
import { useReader } from '../../fields/reader.js';
import { MoneyDialogFrame } from '../../money/MoneyDialog.js';
import { ruleWords } from '../../policies/policy-words.js';
import { usePolicies } from '../../policies/use-policies.js';
import { ChoiceInput } from './ChoiceInput.js';
import { PreviewedDialog } from './PreviewedDialog.js';

interface Props {
  schedule: ScheduleView;
  onClose: () => void;
}

/** Another policy of the site, or whichever the site has by default. */
export function PolicyDialog({ schedule, onClose }: Props) {
  const { t } = useReader();
  const { data, error } = usePolicies();
  if (!data)
    return <MoneyDialogFrame title={t('schedules.act.policy.title')} error={error} onClose={onClose} />;
  const policies = data.filter(({ siteId }) => siteId === schedule.siteId);
  return <Chosen schedule={schedule} policies={policies} onClose={onClose} />;
}

function Chosen({ schedule, policies, onClose }: Props & { policies: PolicyView[] }) {
  const reader = useReader();
  const { t } = reader;
  const { policy } = schedule;
  const ofSite = t('schedules.act.policy.of_site', {
    name: policies.find(({ isDefault }) => isDefault)?.name ?? t('policies.house'),
  });
  const named = (id: string) => policies.find((each) => each.id === id)?.name ?? ofSite;
  return (
    <PreviewedDialog<{ policyId: string; reason: string }>
      schedule={schedule}
      act="policy"
      first={{ policyId: policy.named ? (policy.id ?? '') : '', reason: '' }}
      bodyOf={({ policyId, reason }) => ({
        ...{ act: 'policy', policyId: policyId || null, reason: reason.trim() || undefined },
      })}
      label={({ policyId }) => t('schedules.act.policy.label', { name: named(policyId) })}
      facts={[[t('schedules.act.policy.now'), policy.named ? (policy.name ?? '–') : ofSite]]}
      onClose={onClose}
    >
      <ChoiceInput
        source="policyId"
        label={t('schedules.act.policy.choose')}
        choices={[
          { value: '', label: ofSite, help: t('schedules.act.policy.of_site_help') },
          ...policies.map(({ id, name, rules }) => ({
            ...{ value: id, label: name },
            help: `${t('policies.class.balance')}: ${ruleWords(rules.by.balance, reader)}`,
          })),
        ]}
      />
    </PreviewedDialog>
  );
}
