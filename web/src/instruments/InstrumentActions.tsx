import type { InstrumentActionName, InstrumentDetail } from '@recaudo/shared';
import { Box, Button, Stack } from '@mui/material';
import { useState } from 'react';
import { useReader } from '../fields/reader.js';
import { WhyNot } from '../fields/WhyNot.js';
import { ChargeDialog } from '../money/ChargeDialog.js';
import { RevokeDialog } from '../sessions/acts/RevokeDialog.js';
import { ReplaceDialog } from './ReplaceDialog.js';
import { ResumeDialog } from './ResumeDialog.js';
import { SuspendDialog } from './SuspendDialog.js';

/** What may be done now, likeliest first; what may not, with the reason, one click away. */
export function InstrumentActions({ instrument }: { instrument: InstrumentDetail }) {
  const { t } = useReader();
  const [open, setOpen] = useState<InstrumentActionName | null>(null);
  const { availableActions, state } = instrument;
  const name = (action: InstrumentActionName) =>
    action === 'revoke' && state === 'revoking' ? t('acts.revoke.again') : t(`instruments.action.${action}`);
  const filled = likeliest(instrument);
  const refused = availableActions.filter(({ allowed }) => !allowed);
  return (
    <Box component="section" aria-label={t('sessions.actions')} sx={{ mt: 2 }}>
      <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap' }}>
        {availableActions
          .filter(({ allowed }) => allowed)
          .map(({ action }) => (
            <Button
              key={action}
              variant={action === filled ? 'contained' : 'outlined'}
              color={action === 'revoke' ? 'error' : 'primary'}
              aria-haspopup="dialog"
              onClick={() => setOpen(action)}
            >
              {name(action)}
            </Button>
          ))}
      </Stack>
      <WhyNot refused={refused.map(({ action, why }) => ({ name: name(action), why }))} />
      {open ? <ActionDialog action={open} instrument={instrument} onClose={() => setOpen(null)} /> : null}
    </Box>
  );
}

/** A page of one that waits is most likely opened to go on with it; of one that cannot be charged, to ask for another. */
function likeliest({ availableActions }: InstrumentDetail): InstrumentActionName | undefined {
  const allowed = availableActions.filter((offered) => offered.allowed).map(({ action }) => action);
  return (['charge', 'resume', 'replace'] as const).find((action) => allowed.includes(action));
}

interface DialogProps {
  action: InstrumentActionName;
  instrument: InstrumentDetail;
  onClose: () => void;
}

function ActionDialog({ action, ...props }: DialogProps) {
  switch (action) {
    case 'charge':
      return <ChargeDialog {...props} />;
    case 'suspend':
      return <SuspendDialog {...props} />;
    case 'resume':
      return <ResumeDialog {...props} />;
    case 'replace':
      return <ReplaceDialog {...props} />;
    case 'revoke':
      return <RevokeDialog {...props} />;
  }
}
