import type { CappedCount } from '@recaudo/shared';
import ExpandLessOutlined from '@mui/icons-material/ExpandLessOutlined';
import ExpandMoreOutlined from '@mui/icons-material/ExpandMoreOutlined';
import { Badge, Box, ButtonBase, Divider, Stack, Typography } from '@mui/material';
import { useId } from 'react';
import { useStore } from 'react-admin';
import { NavLink, useLocation } from 'react-router-dom';
import { useReader } from '../fields/reader.js';
import { isInside, useRoomGroups, type Room, type RoomGroup } from './rooms.js';
import { useApprovalsWaiting, useWaiting } from './use-data.js';

/** Which groups the person has folded away. */
const FOLDED_KEY = 'rail.folded';
const NONE: string[] = [];

/** The narrow rail: only the rooms that exist, and of these only the reader's own. */
export function Rail() {
  const { t } = useReader();
  const groups = useRoomGroups();
  return (
    <Box
      component="nav"
      aria-label={t('app.rooms')}
      sx={{
        width: 120,
        flexShrink: 0,
        bgcolor: 'background.paper',
        borderRight: 1,
        borderColor: 'divider',
        overflowY: 'auto',
        py: 1.5,
      }}
    >
      <Mark />
      {groups.map((group) =>
        group.name === 'money' ? (
          <RoomLinks key={group.name} rooms={group.rooms} />
        ) : (
          <Group key={group.name} group={group} />
        ),
      )}
    </Box>
  );
}

/** Rooms under a heading that folds them away; where the reader stands stays in sight. */
function Group({ group: { name, rooms } }: { group: RoomGroup }) {
  const { t } = useReader();
  const { pathname } = useLocation();
  const id = useId();
  const [folded, setFolded] = useStore(FOLDED_KEY, NONE);
  const isFolded = folded.includes(name);
  const shown = isFolded ? rooms.filter((room) => isInside(room, pathname)) : rooms;
  const words = t(`app.groups.${name}`);
  return (
    <>
      <Divider sx={{ my: 1, mx: 2 }} />
      {name === 'pending' ? (
        // What waits for somebody is never folded away.
        <Typography variant="overline" component="h2" sx={{ display: 'block', textAlign: 'center' }}>
          {words}
        </Typography>
      ) : (
        <Typography variant="overline" component="h2" sx={{ display: 'block', textAlign: 'center' }}>
          <ButtonBase
            aria-expanded={!isFolded}
            aria-controls={id}
            onClick={() => setFolded(isFolded ? folded.filter((one) => one !== name) : [...folded, name])}
            sx={{ font: 'inherit', letterSpacing: 'inherit', minHeight: 24, px: 0.5, borderRadius: 1 }}
          >
            {words}
            {isFolded ? (
              <ExpandMoreOutlined aria-hidden sx={{ fontSize: 16 }} />
            ) : (
              <ExpandLessOutlined aria-hidden sx={{ fontSize: 16 }} />
            )}
          </ButtonBase>
        </Typography>
      )}
      <Box id={id}>{shown.length > 0 ? <RoomLinks rooms={shown} /> : null}</Box>
    </>
  );
}

function Mark() {
  return (
    <Box sx={{ display: 'flex', justifyContent: 'center', mb: 2 }}>
      <img src="/icon.svg" width={32} height={32} alt="Recaudo" />
    </Box>
  );
}

function RoomLinks({ rooms }: { rooms: readonly Room[] }) {
  return (
    <Stack component="ul" sx={{ listStyle: 'none', m: 0, p: 0, px: 1, gap: 0.5 }}>
      {rooms.map((room) => (
        <li key={room.name}>
          <RoomLink room={room} />
        </li>
      ))}
    </Stack>
  );
}

function RoomLink({ room }: { room: Room }) {
  const { t } = useReader();
  const { pathname } = useLocation();
  const target = useRoomTarget(room);
  const active = isInside(room, pathname);
  return (
    <Box
      component={NavLink}
      to={target}
      aria-current={active ? 'page' : undefined}
      sx={{
        display: 'flex',
        flexDirection: 'column',
        alignItems: 'center',
        gap: '3px',
        py: 1,
        borderRadius: 1,
        textDecoration: 'none',
        textAlign: 'center',
        color: active ? 'primary.main' : 'text.secondary',
        bgcolor: active ? 'action.selected' : 'transparent',
        '&:hover': { bgcolor: active ? 'action.selected' : 'action.hover', color: 'text.primary' },
      }}
    >
      <RoomIcon room={room} />
      <Box component="span" sx={{ fontSize: 11, fontWeight: active ? 650 : 500, lineHeight: 1.2 }}>
        {t(`rooms.${room.name}`)}
      </Box>
    </Box>
  );
}

/** The room's picture, with how much waits in it for the reader. */
export function RoomIcon({ room }: { room: Room }) {
  const { t } = useReader();
  const counts = useRoomCounts(room);
  const Icon = room.icon;
  const sum = counts.reduce((all, { count }) => all + count, 0);
  if (sum === 0) return <Icon aria-hidden sx={{ fontSize: 22 }} />;
  const text = counts.some(({ capped }) => capped) ? `${sum}+` : String(sum);
  const name = room.name === 'approvals' ? 'app.open_approvals' : 'app.open_reviews';
  return (
    <Badge
      badgeContent={<span aria-label={t(name, { count: text })}>{sum > 99 ? '99+' : text}</span>}
      sx={{
        '& .MuiBadge-badge': {
          bgcolor: 'warning.main',
          color: 'background.paper',
          fontWeight: 700,
          fontSize: 11,
        },
      }}
    >
      <Icon aria-hidden sx={{ fontSize: 22 }} />
    </Badge>
  );
}

export function useRoomCounts({ name }: Room): CappedCount[] {
  const { reviews, remainder, confirm } = useWaiting();
  const approvals = useApprovalsWaiting();
  const counts = new Map([
    ['reviews', [reviews, remainder, confirm]],
    ['approvals', [approvals]],
  ]).get(name);
  return (counts ?? []).filter((count) => count !== undefined);
}

/** Going back to a list of money returns to the scope used last (state, site, period, currency), not to a search. */
export function useRoomTarget(room: Room): string {
  const [sessions] = useStore<string>('sessions.lastScope', '');
  const [transactions] = useStore<string>('transactions.lastScope', '');
  const scopes = new Map([
    ['sessions', sessions],
    ['transactions', transactions],
  ]);
  return room.path + (scopes.get(room.name) ?? '');
}
