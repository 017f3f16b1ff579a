import type { ReversePreview } from '@recaudo/shared';
import { Alert, Link as MuiLink, Stack, Typography } from '@mui/material';
import { Link } from 'react-router-dom';
import { useReader } from '../fields/reader.js';
import { transactionPath } from '../sessions/naming.js';

/** Which way the refund goes and why; whose approval it needs; who did the same or has something under way. */
export function RefundWarnings({ preview, siteId }: { preview: ReversePreview; siteId: string }) {
  const { t, clock, siteClock, instant } = useReader();
  const { route, why, again, live, inBatch, needsApproval, plannedAt, reverseUntil } = preview;
  const impossible = route === 'impossible';
  return (
    <Stack aria-live="polite" sx={{ gap: 1 }}>
      <Alert severity={impossible ? 'error' : 'info'}>
        {impossible ? `${t('money.reverse.impossible')} ` : ''}
        {t(`refundWhy.${why}`, {
          country: t(`countries.${preview.country}`, { _: preview.country }),
          until: reverseUntil ? siteClock(reverseUntil, siteId) : '',
          at: plannedAt ? siteClock(plannedAt, siteId) : '',
          _: t('refundWhy.other'),
        })}
      </Alert>
      {needsApproval && !impossible ? (
        <Alert severity="warning">
          {t(`money.reverse.approval.${needsApproval}`, { _: t('money.reverse.approval.other') })}
        </Alert>
      ) : null}
      {again && !impossible ? (
        <Alert severity="warning">
          <Typography sx={{ fontWeight: 600 }}>
            {t('money.reverse.again', { who: again.name, at: instant(again.at) })}
          </Typography>
        </Alert>
      ) : null}
      {inBatch ? <Alert severity="warning">{t('money.reverse.in_batch')}</Alert> : null}
      {live ? (
        <Alert severity="warning">
          {t('money.reverse.live', {
            who: live.name,
            what: t(`transactions.kind.${live.kind}`).toLowerCase(),
            at: clock(live.at),
          })}{' '}
          <MuiLink
            component={Link}
            to={transactionPath(live.transactionId)}
            underline="always"
            color="inherit"
          >
            {t('money.see_operation')}
          </MuiLink>
        </Alert>
      ) : null}
    </Stack>
  );
}
