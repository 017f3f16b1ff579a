import type { SessionView } from '@recaudo/shared';
import { LinearProgress, Typography } from '@mui/material';
import { Block } from '../../fields/Block.js';
import { useReader } from '../../fields/reader.js';

/** How much of it is paid: a bar, and the same in words. */
export function ProgressBlock({ session }: { session: SessionView }) {
  const { t, amount } = useReader();
  const { amountMinor, approvedMinor, currency } = session;
  const rest = Math.max(amountMinor - approvedMinor, 0);
  const words =
    rest === 0
      ? t('blocks.progress_done', { paid: amount(approvedMinor, currency) })
      : t('blocks.progress_words', { paid: amount(approvedMinor, currency), rest: amount(rest, currency) });
  const share = amountMinor > 0 ? Math.min(100, (100 * approvedMinor) / amountMinor) : 0;
  return (
    <Block title={t('blocks.progress')}>
      <LinearProgress
        variant="determinate"
        color={rest === 0 ? 'success' : 'info'}
        value={share}
        aria-label={t('blocks.progress')}
        aria-valuetext={words}
        sx={{ height: 10, borderRadius: 5, mb: 1 }}
      />
      <Typography>{words}</Typography>
    </Block>
  );
}
