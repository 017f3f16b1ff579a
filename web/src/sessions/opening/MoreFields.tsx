import type { Currency, SessionKind } from '@recaudo/shared';
import { Box, Paper, Typography } from '@mui/material';
import { useState } from 'react';
import { useReader } from '../../fields/reader.js';
import { useHasErrors } from './FormPart.js';
import { DetailRows, ItemRows, TaxRows } from './TaxRows.js';
import { takesItems, takesTaxes } from './terms-form.js';

const SOURCES = ['items', 'taxes', 'details'] as const;

/** What few payments need, folded away; it opens by itself when something in there is wrong. */
export function MoreFields({ kind, currency }: { kind: SessionKind; currency: Currency | null }) {
  const { t } = useReader();
  const [open, setOpen] = useState(false);
  const wrong = useHasErrors(SOURCES);
  if (!takesItems(kind)) return null;
  return (
    <Paper variant="outlined" sx={{ p: 2 }}>
      <Box
        component="details"
        open={open || wrong}
        onToggle={(event) => setOpen(event.currentTarget.open)}
        sx={{ '& summary': { cursor: 'pointer', fontWeight: 600, fontSize: 14 } }}
      >
        <summary>{t(takesTaxes(kind) ? 'opening.more' : 'opening.more_items')}</summary>
        <Typography variant="body2" sx={{ mt: 1, color: 'text.secondary' }}>
          {t('opening.more_explained')}
        </Typography>
        <ItemRows source="items" title={t('opening.items')} currency={currency} />
        {takesTaxes(kind) ? (
          <>
            <TaxRows source="taxes" title={t('opening.taxes')} currency={currency} />
            <DetailRows source="details" title={t('opening.details')} currency={currency} />
          </>
        ) : null}
      </Box>
    </Paper>
  );
}
