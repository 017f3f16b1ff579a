import type { CollectPreview } from '@recaudo/shared';
import { Alert, AlertTitle, Box, Link as MuiLink } from '@mui/material';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { useReader } from '../fields/reader.js';
import { sessionPath } from '../sessions/naming.js';

/** What stands in the way of a charge, or whose approval it needs, before it is asked for. */
export function ChargeWarnings({
  preview,
  siteId,
  advice,
}: {
  preview: CollectPreview;
  siteId: string;
  /** What can be done instead of charging the same again. */
  advice: ReactNode;
}) {
  const { t, siteClock } = useReader();
  const { shield, needsApproval, why } = preview;
  if (why)
    return (
      <Alert severity="error" role="alert">
        {t(`why.${why}`, { _: t('why.unknown') })}
      </Alert>
    );
  if (shield)
    return (
      <Alert severity="warning" role="alert">
        <AlertTitle>{t('instruments.charge.shield')}</AlertTitle>
        {t('instruments.charge.shield_words', {
          at: siteClock(shield.sentAt, siteId),
          until: siteClock(shield.until, siteId),
          state: t(`states.session.${shield.state}`).toLowerCase(),
        })}{' '}
        {shield.by
          ? t('instruments.charge.shield_by', { name: shield.by })
          : t('instruments.charge.shield_by_schedule')}{' '}
        <MuiLink component={Link} to={sessionPath(shield.sessionId)} color="inherit">
          {t('instruments.charge.shield_see')}
        </MuiLink>
        <Box sx={{ mt: 0.5 }}>{advice}</Box>
      </Alert>
    );
  if (!needsApproval) return null;
  return (
    <Alert severity="warning">
      {t(`instruments.charge.approval.${needsApproval}`, { _: t('instruments.charge.approval.other') })}
    </Alert>
  );
}
