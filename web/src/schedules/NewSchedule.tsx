import { type Currency, localDay, PERIOD_UNITS, type Problem } from '@recaudo/shared';
import { Box, Button, MenuItem, Stack, Typography } from '@mui/material';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useNotify } from 'react-admin';
import { useFormContext, useWatch } from 'react-hook-form';
import { Link, useNavigate } from 'react-router-dom';
import { now } from '../app/clock.js';
import { SendButton, SendForm, TextInput } from '../app/form.js';
import { type SignedInSite, useSignedIn } from '../app/login-state.js';
import { Gate, Page } from '../app/PageStates.js';
import { problemOf } from '../app/api.js';
import { useData } from '../app/use-data.js';
import { MoneyInput } from '../fields/MoneyInput.js';
import { useReader } from '../fields/reader.js';
import { ProblemAlert } from '../money/ProblemAlert.js';
import { useDebounced } from '../money/use-debounced.js';
import { schedulePath } from '../sessions/naming.js';
import { FormPart, Wide } from '../sessions/opening/FormPart.js';
import { TaxRows } from '../sessions/opening/TaxRows.js';
import { ZoneInput } from '../sites/SiteFields.js';
import { MethodPicker } from './MethodPicker.js';
import {
  checkSchedule,
  EMPTY_SCHEDULE,
  previewBody,
  toScheduleBody,
  type ScheduleForm,
} from './new-schedule.js';
import { ComingCharges } from './OutlookWords.js';

const STILL_MS = 400;
const SHOWN = 6;

export default function NewSchedule() {
  const { t } = useReader();
  return (
    <Gate permission="schedules:manage">
      <Page title={t('schedules.new')}>
        <Creation />
      </Page>
    </Gate>
  );
}

function Creation() {
  const { language } = useReader();
  const { sites } = useSignedIn();
  const data = useData();
  const client = useQueryClient();
  const navigate = useNavigate();
  const notify = useNotify();
  const [problem, setProblem] = useState<Problem | null>(null);
  const sent = useRef<{ body: string; key: string } | null>(null);
  const only = sites.length === 1 ? sites[0] : undefined;
  const siteOf = (id: string) => sites.find((site) => site.id === id);
  const currencyOf = (id: string) => (siteOf(id)?.currency ?? null) as Currency | null;
  const send = async (form: ScheduleForm) => {
    const currency = currencyOf(form.siteId);
    if (!currency) return;
    setProblem(null);
    const body = toScheduleBody(form, currency, language);
    const fingerprint = JSON.stringify(body);
    // The same form sent again is the same schedule; a changed one is another.
    if (sent.current?.body !== fingerprint) sent.current = { body: fingerprint, key: crypto.randomUUID() };
    const schedule = await data.createSchedule(body, sent.current.key);
    void client.invalidateQueries({ queryKey: ['schedules'] });
    notify('schedules.form.created', { type: 'success' });
    void navigate(schedulePath(schedule.id));
  };
  return (
    <SendForm<ScheduleForm>
      defaultValues={{ ...EMPTY_SCHEDULE, siteId: only?.id ?? '', zone: only?.zone ?? '' }}
      validate={(form) => checkSchedule(form, currencyOf(form.siteId), language)}
      send={send}
      onProblem={setProblem}
    >
      <Box
        sx={{
          display: 'grid',
          gap: 2,
          alignItems: 'start',
          gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 720px) 280px' },
        }}
      >
        <Stack sx={{ gap: 2 }}>
          <WhatFields sites={sites} siteOf={siteOf} />
          <WhenFields />
          {problem ? <ProblemAlert problem={problem} /> : null}
        </Stack>
        <Preview currencyOf={currencyOf} />
        <Buttons />
      </Box>
    </SendForm>
  );
}

function WhatFields({
  sites,
  siteOf,
}: {
  sites: SignedInSite[];
  siteOf: (id: string) => SignedInSite | undefined;
}) {
  const { t } = useReader();
  const siteId = useWatch({ name: 'siteId' }) as string;
  const currency = (siteOf(siteId)?.currency ?? null) as Currency | null;
  const f = (name: string) => t(`sessions.fields.${name}`);
  return (
    <FormPart title={t('schedules.form.who')}>
      <SiteInput sites={sites} />
      <MethodPicker key={siteId} source="instrumentId" siteId={siteId} />
      <TextInput
        source="plan"
        label={t('schedules.plan')}
        help={t('schedules.form.plan_help')}
        required
        maxLength={80}
      />
      <TextInput
        source="reference"
        label={f('reference')}
        help={t('schedules.form.reference_help')}
        required
        maxLength={26}
      />
      <MoneyInput source="amountMinor" label={f('amount')} currency={currency} />
      <Wide>
        <TaxRows source="taxes" title={t('opening.taxes')} currency={currency} />
      </Wide>
    </FormPart>
  );
}

