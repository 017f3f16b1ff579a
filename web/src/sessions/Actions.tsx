import type { SessionView } from '@recaudo/shared';
import { Box, Button, Stack } from '@mui/material';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNotify } from 'react-admin';
import { Link } from 'react-router-dom';
import { problemOf } from '../app/api.js';
import { useData } from '../app/use-data.js';
import { useCopy } from '../fields/Copyable.js';
import { useReader } from '../fields/reader.js';
import { WhyNot } from '../fields/WhyNot.js';
import { BatchDialog } from '../batches/BatchDialog.js';
import { AgreeDialog } from './acts/AgreeDialog.js';
import { CancelDialog } from './acts/CancelDialog.js';
import { ConfirmationDialog } from './acts/ConfirmationDialog.js';
import { RemainderDialog } from './acts/RemainderDialog.js';
import { UnchargedDialog } from './acts/UnchargedDialog.js';
import { isCaptured } from '../transactions/refundable-row.js';
import { filledAction, inOrder, type ActionName } from './action-order.js';

/** What may be done now, likeliest first; what may not, with the reason, one click away. */
export function Actions({ session }: { session: SessionView }) {
  const { t } = useReader();
  const actions = inOrder(session);
  const allowed = actions.filter((action) => action.allowed);
  const refused = actions.filter((action) => !action.allowed);
  const filled = filledAction(session);
  const [open, setOpen] = useState<ActionName | null>(null);
  return (
    <Box component="section" aria-label={t('sessions.actions')} sx={{ mt: 2 }}>
      <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap', alignItems: 'center' }}>
        {allowed.map(({ action }) => (
          <ActionButton
            key={action}
            action={action}
            session={session}
            filled={action === filled}
            onOpen={() => setOpen(action)}
          />
        ))}
      </Stack>
      <WhyNot refused={refused.map(({ action, why }) => ({ name: t(`sessions.action.${action}`), why }))} />
      {open ? <ActionDialog action={open} session={session} onClose={() => setOpen(null)} /> : null}
    </Box>
  );
}

interface ButtonProps {
  action: ActionName;
  session: SessionView;
  filled: boolean;
  onOpen: () => void;
}

function ActionButton({ action, session, filled, onOpen }: ButtonProps) {
  const { t } = useReader();
  const [copied, copy] = useCopy();
  const variant = filled ? 'contained' : 'outlined';
  if (action === 'check') return <CheckButton session={session} variant={variant} />;
  if (action === 'copyLink') {
    return (
      <Button variant={variant} onClick={() => copy(session.order.linkUrl)}>
        {copied ? t('fields.copied') : t('sessions.action.copyLink')}
      </Button>
    );
  }
  if (action === 'openAgain') {
    return (
      <Button variant={variant} component={Link} to={`/sessions/create?from=${session.id}`}>
        {t('sessions.action.openAgain')}
      </Button>
    );
  }
  return (
    <Button variant={variant} aria-haspopup="dialog" onClick={onOpen}>
      {t(`sessions.action.${action}`)}
    </Button>
  );
}

/** The acts that want a second look before they are done. */
export function ActionDialog({
  action,
  session,
  onClose,
}: {
  action: ActionName;
  session: SessionView;
  onClose: () => void;
}) {
  switch (action) {
    case 'cancel':
      return <CancelDialog session={session} onClose={onClose} />;
    case 'confirm':
    case 'cancelConfirmation':
      return <ConfirmationDialog session={session} kind={action} onClose={onClose} />;
    case 'remainder':
      return <RemainderDialog session={session} onClose={onClose} />;
    case 'agree':
      return <AgreeDialog session={session} onClose={onClose} />;
    case 'refundPaid':
      return <BatchDialog kind="reverse" ids={paidIds(session)} onClose={onClose} />;
    case 'uncharged':
      return <UnchargedDialog session={session} onClose={onClose} />;
    default:
      return null;
  }
}

/** The approved payments of it: what can be given back. */
function paidIds({ transactions }: SessionView): string[] {
  return transactions.filter(isCaptured).map(({ id }) => id);
}

function CheckButton({ session, variant }: { session: SessionView; variant: 'contained' | 'outlined' }) {
  const { t } = useReader();
  const data = useData();
  const client = useQueryClient();
  const notify = useNotify();
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
    <Button variant={variant} disabled={isPending} onClick={() => mutate()}>
      {isPending ? t('sessions.checking') : t('sessions.action.check')}
    </Button>
  );
}
