import {
  HASHES,
  saveAccountSchema,
  type ConnectionTest,
  type GatewayAddress,
  type SaveAccount,
  type SiteView,
} from '@recaudo/shared';
import { Alert, Box, Button, MenuItem, Stack, Typography } from '@mui/material';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNotify } from 'react-admin';
import { problemOf } from '../app/api.js';
import { checkFields } from '../app/check.js';
import { SendButton, SendForm, TextInput } from '../app/form.js';
import { useData, usePractice } from '../app/use-data.js';
import { Block } from '../fields/Block.js';
import { Copyable } from '../fields/Copyable.js';
import { FactList } from '../fields/FactList.js';
import { Instant } from '../fields/Instant.js';
import { useReader } from '../fields/reader.js';
import { CheckInput } from '../money/CheckInput.js';

/** The site's contract with its gateway: where to call, as whom, where news comes in, and whether it works. */
export function AccountBlock({ site }: { site: SiteView }) {
  const { t } = useReader();
  const data = useData();
  const gateways = useQuery({ queryKey: ['gateways'], queryFn: () => data.gateways() });
  const { account } = site;
  return (
    <Block title={t('sites.account')}>
      {account ? (
        <>
          <Typography>{t('sites.notification_url')}</Typography>
          <Copyable text={account.notificationUrl} name={t('sites.notification_url_name')} />
          <Typography variant="body2" sx={{ mb: 2, color: 'text.secondary' }}>
            {t('sites.notification_help')}
          </Typography>
          {account.flaggedAt ? (
            <Alert severity="error" sx={{ mb: 2 }}>
              {t('sites.flagged', { code: account.flag ?? '' })}
            </Alert>
          ) : null}
          <FactList facts={[[t('sites.secret_set'), <Instant key="at" value={account.secretSetAt} />]]} />
          <ConnectionButton siteId={site.id} />
        </>
      ) : (
        <Typography sx={{ mb: 2, color: 'text.secondary' }}>{t('sites.no_account')}</Typography>
      )}
      {/* Saved: the form starts afresh, so that no secret stays behind in it. */}
      <AccountForm key={account?.secretSetAt ?? 'new'} site={site} addresses={gateways.data ?? []} />
    </Block>
  );
}

function AccountForm({ site, addresses }: { site: SiteView; addresses: GatewayAddress[] }) {
  const { t } = useReader();
  const data = useData();
  const client = useQueryClient();
  const notify = useNotify();
  const [problem, setProblem] = useState<string | null>(null);
  const { account } = site;
  const { data: practice } = usePractice();
  const sandboxUrl = practice?.sandboxUrl ?? null;
  const practiceAddress = sandboxUrl
    ? [{ mode: 'practice', region: t('modes.practice'), baseUrl: sandboxUrl }]
    : [];
  const send = async (values: SaveAccount) => {
    setProblem(null);
    await data.saveAccount(site.id, bodyOf(values));
    await client.invalidateQueries({ queryKey: ['sites'] });
    notify('sites.account_saved', { type: 'success' });
  };
  const check = (values: SaveAccount) => {
    const errors = checkFields(saveAccountSchema, bodyOf(values));
    // A first account without a secret could never call: absent means "keep", and there is none to keep.
    if (!account && !values.secret) errors.secret = 'problems.field.required';
    return errors;
  };
  // Practice, test and live must never meet: only the addresses of the site's own mode are offered.
  const known = [...addresses, ...practiceAddress].filter((address) => address.mode === site.mode);
  const present =
    account && !known.some((address) => address.baseUrl === account.baseUrl) ? account.baseUrl : null;
  return (
    <SendForm<SaveAccount>
      defaultValues={{
        baseUrl: account?.baseUrl ?? '',
        login: account?.login ?? '',
        secret: '',
        hash: account?.hash ?? 'sha256',
        holdDays: account?.holdDays ?? 30,
        confirmationMinutes: account?.confirmationMinutes ?? 1_440,
        maxDispersions: account?.maxDispersions ?? 3,
        overCapture: account?.overCapture ?? false,
        increaseOnly: account?.increaseOnly ?? false,
      }}
      validate={check}
      send={send}
      onProblem={({ code }) => setProblem(code)}
    >
      <Stack sx={{ gap: 2, mt: 3 }}>
        <TextInput source="baseUrl" label={t('sites.base_url')} select required>
          {present ? <MenuItem value={present}>{present}</MenuItem> : null}
          {known.map((address) => (
            <MenuItem key={address.baseUrl} value={address.baseUrl}>
              {address.region} · {address.baseUrl}
            </MenuItem>
          ))}
        </TextInput>
        <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr' } }}>
          <TextInput source="login" label={t('sites.login')} required maxLength={32} />
          <TextInput
            source="secret"
            label={t('sites.secret')}
            type="password"
            autoComplete="new-password"
            required={!account}
            help={account ? t('sites.secret_keep') : t('sites.secret_help')}
          />
          <TextInput source="hash" label={t('sites.hash')} select>
            {HASHES.map((hash) => (
              <MenuItem key={hash} value={hash}>
                {hash.toUpperCase()}
              </MenuItem>
            ))}
          </TextInput>
        </Box>
        <AccountRules />
        {problem ? (
          <Alert severity="error">{t(`problems.help.${problem}`, { _: t('problems.help.internal') })}</Alert>
        ) : null}
        <SendButton label={t('sites.save_account')} sending={t('app.saving')} />
      </Stack>
    </SendForm>
  );
}

