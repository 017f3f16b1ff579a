import { updateSiteSchema, type Language, type SiteView, type UpdateSite } from '@recaudo/shared';
import { Alert, Stack, Typography } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useGetOne, useNotify } from 'react-admin';
import { useParams } from 'react-router-dom';
import { checkFields } from '../app/check.js';
import { SendButton, SendForm } from '../app/form.js';
import { Gate, Page, PageSkeleton, ProblemPanel } from '../app/PageStates.js';
import { useData } from '../app/use-data.js';
import { Block } from '../fields/Block.js';
import { Copyable } from '../fields/Copyable.js';
import { FactList } from '../fields/FactList.js';
import { Instant } from '../fields/Instant.js';
import { useReader } from '../fields/reader.js';
import { AccountBlock } from './AccountBlock.js';
import { LimitFields } from './LimitFields.js';
import { termsOfForm, termsToForm, type SiteTerms } from './site-form.js';
import { SiteFields } from './SiteFields.js';

export default function SitePage() {
  return (
    <Gate permission="sites:manage">
      <Site />
    </Gate>
  );
}

function Site() {
  const { t } = useReader();
  const { id = '' } = useParams();
  const { data: site, error, refetch } = useGetOne<SiteView>('sites', { id });
  if (!site) return error ? <ProblemPanel error={error} retry={() => void refetch()} /> : <PageSkeleton />;
  return (
    <Page title={site.name}>
      <Stack sx={{ gap: 3, maxWidth: 760 }}>
        <Block title={t('sites.fixed')}>
          <FactList
            facts={[
              [t('sites.code'), <Copyable key="code" text={site.code} name={t('sites.code')} />],
              [t('sites.currency'), site.currency],
              [t('sites.mode'), t(`modes.${site.mode}`)],
              [t('sites.created_at'), <Instant key="at" value={site.createdAt} />],
            ]}
          />
          <Typography variant="body2" sx={{ mt: 1, color: 'text.secondary' }}>
            {t('sites.fixed_explained')}
          </Typography>
        </Block>
        <AccountBlock site={site} />
        <DetailsBlock site={site} />
      </Stack>
    </Page>
  );
}

type Typed = Pick<SiteView, 'name' | 'country' | 'zone' | 'cutOff' | 'returnUrl'> & SiteTerms;

function DetailsBlock({ site }: { site: SiteView }) {
  const { t, language } = useReader();
  const data = useData();
  const client = useQueryClient();
  const notify = useNotify();
  const [problem, setProblem] = useState<string | null>(null);
  const send = async (values: Typed) => {
    setProblem(null);
    await data.update<SiteView>('sites', { id: site.id, data: body(values), previousData: site });
    await client.invalidateQueries({ queryKey: ['sites'] });
    notify('sites.saved', { type: 'success' });
  };
  const { name, country, zone, cutOff, returnUrl } = site;
  const body = (values: Typed) => bodyOf(values, site.currency, language);
  return (
    <Block title={t('sites.details')}>
      <SendForm<Typed>
        defaultValues={{ name, country, zone, cutOff, returnUrl, ...termsToForm(site, language) }}
        validate={(values) => checkFields(updateSiteSchema, body(values))}
        send={send}
        onProblem={({ code }) => setProblem(code)}
      >
        <Stack sx={{ gap: 2, pt: 1 }}>
          <SiteFields fresh={false} />
          <LimitFields currency={site.currency} />
          {problem ? (
            <Alert severity="error">
              {t(`problems.help.${problem}`, { _: t('problems.help.internal') })}
            </Alert>
          ) : null}
          <SendButton label={t('ra.action.save')} sending={t('app.saving')} />
        </Stack>
      </SendForm>
    </Block>
  );
}

function bodyOf(values: Typed, currency: string, language: Language): UpdateSite {
  const { name, country, zone, cutOff, returnUrl } = values;
  return {
    ...{ name, country, zone, cutOff, returnUrl: returnUrl || null },
    ...termsOfForm(values, currency, language),
  };
}
