import type { InvitedPerson, PersonView } from '@recaudo/shared';
import PersonAddOutlined from '@mui/icons-material/PersonAddOutlined';
import { Button, Paper, Stack, Typography } from '@mui/material';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useGetList, useNotify } from 'react-admin';
import { problemOf } from '../app/api.js';
import { useSignedIn } from '../app/login-state.js';
import { EmptyPanel, Gate, Page, ProblemPanel, RowsSkeleton } from '../app/PageStates.js';
import { useData } from '../app/use-data.js';
import { Instant } from '../fields/Instant.js';
import { MeaningChip } from '../fields/StateChip.js';
import { useReader } from '../fields/reader.js';
import { SecretDialog } from '../fields/SecretDialog.js';
import { PersonDialog } from './PersonDialog.js';
import { useSiteNames } from './SitesInput.js';

const STATE_MEANING = { invited: 'waiting', active: 'done', deactivated: 'failed' } as const;

export default function PersonList() {
  const { t } = useReader();
  const [edited, setEdited] = useState<PersonView | 'new' | null>(null);
  const [invited, setInvited] = useState<InvitedPerson | null>(null);
  const add = (
    <Button variant="contained" startIcon={<PersonAddOutlined />} onClick={() => setEdited('new')}>
      {t('people.new')}
    </Button>
  );
  return (
    <Gate permission="people:manage">
      <Page title={t('rooms.people')} actions={add}>
        <People onEdit={setEdited} onInvited={setInvited} />
      </Page>
      {edited ? (
        <PersonDialog
          person={edited === 'new' ? null : edited}
          onClose={() => setEdited(null)}
          onInvited={setInvited}
        />
      ) : null}
      {invited ? (
        <SecretDialog
          title={t('people.link_title', { name: invited.person.name })}
          explained={t('people.link_explained')}
          name={t('people.link')}
          secret={invited.passwordLink}
          footer={
            <>
              {t('people.link_until')} <Instant value={invited.expiresAt} />
            </>
          }
          onClose={() => setInvited(null)}
        />
      ) : null}
    </Gate>
  );
}

interface PeopleProps {
  onEdit: (person: PersonView) => void;
  onInvited: (invited: InvitedPerson) => void;
}

function People(props: PeopleProps) {
  const { t } = useReader();
  const { data, error, refetch } = useGetList<PersonView>('people');
  if (!data)
    return error ? <ProblemPanel error={error} retry={() => void refetch()} /> : <RowsSkeleton rows={5} />;
  if (data.length === 0) return <EmptyPanel>{t('people.none')}</EmptyPanel>;
  return (
    <Stack component="ul" aria-label={t('rooms.people')} sx={{ listStyle: 'none', m: 0, p: 0, gap: 1 }}>
      {data.map((person) => (
        <PersonCard key={person.id} person={person} {...props} />
      ))}
    </Stack>
  );
}

function PersonCard({ person, onEdit, onInvited }: { person: PersonView } & PeopleProps) {
  const { t } = useReader();
  const siteNames = useSiteNames();
  return (
    <Paper
      component="li"
      variant="outlined"
      aria-label={person.name}
      sx={{
        p: 2,
        display: { xs: 'flex', md: 'grid' },
        flexWrap: 'wrap',
        gridTemplateColumns: 'minmax(0, 1fr) 190px 120px 270px',
        gap: 2,
        alignItems: 'center',
      }}
    >
      <Stack sx={{ flex: '1 1 260px', minWidth: 0 }}>
        <Typography sx={{ fontWeight: 600 }}>{person.name}</Typography>
        <Typography variant="body2" sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>
          {person.email} · {person.lastSeenAt ? t('people.seen') : t('people.never_seen')}{' '}
          {person.lastSeenAt ? <Instant value={person.lastSeenAt} /> : null}
        </Typography>
      </Stack>
      <Stack sx={{ flex: '0 1 220px', minWidth: 120 }}>
        <Typography>{t(`roles.${person.role}`)}</Typography>
        <Typography variant="body2" sx={{ color: 'text.secondary' }}>
          {person.siteIds === null ? t('app.all_sites') : siteNames(person.siteIds)}
        </Typography>
      </Stack>
      <div>
        <MeaningChip meaning={STATE_MEANING[person.state]}>{t(`people.state.${person.state}`)}</MeaningChip>
      </div>
      <PersonActions person={person} onEdit={onEdit} onInvited={onInvited} />
    </Paper>
  );
}

function PersonActions({ person, onEdit, onInvited }: { person: PersonView } & PeopleProps) {
  const { t } = useReader();
  const me = useSignedIn().person.id === person.id;
  const data = useData();
  const client = useQueryClient();
  const notify = useNotify();
  const onError = (error: unknown) =>
    notify(`problems.title.${problemOf(error).code}`, {
      type: 'error',
      messageArgs: { _: t('problems.title.internal') },
    });
  const invite = useMutation({
    mutationFn: () => data.invitePerson(person.id),
    onSuccess: onInvited,
    onError,
  });
  const other = person.state === 'deactivated' ? 'active' : 'deactivated';
  const switchState = useMutation({
    mutationFn: () =>
      data.update<PersonView>('people', { id: person.id, data: { state: other }, previousData: person }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['people'] });
      notify(`people.now_${other}`, { type: 'success', messageArgs: { name: person.name } });
    },
    onError,
  });
  const named = (action: string) => `${t(`people.${action}`)}: ${person.name}`;
  const confirmed = () =>
    other === 'active' || window.confirm(t('people.confirm_deactivate', { name: person.name }));
  return (
    <Stack direction="row" sx={{ gap: 0.5, flexWrap: 'wrap', ml: 'auto', justifyContent: 'flex-end' }}>
      <Button size="small" aria-label={named('edit')} onClick={() => onEdit(person)}>
        {t('people.edit')}
      </Button>
      {person.state === 'deactivated' ? null : (
        <Button
          size="small"
          aria-label={named('new_link')}
          disabled={invite.isPending}
          onClick={() => invite.mutate()}
        >
          {t('people.new_link')}
        </Button>
      )}
      {me ? null : (
        <Button
          size="small"
          color={other === 'active' ? 'primary' : 'error'}
          aria-label={named(other === 'active' ? 'activate' : 'deactivate')}
          disabled={switchState.isPending}
          onClick={() => confirmed() && switchState.mutate()}
        >
          {t(other === 'active' ? 'people.activate' : 'people.deactivate')}
        </Button>
      )}
    </Stack>
  );
}
