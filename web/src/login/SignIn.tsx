import type { Problem } from '@recaudo/shared';
import { Alert, Box, Button, Divider, Stack, Typography } from '@mui/material';
import { useEffect, useState } from 'react';
import { useCheckAuth, useLogin } from 'react-admin';
import { useLocation, useNavigate } from 'react-router-dom';
import { problemOf } from '../app/api.js';
import { SendButton, SendForm, TextInput, type FieldErrors } from '../app/form.js';
import { loginWasLost } from '../app/login-state.js';
import { usePractice } from '../app/use-data.js';
import { useReader } from '../fields/reader.js';
import { OutsideCard } from './OutsideCard.js';

interface Credentials {
  email: string;
  password: string;
}

/** Nothing more is asked here: the first page would need all of zod for it, and the server judges anyway. */
function missing(typed: Credentials): FieldErrors {
  const empty = (['email', 'password'] as const).filter((field) => !typed[field]?.trim());
  return Object.fromEntries(empty.map((field) => [field, 'problems.field.required']));
}

export default function SignIn() {
  const { t } = useReader();
  const login = useLogin();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [lost] = useState(loginWasLost);
  const goesOn = useSkipWhenSignedIn();
  const send = async (values: Credentials) => {
    setProblem(null);
    await login(values);
  };
  return (
    <OutsideCard title={t('login.title')}>
      <Box aria-live="assertive">
        {problem ? (
          <Alert severity={problem.code === 'wrong_credentials' ? 'error' : 'warning'} sx={{ mb: 2 }}>
            {t(`login.problem.${problem.code}`, {
              _: t(`problems.help.${problem.code}`, { _: t('problems.help.internal') }),
            })}
          </Alert>
        ) : lost || goesOn ? (
          <Alert severity={lost ? 'warning' : 'info'} sx={{ mb: 2 }}>
            {t(lost ? 'ra.notification.logged_out' : 'login.go_on')}
          </Alert>
        ) : null}
      </Box>
      <SendForm<Credentials>
        defaultValues={{ email: '', password: '' }}
        validate={missing}
        send={send}
        onProblem={setProblem}
      >
        <Stack sx={{ gap: 2 }}>
          <TextInput
            source="email"
            label={t('login.email')}
            type="email"
            autoComplete="username"
            required
            autoFocus
          />
          <TextInput
            source="password"
            label={t('login.password')}
            type="password"
            autoComplete="current-password"
            required
          />
          <SendButton label={t('login.sign_in')} sending={t('login.signing_in')} />
        </Stack>
      </SendForm>
      <DemoPeople onProblem={setProblem} />
    </OutsideCard>
  );
}

/** In practice, one click per demo person. */
function DemoPeople({ onProblem }: { onProblem: (problem: Problem | null) => void }) {
  const { t } = useReader();
  const login = useLogin();
  const { data, error } = usePractice();
  const [busy, setBusy] = useState<string | null>(null);
  if (error)
    return (
      <Alert severity="error" sx={{ mt: 2 }}>
        {t(`problems.help.${problemOf(error).code}`, { _: t('problems.help.offline') })}
      </Alert>
    );
  if (!data?.practice || data.password === null) return null;
  const { people, password } = data;
  const enter = async (email: string) => {
    setBusy(email);
    onProblem(null);
    await login({ email, password }).catch((problem: unknown) => onProblem(problemOf(problem)));
    setBusy(null);
  };
  return (
    <Box component="section" aria-label={t('login.demo_people')} sx={{ mt: 3 }}>
      <Divider sx={{ mb: 2 }}>
        <Typography variant="body2" sx={{ color: 'text.secondary' }}>
          {t('login.demo_people')}
        </Typography>
      </Divider>
      <Stack sx={{ gap: 1 }}>
        {people.map((person) => (
          <Button
            key={person.email}
            variant="outlined"
            color="secondary"
            disabled={busy !== null}
            onClick={() => void enter(person.email)}
            sx={{ justifyContent: 'space-between', borderColor: 'divider', color: 'text.primary' }}
          >
            <span>{person.name}</span>
            <Box component="span" sx={{ color: 'text.secondary', fontWeight: 400 }}>
              {t(`roles.${person.role}`, { _: person.role })}
            </Box>
          </Button>
        ))}
      </Stack>
      <Typography variant="body2" sx={{ mt: 1.5, color: 'text.secondary' }}>
        {t('login.demo_password')} <Box component="code">{password}</Box>
      </Typography>
    </Box>
  );
}

/** Whoever is signed in already goes on to where they were going. True when that is some page other than home. */
function useSkipWhenSignedIn(): boolean {
  const checkAuth = useCheckAuth();
  const navigate = useNavigate();
  const { state } = useLocation() as { state: { nextPathname?: string; nextSearch?: string } | null };
  const target = state?.nextPathname ? `${state.nextPathname}${state.nextSearch ?? ''}` : '/';
  useEffect(() => {
    checkAuth({}, false)
      .then(() => navigate(target, { replace: true }))
      .catch(() => undefined);
    // Asked once, when the page opens: afterwards the form decides.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  return target !== '/';
}
