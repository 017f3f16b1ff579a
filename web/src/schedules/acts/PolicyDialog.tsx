import type { PolicyView, ScheduleView } from '@recaudo/shared';
import { Alert, Link as MuiLink, Typography } from '@mui/material';
import { Link } from 'react-router-dom';
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

/** The likeliest wish stands first: another than it follows now. */
function Chosen({ schedule, policies, onClose }: Props & { policies: PolicyView[] }) {
  const reader = useReader();
  const { t } = reader;
  const { policy } = schedule;
  const p = (word: string, values?: Record<string, unknown>) => t(`schedules.act.policy.${word}`, values);
  const ofSite = p('of_site', {
    name: policies.find(({ isDefault }) => isDefault)?.name ?? t('policies.house'),
  });
  const nothingElse = policies.length === 0 && !policy.named;
  const likeliest = policy.named ? '' : (policies.find(({ isDefault }) => !isDefault)?.id ?? '');
  return (
    <PreviewedDialog<{ policyId: string; reason: string }>
      schedule={schedule}
      act="policy"
      first={{ policyId: likeliest, reason: '' }}
      bodyOf={({ policyId, reason }) =>
        nothingElse ? null : { act: 'policy', policyId: policyId || null, reason: reason.trim() || undefined }
      }
      label={({ policyId }) => {
        const name = policies.find(({ id }) => id === policyId)?.name;
        return name ? p('label', { name }) : p('label_site');
      }}
      facts={[[p('now'), policy.named ? (policy.name ?? '–') : ofSite]]}
      onClose={onClose}
    >
      {nothingElse ? (
        <Alert severity="info">
          <Typography>{p('none')}</Typography>
          <MuiLink component={Link} to="/policies">
            {t('rooms.policies')}
          </MuiLink>
        </Alert>
      ) : (
        <ChoiceInput
          source="policyId"
          label={p('choose')}
          choices={[
            { value: '', label: ofSite, help: p('of_site_help') },
            ...policies.map(({ id, name, rules }) => ({
              ...{ value: id, label: name },
              help: `${t('policies.class.balance')}: ${ruleWords(rules.by.balance, reader)}`,
            })),
          ]}
        />
      )}
    </PreviewedDialog>
  );
}
