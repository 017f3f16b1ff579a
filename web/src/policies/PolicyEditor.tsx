import {
  createPolicySchema,
  DEFAULT_POLICY,
  policyRulesSchema,
  RETRIED_CLASSES,
  updatePolicySchema,
  type PolicyView,
  type Problem,
} from '@recaudo/shared';
import { Alert, Button, MenuItem, Stack } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNotify } from 'react-admin';
import { useWatch } from 'react-hook-form';
import { Link, useNavigate, useParams } from 'react-router-dom';
import { checkFields } from '../app/check.js';
import { SendButton, SendForm, TextInput } from '../app/form.js';
import { useSignedIn } from '../app/login-state.js';
import { EmptyPanel, Gate, Page, PageSkeleton, ProblemPanel } from '../app/PageStates.js';
import { useData } from '../app/use-data.js';
import { useReader } from '../fields/reader.js';
import { ProblemAlert } from '../money/ProblemAlert.js';
import { FormPart } from '../sessions/opening/FormPart.js';
import { Lab } from './Lab.js';
import { atItsField, rulesOfForm, rulesToForm, type PolicyForm } from './policy-form.js';
import { RuleFields } from './RuleFields.js';
import { usePolicies } from './use-policies.js';

/** A new policy, or another wording of one that there is. */
export default function PolicyEditor() {
  const { id } = useParams();
  return <Gate permission="policies:manage">{id ? <Known id={id} /> : <Editor policy={null} />}</Gate>;
}

function Known({ id }: { id: string }) {
  const { t } = useReader();
  const { data, error, refetch } = usePolicies();
  if (!data) return error ? <ProblemPanel error={error} retry={() => void refetch()} /> : <PageSkeleton />;
  const policy = data.find((each) => each.id === id);
  if (policy) return <Editor key={id} policy={policy} />;
  return (
    <Page title={t('rooms.policies')}>
      <EmptyPanel
        action={
          <Button component={Link} to="/policies" variant="outlined">
            {t('rooms.policies')}
          </Button>
        }
      >
        {t('policies.none_here')}
      </EmptyPanel>
    </Page>
  );
}

function Editor({ policy }: { policy: PolicyView | null }) {
  const { t } = useReader();
  const { sites } = useSignedIn();
  const data = useData();
  const client = useQueryClient();
  const notify = useNotify();
  const navigate = useNavigate();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [first] = useState<PolicyForm>(() => ({
    siteId: policy?.siteId ?? (sites.length === 1 ? (sites[0]?.id ?? '') : ''),
    name: policy?.name ?? '',
    rules: rulesToForm(policy?.rules ?? DEFAULT_POLICY),
  }));
  const bodyOf = ({ siteId, name, rules }: PolicyForm) => ({
    ...(policy ? {} : { siteId }),
    ...{ name: name.trim(), rules: rulesOfForm(rules) },
  });
  const send = async (form: PolicyForm) => {
    setProblem(null);
    const body = bodyOf(form);
    if (policy)
      await data.update<PolicyView>('policies', { id: policy.id, data: body, previousData: policy });
    else await data.create<PolicyView>('policies', { data: body });
    await client.invalidateQueries({ queryKey: ['policies'] });
    notify(`policies.form.${policy ? 'saved' : 'created'}`, { type: 'success' });
    void navigate('/policies');
  };
  return (
    <Page title={policy ? t('policies.edit_title', { name: policy.name }) : t('policies.new')}>
      <SendForm<PolicyForm>
        defaultValues={first}
        validate={(form) => ({
          ...atItsField(checkFields(policy ? updatePolicySchema : createPolicySchema, bodyOf(form))),
          ...(form.siteId ? {} : { siteId: 'problems.field.required' }),
        })}
        send={send}
        onProblem={setProblem}
      >
        <Stack sx={{ gap: 2, maxWidth: 760 }}>
          {policy && (policy.schedules > 0 || policy.isDefault) ? (
            <Alert severity="info">{t('policies.form.in_use')}</Alert>
          ) : null}
          <Naming fresh={policy === null} />
          {RETRIED_CLASSES.map((name) => (
            <RuleFields key={name} name={name} />
          ))}
          {problem ? <ProblemAlert problem={problem} /> : null}
          <SendButton
            label={t(policy ? 'ra.action.save' : 'policies.form.create')}
            sending={t('app.saving')}
            cancel={
              <Button component={Link} to="/policies" color="secondary">
                {t('ra.action.cancel')}
              </Button>
            }
          />
          <DraftLab />
        </Stack>
      </SendForm>
    </Page>
  );
}

const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour));

function Naming({ fresh }: { fresh: boolean }) {
  const { t } = useReader();
  const { sites } = useSignedIn();
  return (
    <FormPart title={t('policies.form.what')}>
      {fresh ? (
        <TextInput source="siteId" label={t('sessions.fields.site')} select required>
          {sites.map((site) => (
            <MenuItem key={site.id} value={site.id}>
              {site.name}
            </MenuItem>
          ))}
        </TextInput>
      ) : null}
      <TextInput
        source="name"
        label={t('policies.form.name')}
        help={t('policies.form.name_help')}
        required
        maxLength={60}
      />
      <TextInput source="rules.hour" label={t('policies.form.hour')} select>
        <MenuItem value="">{t('policies.form.hour_own')}</MenuItem>
        {HOURS.map((hour) => (
          <MenuItem key={hour} value={hour}>{`${hour.padStart(2, '0')}:00`}</MenuItem>
        ))}
      </TextInput>
    </FormPart>
  );
}

/** Plays what stands in the form, saved or not. */
function DraftLab() {
  const { t } = useReader();
  const form = useWatch() as PolicyForm;
  const { data: rules } = policyRulesSchema.safeParse(rulesOfForm(form.rules));
  const ready = rules !== undefined && form.siteId !== '';
  return (
    <Lab siteId={form.siteId} name={form.name.trim() || t('policies.new')} rules={ready ? rules : null} />
  );
}
