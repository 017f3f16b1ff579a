import { createSiteSchema, type CreateSite, type SiteView } from '@recaudo/shared';
import { Alert, Button, Paper, Stack } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNotify } from 'react-admin';
import { Link, useNavigate } from 'react-router-dom';
import { checkFields } from '../app/check.js';
import { SendButton, SendForm } from '../app/form.js';
import { Gate, Page } from '../app/PageStates.js';
import { useData } from '../app/use-data.js';
import { useReader } from '../fields/reader.js';
import { SiteFields } from './SiteFields.js';

export default function NewSite() {
  const { t } = useReader();
  const data = useData();
  const client = useQueryClient();
  const notify = useNotify();
  const navigate = useNavigate();
  const [problem, setProblem] = useState<string | null>(null);
  const send = async (values: CreateSite) => {
    setProblem(null);
    const { data: site } = await data.create<SiteView>('sites', { data: bodyOf(values) });
    await client.invalidateQueries({ queryKey: ['sites'] });
    notify('sites.created', { type: 'success' });
    void navigate(`/sites/${site.id}`);
  };
  return (
    <Gate permission="sites:manage">
      <Page title={t('sites.new')}>
        <SendForm<CreateSite>
          defaultValues={{
            name: '',
            code: '',
            country: 'CO',
            currency: 'COP',
            zone: 'America/Bogota',
            cutOff: '22:00',
            mode: 'test',
            returnUrl: null,
          }}
          validate={(values) => checkFields(createSiteSchema, bodyOf(values))}
          send={send}
          onProblem={({ code }) => setProblem(code)}
        >
          <Paper variant="outlined" sx={{ p: 2, maxWidth: 760 }}>
            <Stack sx={{ gap: 2 }}>
              <SiteFields fresh />
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

function bodyOf(values: CreateSite): CreateSite {
  return { ...values, returnUrl: values.returnUrl || null };
}
