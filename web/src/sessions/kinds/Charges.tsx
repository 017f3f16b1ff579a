import type { TransactionView } from '@recaudo/shared';
import { Box, Button, Stack, Typography } from '@mui/material';
import { useState } from 'react';
import { useCan } from '../../app/login-state.js';
import { MONO } from '../../app/theme.js';
import { Amount } from '../../fields/Amount.js';
import { Instant } from '../../fields/Instant.js';
import { useReader } from '../../fields/reader.js';
import { MeaningChip, TransactionStateChip } from '../../fields/StateChip.js';
import { AttestDialog } from '../acts/AttestDialog.js';
import { Reason } from '../Facts.js';

/** The charges that the gateway told of, newest first, each with how much that is worth. */
export function Charges({ charges }: { charges: TransactionView[] }) {
  const { t } = useReader();
  const [attesting, setAttesting] = useState<TransactionView | null>(null);
  const newestFirst = [...charges].sort((one, other) => Date.parse(other.at) - Date.parse(one.at));
  return (
    <Box sx={{ mt: 2 }}>
      <Typography variant="h3" sx={{ mb: 0.5 }}>
        {t('blocks.charges')}
      </Typography>
      {newestFirst.length === 0 ? (
        <Typography variant="body2" sx={{ color: 'text.secondary' }}>
          {t('blocks.no_charges')}
        </Typography>
      ) : (
        <>
          <Stack component="ul" aria-label={t('blocks.charges')} sx={{ listStyle: 'none', m: 0, p: 0 }}>
            {newestFirst.map((charge) => (
              <Charge key={charge.id} charge={charge} onAttest={() => setAttesting(charge)} />
            ))}
          </Stack>
          <Typography variant="body2" sx={{ mt: 1, color: 'text.secondary', maxWidth: 680 }}>
            {t('blocks.grade_explained')}
          </Typography>
        </>
      )}
      {attesting ? <AttestDialog charge={attesting} onClose={() => setAttesting(null)} /> : null}
    </Box>
  );
}

function Charge({ charge, onAttest }: { charge: TransactionView; onAttest: () => void }) {
  const { t, amount } = useReader();
  const mayAttest = useCan('transactions:attest');
  return (
    <Stack
      component="li"
      direction="row"
      sx={{
        columnGap: 1.5,
        rowGap: 0.5,
        py: 1,
        alignItems: 'center',
        flexWrap: 'wrap',
        borderTop: 1,
        borderColor: 'divider',
        fontSize: 13,
      }}
    >
      <Instant value={charge.at} />
      <TransactionStateChip state={charge.state} />
      {charge.state === 'rejected' ? <Reason code={charge.reason} /> : null}
      {charge.grade && charge.state !== 'rejected' ? (
        <MeaningChip meaning={charge.grade === 'confirmed' ? 'done' : 'unknown'}>
          {t(`blocks.grade.${charge.grade}`)}
        </MeaningChip>
      ) : null}
      <Box component="span" sx={{ fontFamily: MONO, color: 'text.secondary' }}>
        {charge.internalReference}
      </Box>
      <Box component="strong" sx={{ ml: 'auto' }}>
        <Amount minor={charge.amountMinor} currency={charge.currency} />
      </Box>
      {mayAttest && charge.grade === 'reported' && charge.state === 'approved' ? (
        <Button
          size="small"
          variant="outlined"
          aria-haspopup="dialog"
          aria-label={t('acts.attest.act', { amount: amount(charge.amountMinor, charge.currency) })}
          onClick={onAttest}
        >
          {t('acts.attest.open')}
        </Button>
      ) : null}
    </Stack>
  );
}
