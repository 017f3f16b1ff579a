import DarkModeOutlined from '@mui/icons-material/DarkModeOutlined';
import LightModeOutlined from '@mui/icons-material/LightModeOutlined';
import LogoutOutlined from '@mui/icons-material/LogoutOutlined';
import SettingsBrightnessOutlined from '@mui/icons-material/SettingsBrightnessOutlined';
import TranslateOutlined from '@mui/icons-material/TranslateOutlined';
import {
  Avatar,
  Box,
  Divider,
  IconButton,
  ListItemIcon,
  ListItemText,
  Menu,
  MenuItem,
  Typography,
} from '@mui/material';
import { useState } from 'react';
import { useLocaleState, useLogout, useRemoveFromStore, useStore } from 'react-admin';
import { useReader } from '../fields/reader.js';
import { useSignedIn } from './login-state.js';

const THEMES = [
  { name: 'system', icon: SettingsBrightnessOutlined },
  { name: 'light', icon: LightModeOutlined },
  { name: 'dark', icon: DarkModeOutlined },
] as const;

/** Language, theme, the zone in which times are shown, log out. */
export function PersonMenu() {
  const { t } = useReader();
  const { person } = useSignedIn();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const logout = useLogout();
  const close = () => setAnchor(null);
  const initials = person.name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word[0])
    .join('');
  return (
    <>
      <IconButton
        aria-label={`${initials} · ${t('app.person_menu', { name: person.name })}`}
        aria-haspopup="menu"
        onClick={(event) => setAnchor(event.currentTarget)}
        sx={{ p: '4px' }}
      >
        <Avatar
          sx={{
            width: 32,
            height: 32,
            fontSize: 13,
            fontWeight: 650,
            bgcolor: 'primary.main',
            color: 'primary.contrastText',
          }}
        >
          {initials}
        </Avatar>
      </IconButton>
      <Menu
        anchorEl={anchor}
        open={anchor !== null}
        onClose={close}
        slotProps={{ paper: { sx: { minWidth: 250 } } }}
      >
        <Box sx={{ px: 2, py: 1 }} role="presentation">
          <Typography sx={{ fontWeight: 600 }}>{person.name}</Typography>
          <Typography variant="body2" sx={{ color: 'text.secondary' }}>
            {t(`roles.${person.role}`)} · {person.email}
          </Typography>
          <Typography variant="body2" sx={{ color: 'text.secondary' }}>
            {t('app.zone', { zone: person.zone })}
          </Typography>
        </Box>
        <Divider />
        <LanguageItem />
        <Divider />
        <ThemeItems />
        <Divider />
        <MenuItem onClick={() => void logout({}, undefined, false)}>
          <ListItemIcon>
            <LogoutOutlined fontSize="small" />
          </ListItemIcon>
          <ListItemText>{t('ra.auth.logout')}</ListItemText>
        </MenuItem>
      </Menu>
    </>
  );
}

function LanguageItem() {
  const [locale, setLocale] = useLocaleState();
  const other = locale === 'en' ? 'es' : 'en';
  return (
    <MenuItem lang={other} onClick={() => void setLocale(other)}>
      <ListItemIcon>
        <TranslateOutlined fontSize="small" />
      </ListItemIcon>
      <ListItemText>{other === 'en' ? 'English' : 'Español'}</ListItemText>
    </MenuItem>
  );
}

function ThemeItems() {
  const { t } = useReader();
  const [theme, setTheme] = useStore<string | undefined>('theme');
  const removeFromStore = useRemoveFromStore();
  const chosen = theme ?? 'system';
  return THEMES.map(({ name, icon: Icon }) => (
    <MenuItem
      key={name}
      role="menuitemradio"
      aria-checked={chosen === name}
      selected={chosen === name}
      onClick={() => (name === 'system' ? removeFromStore('theme') : setTheme(name))}
    >
      <ListItemIcon>
        <Icon fontSize="small" />
      </ListItemIcon>
      <ListItemText>{t(`app.theme_${name}`)}</ListItemText>
    </MenuItem>
  ));
}
