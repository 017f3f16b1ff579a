import { Box, Stack, Typography } from '@mui/material';
import { now } from '../../app/clock.js';
import { useReader } from '../../fields/reader.js';
import { PaymentState } from '../StateCell.js';
import { sessionSentence } from '../sentence.js';
import { useFollowed } from '../use-followed.js';

/** How the payment truly stands, read afresh. */
export function StandsNow({ sessionId }: { sessionId: string }) {
  const { t, amount, instant, clock, day } = useReader();
  const { data } = useFollowed(sessionId);
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
      <Typography>{sessionSentence(data, { t, now: now(), amount, instant, clock, day })}</Typography>
    </Box>
  );
}
