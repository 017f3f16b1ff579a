import { createKeySchema, type CreatedKey, type CreateKey, type KeyView } from '@recaudo/shared';
import AddOutlined from '@mui/icons-material/AddOutlined';
import {
  Alert,
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogContentText,
  DialogTitle,
  Paper,
  Stack,
  Typography,
} from '@mui/material';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useGetList, useNotify } from 'react-admin';
import { problemOf } from '../app/api.js';
import { checkFields } from '../app/check.js';
import { SendButton, SendForm, TextInput } from '../app/form.js';
import { EmptyPanel, Gate, Page, ProblemPanel, RowsSkeleton } from '../app/PageStates.js';
import { MONO } from '../app/theme.js';
import { useData } from '../app/use-data.js';
import { Instant } from '../fields/Instant.js';
import { MeaningChip } from '../fields/StateChip.js';
import { useReader } from '../fields/reader.js';
import { SecretDialog } from '../fields/SecretDialog.js';
import { SitesInput, useSiteNames } from '../people/SitesInput.js';

/** Keys with which a shop's own program opens payments; the secret is shown once. */
export default function KeyList() {
  const { t } = useReader();
  const [creating, setCreating] = useState(false);
  const [created, setCreated] = useState<CreatedKey | null>(null);
  const add = (
    <Button variant="contained" startIcon={<AddOutlined />} onClick={() => setCreating(true)}>
      {t('keys.new')}
    </Button>
  );
  return (
    <Gate permission="keys:manage">
      <Page title={t('rooms.keys')} actions={add}>
        <Typography sx={{ mb: 2, color: 'text.secondary', maxWidth: 640 }}>{t('keys.explained')}</Typography>
        <Keys />
      </Page>
      {creating ? <CreateDialog onClose={() => setCreating(false)} onCreated={setCreated} /> : null}
      {created ? (
        <SecretDialog
          title={t('keys.created_title', { name: created.key.name })}
          explained={t('keys.created_explained')}
          name={t('keys.secret')}
          secret={created.secret}
          onClose={() => setCreated(null)}
        />
      ) : null}
    </Gate>
  );
}

function Keys() {
  const { t } = useReader();
  const { data, error, refetch } = useGetList<KeyView>('keys');
  const [revoking, setRevoking] = useState<KeyView | null>(null);
  if (!data)
    return error ? <ProblemPanel error={error} retry={() => void refetch()} /> : <RowsSkeleton rows={3} />;
  if (data.length === 0) return <EmptyPanel>{t('keys.none')}</EmptyPanel>;
  return (
    <>
      <Stack component="ul" aria-label={t('rooms.keys')} sx={{ listStyle: 'none', m: 0, p: 0, gap: 1 }}>
        {data.map((key) => (
          <KeyCard key={key.id} item={key} onRevoke={() => setRevoking(key)} />
        ))}
      </Stack>
      {revoking ? <RevokeDialog item={revoking} onClose={() => setRevoking(null)} /> : null}
    </>
  );
}

function KeyCard({ item, onRevoke }: { item: KeyView; onRevoke: () => void }) {
  const { t } = useReader();
  const siteNames = useSiteNames();
  return (
    <Paper
      component="li"
      variant="outlined"
      aria-label={item.name}
      sx={{
        p: 2,
        display: 'flex',
        gap: 2,
        alignItems: 'center',
        flexWrap: 'wrap',
      }}
    >
      <Stack sx={{ flex: '1 1 260px', minWidth: 0 }}>
        <Typography sx={{ fontWeight: 600 }}>
          {item.name}{' '}
          <span style={{ fontFamily: MONO, fontWeight: 400, fontSize: 12.5 }}>{item.prefix}…</span>
        </Typography>
        <Typography variant="body2" sx={{ color: 'text.secondary' }}>
          {t('keys.created_by', { name: item.createdBy })} <Instant value={item.createdAt} /> ·{' '}
          {item.lastUsedAt ? t('keys.used') : t('keys.never_used')}{' '}
          {item.lastUsedAt ? <Instant value={item.lastUsedAt} /> : null}
        </Typography>
      </Stack>
      <Typography variant="body2" sx={{ flex: '0 1 200px' }}>
        {siteNames(item.siteIds)}
      </Typography>
      <MeaningChip meaning={item.revokedAt ? 'failed' : 'done'}>
        {t(item.revokedAt ? 'keys.revoked' : 'keys.active')}
      </MeaningChip>
      {item.revokedAt ? null : (
        <Button
          size="small"
          color="error"
          onClick={onRevoke}
          aria-label={`${t('keys.revoke')}: ${item.name}`}
        >
          {t('keys.revoke')}
        </Button>
      )}
    </Paper>
  );
}

function RevokeDialog({ item, onClose }: { item: KeyView; onClose: () => void }) {
  const { t } = useReader();
  const data = useData();
  const client = useQueryClient();
  const notify = useNotify();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => data.delete('keys', { id: item.id }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['keys'] });
      notify('keys.was_revoked', { type: 'success', messageArgs: { name: item.name } });
      onClose();
    },
  });
  return (
    <Dialog open onClose={onClose} aria-labelledby="revoke-title">
      <DialogTitle id="revoke-title">{t('keys.revoke_title', { name: item.name })}</DialogTitle>
      <DialogContent>
        <DialogContentText>{t('keys.revoke_explained')}</DialogContentText>
        {error ? (
          <Alert severity="error">
            {t(`problems.help.${problemOf(error).code}`, { _: t('problems.help.internal') })}
          </Alert>
        ) : null}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('ra.action.cancel')}</Button>
        <Button variant="contained" color="error" disabled={isPending} onClick={() => mutate()}>
          {t('keys.revoke_it')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function CreateDialog({
  onClose,
  onCreated,
}: {
  onClose: () => void;
  onCreated: (created: CreatedKey) => void;
}) {
  const { t } = useReader();
  const data = useData();
  const client = useQueryClient();
  const [problem, setProblem] = useState<string | null>(null);
  const send = async (values: CreateKey) => {
    setProblem(null);
    onCreated(await data.createKey(values));
    await client.invalidateQueries({ queryKey: ['keys'] });
    onClose();
  };
  const check = (values: CreateKey) => {
    const errors = checkFields(createKeySchema, values);
    if (errors.siteIds) errors.siteIds = 'problems.field.choose_a_site';
    return errors;
  };
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby="key-title">
      <DialogTitle id="key-title">{t('keys.new')}</DialogTitle>
      <DialogContent>
        <SendForm<CreateKey>
          defaultValues={{ name: '', siteIds: [] }}
          validate={check}
          send={send}
          onProblem={({ code }) => setProblem(code)}
        >
          <Stack sx={{ gap: 2, pt: 1 }}>
            <TextInput
              source="name"
              label={t('keys.name')}
              required
              maxLength={80}
              autoFocus
              help={t('keys.name_help')}
            />
            <SitesInput source="siteIds" label={t('keys.sites')} all={false} />
            {problem ? (
              <Alert severity="error">
                {t(`problems.help.${problem}`, { _: t('problems.help.internal') })}
              </Alert>
            ) : null}
            <SendButton
              label={t('keys.create')}
              sending={t('app.saving')}
              cancel={<Button onClick={onClose}>{t('ra.action.cancel')}</Button>}
            />
          </Stack>
        </SendForm>
      </DialogContent>
    </Dialog>
  );
}
