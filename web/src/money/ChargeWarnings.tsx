import type { CollectPreview } from '@recaudo/shared';
import { Alert, AlertTitle, Link as MuiLink } from '@mui/material';
import { Link } from 'react-router-dom';
import { useReader } from '../fields/reader.js';
import { sessionPath } from '../sessions/naming.js';

/** What stands in the way of a charge, or whose approval it needs, before it is asked for. */
export function ChargeWarnings({ preview, siteId }: { preview: CollectPreview; siteId: string }) {
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
        {shield.by ? `${t('instruments.charge.shield_by', { name: shield.by })} ` : null}
        <MuiLink component={Link} to={sessionPath(shield.sessionId)} color="inherit">
          {t('instruments.charge.shield_see')}
        </MuiLink>
      </Alert>
    );
  if (!needsApproval) return null;
  return (
    <Alert severity="warning">
      {t(`instruments.charge.approval.${needsApproval}`, { _: t('instruments.charge.approval.other') })}
    </Alert>
  );
}
