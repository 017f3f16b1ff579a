import { resolveReviewSchema, type ReviewView } from '@recaudo/shared';
import { Alert, Button, Dialog, DialogContent, DialogTitle, Stack, Typography } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNotify } from 'react-admin';
import { checkFields } from '../app/check.js';
import { SendButton, SendForm, TextInput } from '../app/form.js';
import { useData } from '../app/use-data.js';
import { useReader } from '../fields/reader.js';
import { reviewSentence } from './review-sentence.js';

interface Note {
  note: string;
}

/** Resolving moves no money: it says that a person has seen to it, and what was done. The note stays for ever. */
export function ResolveDialog({ review, onClose }: { review: ReviewView; onClose: () => void }) {
  const { t, amount } = useReader();
  const data = useData();
  const client = useQueryClient();
  const notify = useNotify();
  const [problem, setProblem] = useState<string | null>(null);
  const send = async ({ note }: Note) => {
    setProblem(null);
    await data.resolveReview(review.id, note.trim());
    await client.invalidateQueries({ queryKey: ['reviews'] });
    notify('reviews.was_resolved', { type: 'success' });
    onClose();
  };
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby="resolve-title">
      <DialogTitle id="resolve-title">{t('reviews.resolve_title')}</DialogTitle>
      <DialogContent>
        <Typography sx={{ mb: 1 }}>
          {t(`reviews.kinds.${review.kind}`)}: {reviewSentence(review, { t, amount })}
        </Typography>
        <Typography sx={{ mb: 2, color: 'text.secondary' }}>{t('reviews.resolve_explained')}</Typography>
        <SendForm<Note>
          defaultValues={{ note: '' }}
          validate={(values) => checkFields(resolveReviewSchema, values)}
          send={send}
          onProblem={({ code }) => setProblem(code)}
        >
          <Stack sx={{ gap: 1 }}>
            <TextInput source="note" label={t('reviews.note')} multiline required autoFocus maxLength={500} />
            {problem ? (
              <Alert severity="error">
                {t(`problems.help.${problem}`, { _: t('problems.help.internal') })}
              </Alert>
            ) : null}
            <SendButton
              label={t('reviews.resolve')}
              sending={t('app.saving')}
              cancel={<Button onClick={onClose}>{t('ra.action.cancel')}</Button>}
            />
          </Stack>
        </SendForm>
      </DialogContent>
    </Dialog>
  );
}
