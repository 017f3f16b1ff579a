import {
  type CreateSession,
  type Currency,
  type Problem,
  type SessionKind,
  type SessionView,
} from '@recaudo/shared';
import { Box, Button, Stack, Typography } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useGetOne, useNotify } from 'react-admin';
import { useFormContext, useWatch } from 'react-hook-form';
import { Link, useNavigate, useSearchParams } from 'react-router-dom';
import { now } from '../app/clock.js';
import { SendButton, SendForm, TextInput } from '../app/form.js';
import { useSignedIn } from '../app/login-state.js';
import { Gate, Page, PageSkeleton } from '../app/PageStates.js';
import { useData } from '../app/use-data.js';
import { readMoney } from '../fields/money-reading.js';
import { useReader } from '../fields/reader.js';
import { minorToTyped } from '../fields/typed-amount.js';
import { CreateProblem } from './CreateProblem.js';
import { draftOf, dropDraft, keepDraft, type DraftOwner } from './draft.js';
import { sessionPath } from './naming.js';
import { checkForm, EMPTY_FORM, prepare, willWords, type Prepared, type SessionForm } from './new-session.js';
import { ChargeFields, TermsFields } from './opening/ChargeFields.js';
import { FormPart } from './opening/FormPart.js';
import { KindChoice } from './opening/KindChoice.js';
import { termsToForm } from './opening/terms-form.js';

export default function NewSession() {
  const { t } = useReader();
  const [params] = useSearchParams();
  const from = params.get('from');
  return (
    <Gate permission="sessions:create">
      <Page title={t('sessions.new')}>
        {from ? <Again id={from} /> : <Creation first={{}} from={null} />}
      </Page>
    </Gate>
  );
}

/** Opening another payment of the same order starts with what the last one said. */
function Again({ id }: { id: string }) {
  const { language } = useReader();
  const { data, error } = useGetOne<SessionView>('sessions', { id });
  if (error) return <Creation first={{}} from={id} />;
  if (!data) return <PageSkeleton rows={6} />;
  const { name, surname, email, documentType, document, mobile } = data.payer;
  const payer = Object.fromEntries(
    Object.entries({ name, surname, email, documentType, document, mobile }).map(([key, value]) => [
      key,
      value ?? '',
    ]),
  );
  const amountMinor = minorToTyped(data.amountMinor, data.currency, language);
  return (
    <Creation
      from={id}
      first={{
        siteId: data.siteId,
        reference: data.reference,
        description: data.description,
        amountMinor,
        payer,
        ...termsToForm(data.terms, data.currency, language),
      }}
    />
  );
}

function Creation({ first, from }: { first: Partial<SessionForm>; from: string | null }) {
  const { language } = useReader();
  const { sites, person } = useSignedIn();
  const owner = { personId: person.id, from };
  const [draft] = useState(() => draftOf(owner));
  const data = useData();
  const client = useQueryClient();
  const navigate = useNavigate();
  const notify = useNotify();
  const [problem, setProblem] = useState<Problem | null>(null);
  const prepared = useRef<Prepared | null>(null);
  const onlySite = sites.length === 1 ? sites[0]?.id : undefined;
  const currencyOf = (siteId: string) =>
    (sites.find((site) => site.id === siteId)?.currency ?? null) as Currency | null;

  const send = async (form: SessionForm) => {
    const currency = currencyOf(form.siteId);
    if (!currency) return;
    setProblem(null);
    prepared.current = prepare(form, prepared.current, {
      currency,
      language,
      now: now(),
      newKey: () => crypto.randomUUID(),
    });
    const session = await data.createSession(prepared.current.body as CreateSession, prepared.current.key);
    dropDraft();
    void client.invalidateQueries({ queryKey: ['sessions'] });
    notify('sessions.created', { type: 'success' });
    void navigate(sessionPath(session.id));
  };

  return (
    <SendForm<SessionForm>
      defaultValues={{
        ...EMPTY_FORM,
        siteId: onlySite ?? '',
        ...first,
        ...draft,
      }}
      validate={(form) => checkForm(form, currencyOf(form.siteId), language, now())}
      send={send}
      onProblem={setProblem}
    >
      <DraftKeeper owner={owner} />
      <Stack sx={{ gap: 2, maxWidth: 720 }}>
        <KindChoice folded={from !== null} />
        <ChargeFields sites={sites} />
        <TermsFields sites={sites} />
        <PayerFields />
        {problem ? <CreateProblem problem={problem} /> : null}
        <Box sx={{ position: 'sticky', bottom: 0, zIndex: 2, bgcolor: 'background.default', py: 1 }}>
          <Repetition currencyOf={currencyOf} />
          <CreateButton again={problem?.code === 'gateway_unreachable'} />
        </Box>
      </Stack>
    </SendForm>
  );
}

/** Every change is kept, so that a login that ended in the middle of the form takes nothing away. */
function DraftKeeper({ owner: { personId, from } }: { owner: DraftOwner }) {
  const { subscribe } = useFormContext<SessionForm>();
  useEffect(
    () =>
      subscribe({
        formState: { values: true },
        callback: ({ values }) => keepDraft(values, { personId, from }),
      }),
    [subscribe, personId, from],
  );
  return null;
}

function PayerFields() {
  const { t } = useReader();
  const f = (name: string) => t(`sessions.fields.${name}`);
  return (
    <FormPart title={t('sessions.payer_optional')}>
      <TextInput source="payer.name" label={f('name')} maxLength={60} />
      <TextInput source="payer.surname" label={f('surname')} maxLength={60} />
      <TextInput source="payer.email" label={f('payerEmail')} type="email" maxLength={80} />
      <TextInput source="payer.mobile" label={f('mobile')} maxLength={30} help={t('sessions.mobile_help')} />
      <TextInput
        source="payer.documentType"
        label={f('documentType')}
        maxLength={6}
        help={t('sessions.document_type_help')}
      />
      <TextInput source="payer.document" label={f('document')} maxLength={25} />
    </FormPart>
  );
}

/** The amount once more, beside the button that sends it. */
function Repetition({ currencyOf }: { currencyOf: (siteId: string) => Currency | null }) {
  const { t, language } = useReader();
  const [siteId, text, kind] = useWatch({ name: ['siteId', 'amountMinor', 'kind'] }) as [
    string,
    string,
    SessionKind,
  ];
  if (kind === 'subscription') return <Typography>{t('opening.will_store')}</Typography>;
  const currency = currencyOf(siteId);
  const repeated = currency ? readMoney(text ?? '', currency, language).repeated : null;
  if (!repeated) return null;
  return (
    <Typography>
      {t(willWords(kind))} <strong>{repeated}</strong>
    </Typography>
  );
}

/** The button names what is made. */
function CreateButton({ again }: { again: boolean }) {
  const { t } = useReader();
  const kind = useWatch({ name: 'kind' }) as SessionKind;
  return (
    <SendButton
      label={again ? t('app.try_again') : t(`opening.create.${kind}`)}
      sending={t('sessions.creating')}
      cancel={
        <Button component={Link} to="/sessions" color="secondary" onClick={() => dropDraft()}>
          {t('ra.action.cancel')}
        </Button>
      }
    />
  );
}
