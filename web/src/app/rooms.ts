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
  settings: boolean;
}

/** The rooms that exist, in the order in which people need them. */
const ROOMS: readonly Room[] = [
  { name: 'home', path: '/', permission: null, icon: HomeOutlined, settings: false },
  {
    name: 'sessions',
    path: '/sessions',
    permission: 'sessions:read',
    icon: PaymentsOutlined,
    settings: false,
  },
  {
    name: 'transactions',
    path: '/transactions',
    permission: 'sessions:read',
    icon: SwapHorizOutlined,
    settings: false,
  },
  {
    name: 'preauthorizations',
    path: '/preauthorizations',
    permission: 'sessions:read',
    icon: CreditCardOutlined,
    settings: false,
  },
  {
    name: 'schedules',
    path: '/schedules',
    permission: 'sessions:read',
    icon: EventRepeatOutlined,
    settings: false,
  },
  {
    name: 'periods',
    path: '/periods',
    permission: 'sessions:read',
    icon: RunningWithErrorsOutlined,
    settings: false,
  },
  {
    name: 'instruments',
    path: '/instruments',
    permission: 'instruments:read',
    icon: AddCardOutlined,
    settings: false,
  },
  { name: 'reviews', path: '/reviews', permission: 'reviews:read', icon: FactCheckOutlined, settings: false },
  {
    name: 'approvals',
    path: '/approvals',
    permission: 'approvals:read',
    icon: HowToRegOutlined,
    settings: false,
  },
  {
    name: 'batches',
    path: '/batches',
    permission: 'sessions:read',
    icon: PlaylistAddCheckOutlined,
    settings: false,
  },
  { name: 'mails', path: '/mails', permission: 'mails:read', icon: MailOutlined, settings: false },
  {
    name: 'revenue',
    path: '/revenue',
    permission: 'revenue:read',
    icon: AssessmentOutlined,
    settings: false,
  },
  { name: 'audit', path: '/audit', permission: 'audit:read', icon: HistoryOutlined, settings: false },
  { name: 'sites', path: '/sites', permission: 'sites:manage', icon: StorefrontOutlined, settings: true },
  { name: 'people', path: '/people', permission: 'people:manage', icon: PeopleOutlined, settings: true },
  { name: 'keys', path: '/keys', permission: 'keys:manage', icon: VpnKeyOutlined, settings: true },
  { name: 'jobs', path: '/jobs', permission: 'jobs:manage', icon: SettingsSuggestOutlined, settings: true },
];

export function useRooms(): Room[] {
  const { permissions } = useSignedIn();
  return ROOMS.filter((room) => room.permission === null || permissions.includes(room.permission));
}

export function isInside(room: Room, pathname: string): boolean {
  return room.path === '/' ? pathname === '/' : pathname.startsWith(room.path);
}
