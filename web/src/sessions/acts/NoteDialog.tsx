import {
  Alert,
  AlertTitle,
  Button,
  Dialog,
  DialogContent,
  DialogTitle,
  Stack,
  Typography,
} from '@mui/material';
import type { Problem } from '@recaudo/shared';
import { useQueryClient } from '@tanstack/react-query';
import { useId, useState, type ReactNode } from 'react';
import { useNotify } from 'react-admin';
import { SendButton, SendForm, TextInput, type FieldErrors } from '../../app/form.js';
import { FactList } from '../../fields/FactList.js';
import { useReader } from '../../fields/reader.js';

interface Props {
  title: string;
  explained: string;
  facts: [name: string, value: ReactNode][];
  /** The field as the API calls it, so that the server's errors find it. */
  field: string;
  /** What stands in it at first. */
  first?: string;
  oneLine?: boolean;
  noteLabel: string;
  label: string;
  check: (values: Record<string, string>) => FieldErrors;
  send: (note: string) => Promise<unknown>;
  /** Message key. */
  done: string;
  onClose: () => void;
}

/** A person says something that stays: what, about how much, and one button that names it. It moves no money. */
export function NoteDialog(props: Props) {
  const { t } = useReader();
  const id = useId();
  const client = useQueryClient();
  const notify = useNotify();
  const [problem, setProblem] = useState<Problem | null>(null);
  const send = async (values: Record<string, string>) => {
    setProblem(null);
    try {
      await props.send((values[props.field] ?? '').trim());
    } finally {
      // Also after a refusal: somebody else may have settled it.
      void client.invalidateQueries();
    }
    notify(props.done, { type: 'success' });
    props.onClose();
  };
  return (
    <Dialog open onClose={props.onClose} fullWidth maxWidth="sm" aria-labelledby={id}>
      <DialogTitle id={id}>{props.title}</DialogTitle>
      <DialogContent>
        <Stack sx={{ gap: 2 }}>
          <Typography>{props.explained}</Typography>
          <FactList facts={props.facts} />
          <SendForm<Record<string, string>>
            defaultValues={{ [props.field]: props.first ?? '' }}
            validate={props.check}
            send={send}
            onProblem={setProblem}
          >
            <Stack sx={{ gap: 1 }}>
              <TextInput
                source={props.field}
                label={props.noteLabel}
                multiline={!props.oneLine}
                required
                autoFocus
                maxLength={500}
              />
              {problem ? (
                <Alert severity="warning" role="alert">
                  <AlertTitle>
                    {t(`problems.title.${problem.code}`, { _: t('problems.title.internal') })}
                  </AlertTitle>
                  {t(`problems.help.${problem.code}`, { _: t('problems.help.internal') })}
                </Alert>
              ) : null}
              <SendButton
                label={props.label}
                sending={t('app.saving')}
                cancel={<Button onClick={props.onClose}>{t('ra.action.cancel')}</Button>}
              />
            </Stack>
          </SendForm>
        </Stack>
      </DialogContent>
    </Dialog>
  );
}
