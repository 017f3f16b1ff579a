import type { MailDelivery } from '@recaudo/shared';
import { Alert } from '@mui/material';
import { useReader } from '../fields/reader.js';

/** Nothing leaves this machine: said wherever letters are looked at. */
export function DeliveryNotice({ delivery }: { delivery: MailDelivery | undefined }) {
  const { t } = useReader();
  if (delivery === undefined || delivery === 'sent') return null;
  return (
    <Alert severity={delivery === 'waits' ? 'warning' : 'info'} sx={{ mb: 1.5, maxWidth: 820 }}>
      {t(`mails.delivery.${delivery}`)}
    </Alert>
  );
}
