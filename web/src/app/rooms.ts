import type { Permission } from '@recaudo/shared';
import AddCardOutlined from '@mui/icons-material/AddCardOutlined';
import CreditCardOutlined from '@mui/icons-material/CreditCardOutlined';
import EventRepeatOutlined from '@mui/icons-material/EventRepeatOutlined';
import FactCheckOutlined from '@mui/icons-material/FactCheckOutlined';
import AssessmentOutlined from '@mui/icons-material/AssessmentOutlined';
import HistoryOutlined from '@mui/icons-material/HistoryOutlined';
import HomeOutlined from '@mui/icons-material/HomeOutlined';
import MailOutlined from '@mui/icons-material/MailOutlined';
import PaymentsOutlined from '@mui/icons-material/PaymentsOutlined';
import PeopleOutlined from '@mui/icons-material/PeopleOutlined';
import PlaylistAddCheckOutlined from '@mui/icons-material/PlaylistAddCheckOutlined';
import SettingsSuggestOutlined from '@mui/icons-material/SettingsSuggestOutlined';
import HowToRegOutlined from '@mui/icons-material/HowToRegOutlined';
import ReplayOutlined from '@mui/icons-material/ReplayOutlined';
import RunningWithErrorsOutlined from '@mui/icons-material/RunningWithErrorsOutlined';
import StorefrontOutlined from '@mui/icons-material/StorefrontOutlined';
import SwapHorizOutlined from '@mui/icons-material/SwapHorizOutlined';
import VpnKeyOutlined from '@mui/icons-material/VpnKeyOutlined';
import type { SvgIconProps } from '@mui/material';
import type { ComponentType } from 'react';
import { useSignedIn } from './login-state.js';

export interface Room {
  name: string;
  path: string;
  /** Null: for everybody. */
  permission: Permission | null;
  icon: ComponentType<SvgIconProps>;
}

/** Rooms that people think of together. */
export interface RoomGroup {
  /** `money` stands first and needs no heading. */
  name: 'money' | 'pending' | 'subscriptions' | 'reports' | 'settings';
  rooms: readonly Room[];
}

/** The rooms that exist, in the order in which people need them. */
const GROUPS: readonly RoomGroup[] = [
  {
    name: 'money',
    rooms: [
      { name: 'home', path: '/', permission: null, icon: HomeOutlined },
      { name: 'sessions', path: '/sessions', permission: 'sessions:read', icon: PaymentsOutlined },
      { name: 'transactions', path: '/transactions', permission: 'sessions:read', icon: SwapHorizOutlined },
      {
        name: 'preauthorizations',
        path: '/preauthorizations',
        permission: 'sessions:read',
        icon: CreditCardOutlined,
      },
      { name: 'batches', path: '/batches', permission: 'sessions:read', icon: PlaylistAddCheckOutlined },
    ],
  },
  {
    name: 'pending',
    rooms: [
      { name: 'reviews', path: '/reviews', permission: 'reviews:read', icon: FactCheckOutlined },
      { name: 'approvals', path: '/approvals', permission: 'approvals:read', icon: HowToRegOutlined },
    ],
  },
  {
    name: 'subscriptions',
    rooms: [
      { name: 'schedules', path: '/schedules', permission: 'sessions:read', icon: EventRepeatOutlined },
      { name: 'periods', path: '/periods', permission: 'sessions:read', icon: RunningWithErrorsOutlined },
      { name: 'instruments', path: '/instruments', permission: 'instruments:read', icon: AddCardOutlined },
      { name: 'policies', path: '/policies', permission: 'sessions:read', icon: ReplayOutlined },
    ],
  },
  {
    name: 'reports',
    rooms: [
      { name: 'revenue', path: '/revenue', permission: 'revenue:read', icon: AssessmentOutlined },
      { name: 'mails', path: '/mails', permission: 'mails:read', icon: MailOutlined },
      { name: 'audit', path: '/audit', permission: 'audit:read', icon: HistoryOutlined },
    ],
  },
  {
    name: 'settings',
    rooms: [
      { name: 'sites', path: '/sites', permission: 'sites:manage', icon: StorefrontOutlined },
      { name: 'people', path: '/people', permission: 'people:manage', icon: PeopleOutlined },
      { name: 'keys', path: '/keys', permission: 'keys:manage', icon: VpnKeyOutlined },
      { name: 'jobs', path: '/jobs', permission: 'jobs:manage', icon: SettingsSuggestOutlined },
    ],
  },
];

/** What the reader may enter; a group in which there is nothing for them is left out. */
export function useRoomGroups(): RoomGroup[] {
  const { permissions } = useSignedIn();
  const mayEnter = ({ permission }: Room) => permission === null || permissions.includes(permission);
  return GROUPS.map((group) => ({ ...group, rooms: group.rooms.filter(mayEnter) })).filter(
    ({ rooms }) => rooms.length > 0,
  );
}

export function isInside(room: Room, pathname: string): boolean {
  return room.path === '/' ? pathname === '/' : pathname.startsWith(room.path);
}
