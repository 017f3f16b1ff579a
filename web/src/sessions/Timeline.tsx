import type { SessionKind, SessionView, TimelineEntry } from '@recaudo/shared';
import AccountBalanceOutlined from '@mui/icons-material/AccountBalanceOutlined';
import PersonOutlined from '@mui/icons-material/PersonOutlined';
import SmartToyOutlined from '@mui/icons-material/SmartToyOutlined';
import StorefrontOutlined from '@mui/icons-material/StorefrontOutlined';
import { Box, Stack, Typography, type SvgIconProps } from '@mui/material';
import type { ComponentType } from 'react';
import { useCan } from '../app/login-state.js';
import { Instant } from '../fields/Instant.js';
import { useReader } from '../fields/reader.js';
import { Block } from '../fields/Block.js';
import { Evidence } from './Evidence.js';
import { NoteForm } from './NoteForm.js';
import { timelineWords } from './timeline-words.js';

const ICONS: Record<TimelineEntry['actor']['type'], ComponentType<SvgIconProps>> = {
  person: PersonOutlined,
  payer: PersonOutlined,
  key: StorefrontOutlined,
  gateway: AccountBalanceOutlined,
  system: SmartToyOutlined,
};

interface Props {
  timeline: TimelineEntry[];
  /** Of a session: what it asks its payer for. */
  kind?: SessionKind;
  /** The gateway's last answer. */
  evidence?: SessionView['evidence'];
  /** Where people write what they know. */
  orderId: string | null;
}

/** Newest first; people filled, machines outlined, so that a glance tells them apart. */
export function Timeline({ timeline, kind, evidence = null, orderId }: Props) {
  const { t } = useReader();
  const mayWrite = useCan('notes:write');
  const entries = [...timeline].sort((one, other) => Date.parse(other.at) - Date.parse(one.at));
  return (
    <Block title={t('sessions.timeline')}>
      {orderId && mayWrite ? <NoteForm orderId={orderId} /> : null}
      <Stack component="ol" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} of={kind} />
        ))}
      </Stack>
      {evidence === null ? null : <Evidence name={t('sessions.last_answer')} data={evidence} />}
    </Block>
  );
}

function Entry({ entry, of }: { entry: TimelineEntry; of?: SessionKind }) {
  const { t, amount } = useReader();
  const Icon = ICONS[entry.actor.type];
  const human = entry.actor.type === 'person' || entry.actor.type === 'payer';
  // A note says itself already.
  const hasData = entry.kind !== 'note.added' && Object.keys(entry.data).length > 0;
  return (
    <Stack
      component="li"
      direction="row"
      sx={{
        gap: 1.5,
        pb: 1.5,
        position: 'relative',
        '&:not(:last-of-type)::before': {
          content: '""',
          position: 'absolute',
          left: 12,
          top: 26,
          bottom: 0,
          width: '1px',
          bgcolor: 'divider',
        },
      }}
    >
      <Box
        sx={{
          width: 25,
          height: 25,
          flexShrink: 0,
          borderRadius: human ? '50%' : '6px',
          display: 'grid',
          placeItems: 'center',
          bgcolor: human ? 'primary.light' : 'transparent',
          color: human ? 'primary.main' : 'text.secondary',
          border: 1,
          borderColor: human ? 'primary.light' : 'divider',
        }}
      >
        <Icon titleAccess={t(`actors.${entry.actor.type}`)} sx={{ fontSize: 16 }} />
      </Box>
      <Box sx={{ minWidth: 0, flex: 1 }}>
        <Typography variant="body2" sx={{ fontWeight: 550 }}>
          {timelineWords(entry, t, amount, of)}
        </Typography>
        <Typography variant="caption" sx={{ color: 'text.secondary', display: 'block' }}>
          <Instant value={entry.at} /> · {entry.actor.name ?? t(`actors.${entry.actor.type}`)}
        </Typography>
        {hasData ? <Evidence name={t('sessions.details')} data={entry.data} /> : null}
      </Box>
    </Stack>
  );
}
