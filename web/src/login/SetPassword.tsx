import { passwordSchema, type Problem } from '@recaudo/shared';
import { Alert, Button, Stack, Typography } from '@mui/material';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router-dom';
import { request } from '../app/api.js';
import { SendButton, SendForm, TextInput, type FieldErrors } from '../app/form.js';
import { useReader } from '../fields/reader.js';
import { OutsideCard } from './OutsideCard.js';

interface Passwords {
  password: string;
  again: string;
}

/** Opened from the one-time link of an invitation: `/set-password?token=…`. */
export default function SetPassword() {
  const { t } = useReader();
  const [params] = useSearchParams();
  const token = params.get('token') ?? '';
  const [problem, setProblem] = useState<Problem | null>(null);
  const [done, setDone] = useState(false);
  if (done) return <Done />;
  const send = async ({ password }: Passwords) => {
    setProblem(null);
    await request('POST', '/api/login/password', { body: { token, password } });
    setDone(true);
  };
  const lost = token.length < 20;
  return (
    <OutsideCard title={t('login.set_password')}>
      <Typography sx={{ mb: 2, color: 'text.secondary' }}>{t('login.set_password_explained')}</Typography>
      {problem || lost ? (
        <Alert severity="error" sx={{ mb: 2 }}>
          {t(lost ? 'login.problem.link_broken' : `login.problem.${problem?.code}`, {
            _: t('problems.help.internal'),
          })}
        </Alert>
      ) : null}
      <SendForm<Passwords>
        defaultValues={{ password: '', again: '' }}
        validate={check}
        send={send}
        onProblem={setProblem}
      >
        <Stack sx={{ gap: 2 }}>
          <TextInput
            source="password"
            label={t('login.new_password')}
            type="password"
            autoComplete="new-password"
            required
            help={t('login.password_rule')}
          />
          <TextInput
            source="again"
            label={t('login.password_again')}
            type="password"
            autoComplete="new-password"
            required
          />
          <SendButton label={t('login.save_password')} sending={t('app.saving')} />
        </Stack>
      </SendForm>
    </OutsideCard>
  );
}

function check({ password, again }: Passwords): FieldErrors {
  const errors: FieldErrors = {};
  if (!passwordSchema.safeParse(password ?? '').success) errors.password = 'problems.field.password_length';
  if (password !== again) errors.again = 'problems.field.passwords_differ';
  return errors;
}

function Done() {
  const { t } = useReader();
  return (
    <OutsideCard title={t('login.password_saved')}>
      <Typography sx={{ mb: 2 }} role="status">
        {t('login.password_saved_explained')}
      </Typography>
      <Button component={Link} to="/login" variant="contained">
        {t('login.go_sign_in')}
      </Button>
    </OutsideCard>
  );
}
