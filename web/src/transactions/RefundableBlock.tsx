import type { Refundable } from '@recaudo/shared';
import { Box, Stack, Typography, useTheme } from '@mui/material';
import { Amount } from '../fields/Amount.js';
import { Block } from '../fields/Block.js';
import { useReader } from '../fields/reader.js';

/** What became of captured money: given back, on its way, charged back, left. */
export function RefundableBlock({ refundable }: { refundable: Refundable }) {
  const { t } = useReader();
  const { palette } = useTheme();
  const { capturedMinor, returnedMinor, inFlightMinor, chargedBackMinor, refundableMinor, currency } =
    refundable;
  const parts = [
    { name: 'returned', minor: returnedMinor, colour: palette.meaning.done.text },
    { name: 'in_flight', minor: inFlightMinor, colour: palette.meaning.waiting.text },
    { name: 'charged_back', minor: chargedBackMinor, colour: palette.meaning.failed.text },
    { name: 'left', minor: refundableMinor, colour: palette.divider },
  ];
  return (
    <Block title={t('transactions.refundable')}>
      {capturedMinor > 0 ? (
        <Stack
          direction="row"
          aria-hidden
          sx={{ height: 10, borderRadius: 1, overflow: 'hidden', mb: 1.5, gap: '2px' }}
        >
          {parts
            .filter(({ minor }) => minor > 0)
            .map(({ name, minor, colour }) => (
              <Box key={name} sx={{ flexGrow: minor / capturedMinor, flexBasis: 0, bgcolor: colour }} />
            ))}
        </Stack>
      ) : null}
      <Stack direction="row" component="dl" sx={{ m: 0, columnGap: 4, rowGap: 1, flexWrap: 'wrap' }}>
        {[{ name: 'captured', minor: capturedMinor, colour: 'transparent' }, ...parts].map(
          ({ name, minor, colour }) => (
            <Box key={name}>
              <Typography component="dt" variant="body2" sx={{ color: 'text.secondary' }}>
                <Box
                  component="span"
                  aria-hidden
                  sx={{
                    display: name === 'captured' ? 'none' : 'inline-block',
                    width: 8,
                    height: 8,
                    borderRadius: '2px',
                    bgcolor: colour,
                    mr: '6px',
                  }}
                />
                {t(`transactions.${name}`)}
              </Typography>
              <Typography component="dd" sx={{ m: 0, fontWeight: 600 }}>
                <Amount minor={minor} currency={currency} />
              </Typography>
            </Box>
          ),
        )}
      </Stack>
    </Block>
  );
}
