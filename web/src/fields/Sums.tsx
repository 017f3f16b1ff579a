import type { Currency } from '@recaudo/shared';
import { Box, Stack } from '@mui/material';
import { Amount } from './Amount.js';

/** One sum per currency; currencies are never added together. */
export function Sums({ sums }: { sums: { currency: Currency; amountMinor: number }[] }) {
  return (
    <Stack component="span" direction="row" sx={{ columnGap: 1.5, flexWrap: 'wrap', display: 'inline-flex' }}>
      {sums.map((sum) => (
        <Box component="span" key={sum.currency} sx={{ fontWeight: 600 }}>
          <Amount minor={sum.amountMinor} currency={sum.currency} />
        </Box>
      ))}
    </Stack>
  );
}
