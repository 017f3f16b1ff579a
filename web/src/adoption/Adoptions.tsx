import { Button, Paper, Stack, Typography } from '@mui/material';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { useSignedIn } from '../app/login-state.js';
import { Gate, Page } from '../app/PageStates.js';
import { useReader } from '../fields/reader.js';
import { NumbersForm } from './NumbersForm.js';
import { Results } from './Results.js';
import { useAdoption } from './use-adoption.js';

/** Payments that another program opened on the same account: rehearsal first, then they are taken over. */
export default function Adoptions() {
  const { t } = useReader();
  const back = (
    <Button component={Link} to="/sessions">
      {t('rooms.sessions')}
    </Button>
  );
  return (
    <Gate permission="sessions:adopt">
      <Page title={t('adoption.title')} actions={back}>
        <Typography sx={{ maxWidth: 760, color: 'text.secondary', mb: 2 }}>
          {t('adoption.explained')}
        </Typography>
        <Work />
      </Page>
    </Gate>
  );
}

function Work() {
  const { sites } = useSignedIn();
  const ready = sites.filter((site) => site.ready);
  const [siteId, setSiteId] = useState(ready.length === 1 ? (ready[0]?.id ?? '') : '');
  const [text, setText] = useState('');
  const adoption = useAdoption();
  const asking = adoption.rows.length === 0 && adoption.progress === null;
  return (
    <Stack sx={{ gap: 3 }}>
      {asking ? (
        <Paper variant="outlined" sx={{ p: 2, maxWidth: 760 }}>
          <NumbersForm
            sites={ready}
            siteId={siteId}
            onSite={setSiteId}
            text={text}
            onText={setText}
            onSend={(numbers) => void adoption.rehearse(siteId, numbers)}
            outcome={adoption.outcome}
          />
        </Paper>
      ) : (
        <Results adoption={adoption} siteId={siteId} />
      )}
    </Stack>
  );
}