/** Another site has other means of payment, and its own zone. */
function SiteInput({ sites }: { sites: SignedInSite[] }) {
  const { t } = useReader();
  const { setValue } = useFormContext<ScheduleForm>();
  return (
    <TextInput source="siteId" label={t('sessions.fields.site')} select required>
      {sites.map((site) => (
        <MenuItem
          key={site.id}
          value={site.id}
          disabled={!site.ready}
          onClick={() => {
            setValue('zone', site.zone);
            setValue('instrumentId', '');
          }}
        >
          {site.name}
          {site.ready ? '' : ` · ${t('sessions.site_not_ready')}`}
        </MenuItem>
      ))}
    </TextInput>
  );
}

const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour));

function WhenFields() {
  const { t, zone: reader } = useReader();
  const [unit, zone] = useWatch({ name: ['unit', 'zone'] }) as [ScheduleForm['unit'], string];
  const today = localDay(now(), zone || reader);
  const w = (name: string) => t(`schedules.form.${name}`);
  return (
    <FormPart title={w('rhythm')}>
      <TextInput source="unit" label={w('unit')} select required>
        {PERIOD_UNITS.map((one) => (
          <MenuItem key={one} value={one}>
            {w(`units.${one}`)}
          </MenuItem>
        ))}
      </TextInput>
      <TextInput source="interval" label={w('interval')} required maxLength={3} inputMode="numeric" />
      <TextInput source="startOn" label={w('start')} type="date" min={today} required />
      {unit === 'month' || unit === 'year' ? (
        <TextInput
          source="anchorDay"
          label={w('anchor')}
          help={w('anchor_help')}
          maxLength={2}
          inputMode="numeric"
        />
      ) : null}
      <TextInput
        source="trialDays"
        label={w('trial')}
        help={w('trial_help')}
        maxLength={3}
        inputMode="numeric"
      />
      <TextInput
        source="maxPeriods"
        label={w('max')}
        help={w('max_help')}
        maxLength={4}
        inputMode="numeric"
      />
      <TextInput source="endOn" label={w('end')} type="date" min={today} />
      <TextInput source="chargeHour" label={w('hour')} select required>
        {HOURS.map((hour) => (
          <MenuItem key={hour} value={hour}>{`${hour.padStart(2, '0')}:00`}</MenuItem>
        ))}
      </TextInput>
      <ZoneInput source="zone" label={w('zone')} />
    </FormPart>
  );
}

/** The coming charges as the server counts them, while they are typed. */
function Preview({ currencyOf }: { currencyOf: (siteId: string) => Currency | null }) {
  const { t, language } = useReader();
  const data = useData();
  const form = useWatch() as ScheduleForm;
  const typed = JSON.stringify(previewBody(form, currencyOf(form.siteId), language));
  const settled = useDebounced(typed, STILL_MS);
  const { data: outlook, error } = useQuery({
    queryKey: ['schedules', 'preview', settled],
    queryFn: () => data.previewSchedule(JSON.parse(settled) as NonNullable<ReturnType<typeof previewBody>>),
    enabled: settled !== 'null',
    gcTime: 0,
  });
  return (
    <Box
      component="section"
      aria-label={t('schedules.form.preview')}
      aria-live="polite"
      sx={{ position: { lg: 'sticky' }, top: 16, gridColumn: { lg: 2 }, gridRow: { lg: 1 }, minHeight: 60 }}
    >
      <Typography variant="h3">{t('schedules.form.preview')}</Typography>
      {settled === 'null' ? (
        <Typography variant="body2" sx={{ color: 'text.secondary' }}>
          {t('schedules.form.preview_waiting')}
        </Typography>
      ) : error ? (
        <ErrorWords problem={problemOf(error)} />
      ) : outlook?.charges.length === 0 ? (
        <Typography variant="body2">{t('schedules.coming_none')}</Typography>
      ) : outlook ? (
        <ComingCharges outlook={outlook} shown={SHOWN} />
      ) : null}
    </Box>
  );
}

/** What the server would refuse, before it is sent: by field, or by its title. */
function ErrorWords({ problem }: { problem: Problem }) {
  const { t } = useReader();
  const keys = [...new Set(Object.values(problem.errors ?? {}).flat())];
  return (
    <Typography variant="body2" role="alert" sx={{ color: 'warning.main' }}>
      {keys.length > 0
        ? keys.map((key) => t(`problems.field.${key}`, { _: t('problems.field.invalid') })).join('. ')
        : t(`problems.title.${problem.code}`, { _: t('schedules.form.preview_wrong') })}
    </Typography>
  );
}

function Buttons() {
  const { t } = useReader();
  return (
    <Box sx={{ position: 'sticky', bottom: 0, zIndex: 2, bgcolor: 'background.default', py: 1 }}>
      <SendButton
        label={t('schedules.form.create')}
        sending={t('schedules.form.creating')}
        cancel={
          <Button component={Link} to="/schedules" color="secondary">
            {t('ra.action.cancel')}
          </Button>
        }
      />
    </Box>
  );
}
