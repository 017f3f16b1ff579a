import MoreHorizOutlined from '@mui/icons-material/MoreHorizOutlined';
import {
  BottomNavigation,
  BottomNavigationAction,
  Drawer,
  List,
  ListItemButton,
  ListItemIcon,
  ListItemText,
} from '@mui/material';
import { useState } from 'react';
import { Link, useLocation } from 'react-router-dom';
import { useReader } from '../fields/reader.js';
import { RoomIcon, useRoomTarget } from './Rail.js';
import { isInside, useRooms, type Room } from './rooms.js';

/** As many as fit under a thumb; the rest behind "more". */
const IN_SIGHT = 4;

export function BottomBar() {
  const { t } = useReader();
  const rooms = useRooms();
  const { pathname } = useLocation();
  const [open, setOpen] = useState(false);
  const fits = rooms.length <= IN_SIGHT + 1;
  const shown = fits ? rooms : rooms.slice(0, IN_SIGHT);
  const rest = fits ? [] : rooms.slice(IN_SIGHT);
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
          '& .MuiBottomNavigationAction-root': { minWidth: 0 },
        }}
      >
        {shown.map((room) => (
          <BarLink key={room.name} room={room} value={room.name} showLabel />
        ))}
        {rest.length > 0 ? (
          <BottomNavigationAction
            label={t('app.more')}
            showLabel
            icon={<MoreHorizOutlined />}
            onClick={() => setOpen(true)}
          />
        ) : null}
      </BottomNavigation>
      <Drawer anchor="bottom" open={open} onClose={() => setOpen(false)}>
        <List component="nav" aria-label={t('app.settings')} sx={{ pb: 3 }}>
          {rest.map((room) => (
            <ListItemButton key={room.name} component={Link} to={room.path} onClick={() => setOpen(false)}>
              <ListItemIcon>
                <RoomIcon room={room} />
              </ListItemIcon>
              <ListItemText primary={t(`rooms.${room.name}`)} />
            </ListItemButton>
          ))}
        </List>
      </Drawer>
    </>
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
