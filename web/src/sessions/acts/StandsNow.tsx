import type { SessionView } from '@recaudo/shared';
import { Box, Stack, Typography } from '@mui/material';
import { useGetOne } from 'react-admin';
import { now } from '../../app/clock.js';
import { useReader } from '../../fields/reader.js';
import { PaymentState } from '../StateCell.js';
import { sessionSentence } from '../sentence.js';

/** How the payment truly stands, read afresh. */
export function StandsNow({ sessionId }: { sessionId: string }) {
  const { t, amount, instant, day } = useReader();
  const { data } = useGetOne<SessionView>('sessions', { id: sessionId });
  if (!data) return null;
  return (
    <Box
      component="section"
      aria-label={t('acts.now')}
      sx={{ p: 1.5, border: 1, borderColor: 'divider', borderRadius: 1 }}
    >
      <Stack direction="row" sx={{ gap: 1, alignItems: 'center', mb: 0.5 }}>
        <Typography variant="h3">{t('acts.now')}</Typography>
        <PaymentState session={data} />
      </Stack>
      <Typography>{sessionSentence(data, { t, now: now(), amount, instant, day })}</Typography>
    </Box>
  );
}
