import type { Problem } from '@recaudo/shared';
import { Alert, Button, Dialog, DialogContent, DialogTitle, Stack, Typography } from '@mui/material';
import { useEffect, useRef, useState } from 'react';
import { useReader } from '../fields/reader.js';
import { SendButton, SendForm, TextInput, type FieldErrors } from './form.js';
import { helpWords } from './problem-words.js';
import { onPasswordNeeded } from './proof.js';
import { useData } from './use-data.js';

interface Typed {
  password: string;
}

/**
 * The password once more, when money is to move from a login that nobody touched for a while. What was asked for
 * waits behind this dialog and goes on, the same request, as soon as the password is right.
 */
export function PasswordProof() {
  const [open, setOpen] = useState(false);
  const answer = useRef<(proved: boolean) => void>(undefined);
  useEffect(() => {
    onPasswordNeeded(
      () =>
        new Promise<boolean>((resolve) => {
          answer.current = resolve;
          setOpen(true);
        }),
    );
    return () => onPasswordNeeded(null);
  }, []);
  const close = (proved: boolean) => {
    setOpen(false);
    answer.current?.(proved);
  };
  return open ? <PasswordDialog onClose={close} /> : null;
}

function missing({ password }: Typed): FieldErrors {
  if (password) return {};
  return { password: 'problems.field.required' };
}

function PasswordDialog({ onClose }: { onClose: (proved: boolean) => void }) {
  const { t } = useReader();
  const data = useData();
  const [problem, setProblem] = useState<Problem | null>(null);
  const send = async ({ password }: Typed) => {
    setProblem(null);
    await data.prove(password);
    onClose(true);
  };
  return (
    <Dialog open onClose={() => onClose(false)} fullWidth maxWidth="xs" aria-labelledby="proof-title">
      <DialogTitle id="proof-title">{t('proof.title')}</DialogTitle>
      <DialogContent>
        <Stack sx={{ gap: 2 }}>
          <Typography>{t('proof.explained')}</Typography>
          {problem ? (
            <Alert severity="error" role="alert">
              {t(`proof.problem.${problem.code}`, { _: helpWords(problem, t) })}
            </Alert>
          ) : null}
          <SendForm<Typed>
            defaultValues={{ password: '' }}
            validate={missing}
            send={send}
            onProblem={setProblem}
          >
            <TextInput
              source="password"
              label={t('login.password')}
              type="password"
              autoComplete="current-password"
              required
              autoFocus
            />
            <SendButton
              label={t('proof.go_on')}
              sending={t('proof.proving')}
              cancel={<Button onClick={() => onClose(false)}>{t('ra.action.cancel')}</Button>}
            />
          </SendForm>
        </Stack>
      </DialogContent>
    </Dialog>
  );
}
