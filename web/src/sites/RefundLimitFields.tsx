import { isCurrency } from '@recaudo/shared';
import { Box, Typography } from '@mui/material';
import { useWatch } from 'react-hook-form';
import { MoneyInput } from '../fields/MoneyInput.js';
import { useReader } from '../fields/reader.js';
import { CheckInput } from '../money/CheckInput.js';

/** Up to which amounts a refund needs nobody else; without limits every one does. */
export function RefundLimitFields({ currency }: { currency: string }) {
  const { t } = useReader();
  const limited = useWatch({ name: 'hasLimits' }) as boolean;
  const known = isCurrency(currency) ? currency : null;
  return (
    <Box component="fieldset" sx={{ border: 0, m: 0, p: 0, minWidth: 0 }}>
      <Typography component="legend" variant="h3" sx={{ p: 0 }}>
        {t('sites.limits')}
      </Typography>
      <Typography variant="body2" sx={{ color: 'text.secondary' }}>
        {t('sites.limits_explained')}
      </Typography>
      <CheckInput source="hasLimits" label={t('sites.with_limits')} />
      {limited ? (
        <Box sx={{ display: 'grid', gap: 2, mt: 2, gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr 1fr' } }}>
          {(['operation', 'payment', 'day'] as const).map((name) => (
            <MoneyInput
              key={name}
              source={`refundLimits.${name}Minor`}
              label={t(`sites.limit_${name}`)}
              currency={known}
              zeroAllowed
            />
          ))}
        </Box>
      ) : null}
    </Box>
  );
}
