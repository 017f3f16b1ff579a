import { Box, Button, Paper, Stack, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { useLocaleState } from 'react-admin';
import { useDocumentTitle } from '../app/PageStates.js';

/** The quiet card in the middle of the pages for people who are not signed in. */
export function OutsideCard({ title, children }: { title: string; children: ReactNode }) {
  useDocumentTitle(title);
  const [locale, setLocale] = useLocaleState();
  const other = locale === 'en' ? 'es' : 'en';
  return (
    <Box
      component="main"
      sx={{ minHeight: '100dvh', display: 'grid', placeItems: 'center', p: 2, bgcolor: 'background.default' }}
    >
      <Box sx={{ width: '100%', maxWidth: 400 }}>
        <Stack direction="row" sx={{ alignItems: 'center', gap: 1.5, mb: 2 }}>
          <img src="/icon.svg" width={32} height={32} alt="" />
          <Typography component="span" sx={{ fontSize: 18, fontWeight: 650, flex: 1 }}>
            Recaudo
          </Typography>
          <Button size="small" color="secondary" lang={other} onClick={() => void setLocale(other)}>
            {other === 'en' ? 'English' : 'Español'}
          </Button>
        </Stack>
        <Paper variant="outlined" sx={{ p: 3 }}>
          <Typography variant="h1" sx={{ mb: 2 }}>
            {title}
          </Typography>
          {children}
        </Paper>
      </Box>
    </Box>
  );
}
