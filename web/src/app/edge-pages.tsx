import { Box, Button } from '@mui/material';
import { Link } from 'react-router-dom';
import { useReader } from '../fields/reader.js';
import { EmptyPanel, PageSkeleton, Page, ProblemPanel } from './PageStates.js';

export function NotFound() {
  const { t } = useReader();
  return (
    <Page title={t('ra.page.not_found')}>
      <EmptyPanel
        action={
          <Button component={Link} to="/" variant="outlined">
            {t('app.go_home')}
          </Button>
        }
      >
        {t('app.not_found')}
      </EmptyPanel>
    </Page>
  );
}

export function UnexpectedError({ error }: { error: Error }) {
  return <ProblemPanel error={error} retry={() => window.location.reload()} />;
}

/** While it is being found out who is here: an empty frame, no spinner. */
export function StartingUp() {
  return (
    <Box sx={{ minHeight: '100dvh' }}>
      <PageSkeleton rows={6} />
    </Box>
  );
}