/** Numbers are typed as text; an empty one is missing, not zero. */
function bodyOf(values: SaveAccount): SaveAccount {
  const count = (typed: unknown) => (String(typed).trim() === '' ? undefined : Number(typed)) as number;
  return {
    ...values,
    secret: values.secret || undefined,
    holdDays: count(values.holdDays),
    confirmationMinutes: count(values.confirmationMinutes),
    maxDispersions: count(values.maxDispersions),
  };
}

/** What the contract with the gateway says and its answers do not. */
function AccountRules() {
  const { t } = useReader();
  return (
    <Box component="fieldset" sx={{ border: 0, m: 0, p: 0, minWidth: 0 }}>
      <Typography component="legend" variant="h3" sx={{ p: 0 }}>
        {t('sites.rules')}
      </Typography>
      <Typography variant="body2" sx={{ color: 'text.secondary', mb: 1.5 }}>
        {t('sites.rules_explained')}
      </Typography>
      <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr 1fr' } }}>
        <TextInput
          source="holdDays"
          label={t('sites.hold_days')}
          required
          maxLength={2}
          inputMode="numeric"
          help={t('sites.hold_days_help')}
        />
        <TextInput
          source="confirmationMinutes"
          label={t('sites.confirmation_minutes')}
          required
          maxLength={5}
          inputMode="numeric"
          help={t('sites.confirmation_minutes_help')}
        />
        <TextInput
          source="maxDispersions"
          label={t('sites.max_dispersions')}
          required
          maxLength={2}
          inputMode="numeric"
          help={t('sites.max_dispersions_help')}
        />
      </Box>
      <CheckInput source="overCapture" label={t('sites.over_capture')} />
      <CheckInput source="increaseOnly" label={t('sites.increase_only')} />
    </Box>
  );
}

/** Tells a wrong login, a wrong secret, a wrong clock and an unreachable gateway apart. */
function ConnectionButton({ siteId }: { siteId: string }) {
  const { t } = useReader();
  const data = useData();
  const client = useQueryClient();
  const {
    mutate,
    data: result,
    error,
    isPending,
  } = useMutation({
    mutationFn: () => data.testAccount(siteId),
    onSuccess: () => void client.invalidateQueries({ queryKey: ['sites'] }),
  });
  return (
    <Box sx={{ mt: 2 }}>
      <Button variant="outlined" disabled={isPending} onClick={() => mutate()}>
        {isPending ? t('sites.testing') : t('sites.test')}
      </Button>
      <Box role="status" sx={{ mt: 1 }}>
        {result && !isPending ? <ConnectionAnswer result={result} /> : null}
        {error ? (
          <Alert severity="error">
            {t(`problems.help.${problemOf(error).code}`, { _: t('problems.help.internal') })}
          </Alert>
        ) : null}
      </Box>
    </Box>
  );
}

function ConnectionAnswer({ result }: { result: ConnectionTest }) {
  const { t } = useReader();
  return (
    <Alert severity={result.result === 'ok' ? 'success' : 'error'}>
      {t(`sites.connection.${result.result}`)}{' '}
      <small>({[result.code, t('sites.took', { ms: result.tookMs })].filter(Boolean).join(' · ')})</small>
    </Alert>
  );
}
