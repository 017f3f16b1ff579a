import type { TransactionDetail } from '@recaudo/shared';
import { Box, Stack, Typography } from '@mui/material';
import { Block } from '../fields/Block.js';
import { Instant } from '../fields/Instant.js';
import { useReader } from '../fields/reader.js';
import { TransactionStateChip } from '../fields/StateChip.js';
import { Evidence } from '../sessions/Evidence.js';
import { Reason } from '../sessions/Facts.js';

/** Every answer about it, newest first; the raw evidence one click deeper. */
export function OutcomesBlock({ outcomes }: { outcomes: TransactionDetail['outcomes'] }) {
  const { t } = useReader();
  return (
    <Block title={t('transactions.outcomes')}>
      {outcomes.length === 0 ? (
        <Typography sx={{ color: 'text.secondary' }}>{t('transactions.no_outcomes')}</Typography>
      ) : (
        <Stack component="ol" sx={{ listStyle: 'none', m: 0, p: 0 }}>
          {outcomes.map((outcome, index) => (
            <Box
              component="li"
              key={`${outcome.at} ${index}`}
              sx={{ py: 1, borderTop: index ? 1 : 0, borderColor: 'divider', fontSize: 13 }}
            >
              <Stack
                direction="row"
                sx={{ columnGap: 1.5, rowGap: 0.5, alignItems: 'center', flexWrap: 'wrap' }}
              >
                <Instant value={outcome.at} />
                <TransactionStateChip state={outcome.state} />
                <Box component="span" sx={{ color: 'text.secondary' }}>
                  {t(`transactions.source.${outcome.source}`, { _: outcome.source })}
                </Box>
                {outcome.reason ? (
                  <span>
                    <Reason code={outcome.reason} />
                  </span>
                ) : null}
              </Stack>
              {outcome.evidence === null ? null : (
                <Evidence name={t('transactions.raw')} data={outcome.evidence} />
              )}
            </Box>
          ))}
        </Stack>
      )}
    </Block>
  );
}
