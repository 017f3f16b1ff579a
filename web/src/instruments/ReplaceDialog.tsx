import {
  replaceInstrumentSchema,
  type InstrumentItem,
  type Problem,
  type ReplaceInstrument,
  type Replacement,
} from '@recaudo/shared';
import {
  Alert,
  Box,
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  Link as MuiLink,
  Stack,
  Typography,
} from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { Link } from 'react-router-dom';
import { checkFields } from '../app/check.js';
import { SendButton, SendForm, TextInput } from '../app/form.js';
import { useData } from '../app/use-data.js';
import { Copyable } from '../fields/Copyable.js';
import { FactList } from '../fields/FactList.js';
import { instrumentWords } from '../fields/instrument-words.js';
import { Qr } from '../fields/Qr.js';
import { useReader } from '../fields/reader.js';
import { ProblemAlert } from '../money/ProblemAlert.js';
import { payerName, sessionPath } from '../sessions/naming.js';

interface Props {
  instrument: InstrumentItem;
  onClose: () => void;
}

/** Asks the payer for another means of payment: first to whom it is sent, then the link. */
export function ReplaceDialog({ instrument, onClose }: Props) {
  const { t } = useReader();
  const id = useId();
  const [sent, setSent] = useState<Replacement | null>(null);
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby={id}>
      <DialogTitle id={id}>{t('instruments.replace.title')}</DialogTitle>
      {sent ? (
        <Sent replacement={sent} onClose={onClose} />
      ) : (
        <Ask instrument={instrument} onSent={setSent} onClose={onClose} />
      )}
    </Dialog>
  );
}

function Ask({ instrument, onSent, onClose }: Props & { onSent: (sent: Replacement) => void }) {
  const { t } = useReader();
  const data = useData();
  const client = useQueryClient();
  const [problem, setProblem] = useState<Problem | null>(null);
  const bodyOf = ({ email }: { email: string }): ReplaceInstrument =>
    email.trim() === '' ? {} : { email: email.trim().toLowerCase() };
  const send = async (values: { email: string }) => {
    setProblem(null);
    const body = bodyOf(values);
    try {
      // There is one live link at most: a second try finds the first one's.
      onSent(await data.replaceInstrument(instrument.id, body, crypto.randomUUID()));
    } finally {
      void client.invalidateQueries();
    }
  };
  return (
    <DialogContent>
      <Stack sx={{ gap: 2 }}>
        {problem ? <ProblemAlert problem={problem} /> : null}
        <Typography>{t('instruments.replace.explained')}</Typography>
        <FactList
          facts={[
            [t('blocks.instrument_words'), instrumentWords(instrument, t)],
            [t('instruments.owner'), payerName(instrument)],
          ]}
        />
        <SendForm<{ email: string }>
          defaultValues={{ email: instrument.payer.email ?? '' }}
          validate={(values) => checkFields(replaceInstrumentSchema, bodyOf(values))}
          send={send}
          onProblem={setProblem}
          patient
        >
          <Stack sx={{ gap: 1 }}>
            <TextInput
              source="email"
              label={t('instruments.replace.email')}
              help={t('instruments.replace.email_help')}
              maxLength={80}
              autoFocus
            />
            <SendButton
              label={t('instruments.replace.act')}
              sending={t('instruments.replace.acting')}
              cancel={<Button onClick={onClose}>{t('ra.action.cancel')}</Button>}
            />
          </Stack>
        </SendForm>
      </Stack>
    </DialogContent>
  );
}

/** The link and the ways to hand it over, and whom it was sent to. */
function Sent({ replacement, onClose }: { replacement: Replacement; onClose: () => void }) {
  const { t, clock } = useReader();
  const { linkUrl, mailedTo, expiresAt, sessionId } = replacement;
  return (
    <>
      <DialogContent>
        <Stack sx={{ gap: 2, alignItems: 'flex-start' }} role="status">
          <Alert severity={mailedTo ? 'success' : 'warning'} sx={{ alignSelf: 'stretch' }}>
            {mailedTo
              ? t('instruments.replace.mailed', { email: mailedTo })
              : t('instruments.replace.not_mailed')}
          </Alert>
          <Copyable text={linkUrl} name={t('instruments.replace.link')} />
          <Box sx={{ alignSelf: 'center' }}>
            <Qr text={linkUrl} name={t('instruments.replace.qr_name')} />
          </Box>
          <Typography variant="body2" sx={{ color: 'text.secondary' }}>
            {t('instruments.replace.until', { at: clock(expiresAt) })}
          </Typography>
          <MuiLink component={Link} to={sessionPath(sessionId)}>
            {t('instruments.replace.see_session')}
          </MuiLink>
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button variant="contained" onClick={onClose} autoFocus>
          {t('acts.close')}
        </Button>
      </DialogActions>
    </>
  );
}
