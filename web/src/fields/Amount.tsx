import { isCurrency } from '@recaudo/shared';
import { Box } from '@mui/material';
import { useReader } from './reader.js';

/** `$ 1.250.000 COP`: never broken over lines, the currency quieter than the figure. */
export function Amount({ minor, currency }: { minor: number; currency: string }) {
  const { amount } = useReader();
  if (!isCurrency(currency)) return <>–</>;
  const text = amount(minor, currency);
  const figure = text.slice(0, -currency.length - 1);
  return (
    <Box component="span" sx={{ whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }}>
      {figure}
      <Box component="span" sx={{ color: 'text.secondary', fontSize: '0.86em', fontWeight: 450 }}>
        {'\u00a0'}
        {currency}
      </Box>
    </Box>
  );
}
