import type { InstrumentItem } from '@recaudo/shared';
import { Button, Dialog, DialogActions, DialogContent, DialogTitle, Stack, Typography } from '@mui/material';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId } from 'react';
import { useNotify } from 'react-admin';
import { problemOf } from '../app/api.js';
import { useData } from '../app/use-data.js';
import { FactList } from '../fields/FactList.js';
import { instrumentWords } from '../fields/instrument-words.js';
import { useReader } from '../fields/reader.js';
import { ProblemAlert } from '../money/ProblemAlert.js';
import { payerName } from '../sessions/naming.js';

/** Lets a suspended means of payment be charged again; shows what it was suspended for. */
export function ResumeDialog({ instrument, onClose }: { instrument: InstrumentItem; onClose: () => void }) {
  const { t } = useReader();
  const id = useId();
  const data = useData();
  const client = useQueryClient();
  const notify = useNotify();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => data.resumeInstrument(instrument.id),
    onSuccess: () => {
      notify('instruments.resume.done', { type: 'success' });
      onClose();
    },
    // Also after a refusal: somebody else may have been quicker.
    onSettled: () => client.invalidateQueries(),
  });
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby={id}>
      <DialogTitle id={id}>{t('instruments.resume.title')}</DialogTitle>
      <DialogContent>
        <Stack sx={{ gap: 2 }}>
          {error ? <ProblemAlert problem={problemOf(error)} /> : null}
          <Typography>{t('instruments.resume.explained')}</Typography>
          <FactList
            facts={[
              [t('blocks.instrument_words'), instrumentWords(instrument, t)],
              [t('instruments.owner'), payerName(instrument)],
              [t('instruments.resume.why'), instrument.suspended?.reason],
            ]}
          />
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose} disabled={isPending}>
          {t('ra.action.cancel')}
        </Button>
        <Button variant="contained" disabled={isPending} onClick={() => mutate()}>
          {t(isPending ? 'instruments.resume.acting' : 'instruments.resume.act')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
