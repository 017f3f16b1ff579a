import { isCurrency } from '@recaudo/shared';
import { Box, Typography } from '@mui/material';
import { useWatch } from 'react-hook-form';
import { MoneyInput } from '../fields/MoneyInput.js';
import { useReader } from '../fields/reader.js';
import { CheckInput } from '../money/CheckInput.js';

/** Up to which amounts refunds, and charges by hand, need nobody else; without limits every one does. */
export function LimitFields({ currency }: { currency: string }) {
  return (
    <>
      <Limits
        limited="hasLimits"
        source="refundLimits"
        texts="refund"
        names={['operation', 'payment', 'day']}
        currency={currency}
      />
      <Limits
        limited="hasCollectLimits"
        source="collectLimits"
        texts="collect"
        names={['operation', 'day']}
        currency={currency}
      />
    </>
  );
}

function Limits({
  limited,
  source,
  texts,
  names,
  currency,
}: {
  limited: string;
  source: string;
  texts: 'refund' | 'collect';
  names: readonly ('operation' | 'payment' | 'day')[];
  currency: string;
}) {
  const { t } = useReader();
  const set = useWatch({ name: limited }) as boolean;
  const known = isCurrency(currency) ? currency : null;
  return (
    <Box component="fieldset" sx={{ border: 0, m: 0, p: 0, minWidth: 0 }}>
      <Typography component="legend" variant="h3" sx={{ p: 0 }}>
        {t(`sites.limits.${texts}`)}
      </Typography>
      <Typography variant="body2" sx={{ color: 'text.secondary' }}>
        {t(`sites.limits.${texts}_explained`)}
      </Typography>
      <CheckInput source={limited} label={t(`sites.limits.with_${texts}`)} />
      {set ? (
        <Box sx={{ display: 'grid', gap: 2, mt: 2, gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr 1fr' } }}>
          {names.map((name) => (
            <MoneyInput
              key={name}
              source={`${source}.${name}Minor`}
              label={t(`sites.limits.${texts}_${name}`)}
              currency={known}
              zeroAllowed
            />
          ))}
        </Box>
      ) : null}
    </Box>
  );
}
