import type { SessionView } from '@recaudo/shared';
import { Box, MenuItem, TextField, Typography } from '@mui/material';
import { useState } from 'react';
import { useNotify } from 'react-admin';
import { useNavigate } from 'react-router-dom';
import { now } from '../../app/clock.js';
import { useData } from '../../app/use-data.js';
import { Amount } from '../../fields/Amount.js';
import { useReader } from '../../fields/reader.js';
import { expiresAtOf, LIVES, USUAL_LIFE, type Life } from '../lives.js';
import { missingOf, rejectedParts } from '../missing.js';
import { payerName, sessionPath } from '../naming.js';
import { ActDialog } from './ActDialog.js';

/** Another link on the same order, for what is missing. Leads to the new payment, whose link is to be sent. */
export function RemainderDialog({ session, onClose }: { session: SessionView; onClose: () => void }) {
  const { t, amount } = useReader();
  const data = useData();
  const notify = useNotify();
  const navigate = useNavigate();
  const [life, setLife] = useState<Life>(USUAL_LIFE);
  const missing = missingOf(session);
  const parts = rejectedParts(session);
  return (
    <ActDialog
      session={session}
      title={t('acts.remainder.title')}
      explained={t('acts.remainder.explained')}
      facts={[
        [t('acts.payer'), payerName(session)],
        [t('acts.order'), session.reference],
        [
          t('acts.remainder.paid'),
          <Amount key="paid" minor={session.order.settledMinor} currency={session.currency} />,
        ],
        [t('acts.remainder.missing'), <Amount key="missing" minor={missing} currency={session.currency} />],
      ]}
      label={t('acts.remainder.act', { amount: amount(missing, session.currency) })}
      acting={t('acts.remainder.acting')}
      act={(key) => data.openRemainder(session.id, { expiresAt: expiresAtOf(life, now()) }, key)}
      onDone={(fresh) => {
        notify('acts.remainder.done', { type: 'success' });
        onClose();
        void navigate(sessionPath(fresh.id));
      }}
      onClose={onClose}
    >
      {parts.length > 0 ? (
        <Box>
          <Typography variant="body2">{t('acts.remainder.parts')}</Typography>
          <Box component="ul" sx={{ m: 0, pl: 3, fontSize: 13 }}>
            {parts.map((part) => (
              <li key={part.id}>
                <Amount minor={part.amountMinor} currency={part.currency} /> ·{' '}
                {part.agreement ?? t('opening.own_agreement')}
              </li>
            ))}
          </Box>
        </Box>
      ) : null}
      <TextField
        select
        label={t('sessions.life')}
        value={life}
        onChange={(event) => setLife(event.target.value as Life)}
        sx={{ maxWidth: 220 }}
      >
        {(Object.keys(LIVES) as Life[]).map((choice) => (
          <MenuItem key={choice} value={choice}>
            {t(`sessions.lives.${choice}`)}
          </MenuItem>
        ))}
      </TextField>
    </ActDialog>
  );
}
