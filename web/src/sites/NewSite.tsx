import { createSiteSchema, type CreateSite, type Language, type SiteView } from '@recaudo/shared';
import { Alert, Button, Paper, Stack } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNotify } from 'react-admin';
import { useWatch } from 'react-hook-form';
import { Link, useNavigate } from 'react-router-dom';
import { checkFields } from '../app/check.js';
import { SendButton, SendForm } from '../app/form.js';
import { Gate, Page } from '../app/PageStates.js';
import { useData } from '../app/use-data.js';
import { useReader } from '../fields/reader.js';
import { LimitFields } from './LimitFields.js';
import { NO_TERMS, termsOfForm, type SiteTerms } from './site-form.js';
import { SiteFields } from './SiteFields.js';

type Typed = Omit<CreateSite, keyof SiteTerms> & SiteTerms;

export default function NewSite() {
  const { t, language } = useReader();
  const data = useData();
  const client = useQueryClient();
  const notify = useNotify();
  const navigate = useNavigate();
  const [problem, setProblem] = useState<string | null>(null);
  const send = async (values: Typed) => {
    setProblem(null);
    const { data: site } = await data.create<SiteView>('sites', { data: bodyOf(values, language) });
    await client.invalidateQueries({ queryKey: ['sites'] });
    notify('sites.created', { type: 'success' });
    void navigate(`/sites/${site.id}`);
  };
  return (
    <Gate permission="sites:manage">
      <Page title={t('sites.new')}>
        <SendForm<Typed>
          defaultValues={{
            name: '',
            code: '',
            country: 'CO',
            currency: 'COP',
            zone: 'America/Bogota',
            cutOff: '22:00',
            mode: 'test',
            returnUrl: null,
            ...NO_TERMS,
          }}
          validate={(values) => checkFields(createSiteSchema, bodyOf(values, language))}
          send={send}
          onProblem={({ code }) => setProblem(code)}
        >
          <Paper variant="outlined" sx={{ p: 2, maxWidth: 760 }}>
            <Stack sx={{ gap: 2 }}>
              <SiteFields fresh />
              <Limits />
              {problem ? (
                <Alert severity="error">
                  {t(`problems.help.${problem}`, { _: t('problems.help.internal') })}
                </Alert>
              ) : null}
              <SendButton
                label={t('sites.create')}
                sending={t('app.saving')}
                cancel={
                  <Button component={Link} to="/sites" color="secondary">
                    {t('ra.action.cancel')}
                  </Button>
                }
              />
            </Stack>
          </Paper>
        </SendForm>
      </Page>
    </Gate>
  );
}

/** In the currency that is being chosen above. */
function Limits() {
  const currency = useWatch({ name: 'currency' }) as string;
  return <LimitFields currency={currency} />;
}

function bodyOf(
  { hasLimits, refundLimits, hasCollectLimits, collectLimits, undoMinutes, lateDays, ...values }: Typed,
  language: Language,
): CreateSite {
  const terms = { hasLimits, refundLimits, hasCollectLimits, collectLimits, undoMinutes, lateDays };
  return {
    ...values,
    returnUrl: values.returnUrl || null,
    ...termsOfForm(terms, values.currency, language),
  };
}
