import MoreHorizOutlined from '@mui/icons-material/MoreHorizOutlined';
import {
  Badge,
  BottomNavigation,
  BottomNavigationAction,
  Drawer,
  List,
  ListItemButton,
  ListItemIcon,
  ListItemText,
  ListSubheader,
} from '@mui/material';
import { useState } from 'react';
import { Link, useLocation } from 'react-router-dom';
import { useReader } from '../fields/reader.js';
import { RoomIcon, useRoomTarget } from './Rail.js';
import { isInside, useRoomGroups, type Room } from './rooms.js';
import { useApprovalsWaiting } from './use-data.js';

/** What fits under a thumb: money seen and money that waits for somebody; the rest behind "more". */
const IN_SIGHT = new Set(['home', 'sessions', 'transactions', 'reviews']);
const MOST_IN_SIGHT = 5;

export function BottomBar() {
  const { t } = useReader();
  const groups = useRoomGroups();
  const rooms = groups.flatMap((group) => group.rooms);
  const { pathname } = useLocation();
  const [open, setOpen] = useState(false);
  const fits = rooms.length <= MOST_IN_SIGHT;
  const shown = fits ? rooms : rooms.filter(({ name }) => IN_SIGHT.has(name));
  const rest = rooms.filter((room) => !shown.includes(room));
  const value = rooms.find((room) => isInside(room, pathname))?.name ?? false;
  return (
    <>
      <BottomNavigation
        component="nav"
        aria-label={t('app.rooms')}
        showLabels
        value={value}
        sx={{
          borderTop: 1,
          borderColor: 'divider',
          flexShrink: 0,
          '& .MuiBottomNavigationAction-root': { minWidth: 0, px: '2px' },
          '& .MuiBottomNavigationAction-label': { fontSize: '11px !important' },
        }}
      >
        {shown.map((room) => (
          <BarLink key={room.name} room={room} value={room.name} showLabel />
        ))}
        {rest.length > 0 ? (
          <BottomNavigationAction
            label={t('app.more')}
            showLabel
            icon={<MoreIcon hidden={rest} />}
            onClick={() => setOpen(true)}
          />
        ) : null}
      </BottomNavigation>
      <Drawer anchor="bottom" open={open} onClose={() => setOpen(false)}>
        <List component="nav" aria-label={t('app.more')} sx={{ pb: 3 }}>
          {groups.map(({ name, rooms: all }) => (
            <HiddenRooms
              key={name}
              title={name === 'money' ? null : t(`app.groups.${name}`)}
              rooms={all.filter((room) => rest.includes(room))}
              onGo={() => setOpen(false)}
            />
          ))}
        </List>
      </Drawer>
    </>
  );
}

function HiddenRooms({
  title,
  rooms,
  onGo,
}: {
  title: string | null;
  rooms: readonly Room[];
  onGo: () => void;
}) {
  const { t } = useReader();
  if (rooms.length === 0) return null;
  return (
    <>
      {title ? (
        <ListSubheader component="h2" disableSticky sx={{ lineHeight: '32px', bgcolor: 'transparent' }}>
          {title}
        </ListSubheader>
      ) : null}
      {rooms.map((room) => (
        <ListItemButton key={room.name} component={Link} to={room.path} onClick={onGo}>
          <ListItemIcon>
            <RoomIcon room={room} />
          </ListItemIcon>
          <ListItemText primary={t(`rooms.${room.name}`)} />
        </ListItemButton>
      ))}
    </>
  );
}

/** What waits behind "more" is told at its door. */
function MoreIcon({ hidden }: { hidden: Room[] }) {
  const { t } = useReader();
  const waiting = useApprovalsWaiting();
  const count = hidden.some(({ name }) => name === 'approvals') ? (waiting?.count ?? 0) : 0;
  if (count === 0) return <MoreHorizOutlined />;
  return (
    <Badge variant="dot" color="warning" aria-label={t('app.open_approvals', { count })}>
      <MoreHorizOutlined />
    </Badge>
  );
}

function BarLink({ room, ...rest }: { room: Room; value: string; showLabel: boolean }) {
  const { t } = useReader();
  const target = useRoomTarget(room);
  return (
    <BottomNavigationAction
      {...rest}
      component={Link}
      to={target}
      label={t(`rooms.${room.name}`)}
      icon={<RoomIcon room={room} />}
    />
  );
}
