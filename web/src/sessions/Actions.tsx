import type { AvailableAction, SessionView } from '@recaudo/shared';
import { Box, Button, List, ListItem, ListItemText, Stack } from '@mui/material';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNotify } from 'react-admin';
import { Link } from 'react-router-dom';
import { problemOf } from '../app/api.js';
import { useData } from '../app/use-data.js';
import { useCopy } from '../fields/Copyable.js';
import { useReader } from '../fields/reader.js';

/** What may be done now, likeliest first; what may not, with the reason, one click away. */
export function Actions({ session }: { session: SessionView }) {
  const { t } = useReader();
  const actions = inOrder(session);
  const allowed = actions.filter((action) => action.allowed);
  const refused = actions.filter((action) => !action.allowed);
  return (
    <Box component="section" aria-label={t('sessions.actions')} sx={{ mt: 2 }}>
      <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap', alignItems: 'center' }}>
        {allowed.map(({ action }) => (
          <ActionButton key={action} action={action} session={session} />
        ))}
      </Stack>
      {refused.length > 0 ? (
        <Box
          component="details"
          sx={{
            mt: 1,
            '& summary': { cursor: 'pointer', color: 'text.secondary', fontSize: 13, width: 'fit-content' },
          }}
        >
          <summary>{t('sessions.why_not')}</summary>
          <List dense disablePadding>
            {refused.map(({ action, why }) => (
              <ListItem key={action} disableGutters>
                <ListItemText
                  primary={t(`sessions.action.${action}`)}
                  secondary={t(`why.${why}`, { _: t(`problems.title.${why}`, { _: why }) })}
                />
              </ListItem>
            ))}
          </List>
        </Box>
      ) : null}
    </Box>
  );
}

type ActionName = AvailableAction['action'];

/** The server says what the payment and the person's role allow; here they are only put in order. */
function inOrder(session: SessionView): AvailableAction[] {
  const waits = session.state === 'pending' || session.state === 'opening';
  const likeliest: ActionName[] = waits
    ? ['check', 'copyLink', 'openAgain']
    : ['openAgain', 'copyLink', 'check'];
  return likeliest.flatMap((name) => session.availableActions.filter(({ action }) => action === name));
}

function ActionButton({ action, session }: { action: ActionName; session: SessionView }) {
  const { t } = useReader();
  const [copied, copy] = useCopy();
  if (action === 'check') return <CheckButton session={session} />;
  if (action === 'copyLink') {
    return (
      <Button variant="outlined" onClick={() => copy(session.order.linkUrl)}>
        {copied ? t('fields.copied') : t('sessions.action.copyLink')}
      </Button>
    );
  }
  return (
    <Button variant="outlined" component={Link} to={`/sessions/create?from=${session.id}`}>
      {t('sessions.action.openAgain')}
    </Button>
  );
}

function CheckButton({ session }: { session: SessionView }) {
  const { t } = useReader();
  const data = useData();
  const client = useQueryClient();
  const notify = useNotify();
  const waiting = session.state === 'pending' || session.state === 'opening';
  const { mutate, isPending } = useMutation({
    mutationFn: () => data.checkSession(session.id),
    onSuccess: (fresh) => {
      void client.invalidateQueries({ queryKey: ['sessions'] });
      const changed = fresh.state !== session.state;
      notify(changed ? 'sessions.check_changed' : 'sessions.check_same', {
        type: changed && fresh.state === 'approved' ? 'success' : 'info',
        messageArgs: { state: t(`states.session.${fresh.state}`) },
      });
    },
    onError: (error) =>
      notify(`problems.help.${problemOf(error).code}`, {
        type: 'error',
        messageArgs: { _: t('problems.help.internal') },
      }),
  });
  return (
    <Button variant={waiting ? 'contained' : 'outlined'} disabled={isPending} onClick={() => mutate()}>
      {isPending ? t('sessions.checking') : t('sessions.action.check')}
    </Button>
  );
}
