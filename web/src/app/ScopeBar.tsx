import { localDay } from '@recaudo/shared';
import ArrowDropDownOutlined from '@mui/icons-material/ArrowDropDownOutlined';
import CalendarTodayOutlined from '@mui/icons-material/CalendarTodayOutlined';
import StorefrontOutlined from '@mui/icons-material/StorefrontOutlined';
import { Box, Button, Divider, ListItemText, Menu, MenuItem, Stack, TextField } from '@mui/material';
import { useState, type FormEvent, type ReactNode } from 'react';
import { useReader } from '../fields/reader.js';
import { PERIODS } from '../list/list-view.js';
import { periodWords } from '../list/period-words.js';
import { now } from './clock.js';
import { useSignedIn } from './login-state.js';
import { useScope } from './use-scope.js';

/** Which site and which days: in sight wherever it applies, always in the URL. Choosing one leads to the payments it means. */
export function ScopeBar() {
  const { hasPeriod } = useScope();
  return (
    <Stack direction="row" sx={{ gap: 1 }}>
      <SiteScope />
      {hasPeriod ? <PeriodScope /> : null}
    </Stack>
  );
}

function SiteScope() {
  const { t } = useReader();
  const { sites } = useSignedIn();
  const { scope, change } = useScope();
  const chosen = sites.find((site) => site.code === scope.site);
  return (
    <ScopeMenu
      name={t('app.site_scope')}
      text={chosen?.name ?? t('app.all_sites')}
      icon={<StorefrontOutlined aria-hidden />}
    >
      {(close) => [
        <MenuItem key="" selected={scope.site === null} onClick={() => (close(), change({ site: null }))}>
          {t('app.all_sites')}
        </MenuItem>,
        ...sites.map((site) => (
          <MenuItem
            key={site.id}
            selected={site.code === scope.site}
            onClick={() => (close(), change({ site: site.code }))}
          >
            <ListItemText
              primary={site.name}
              secondary={`${site.country} · ${site.currency} · ${t(`modes.${site.mode}`)}`}
            />
          </MenuItem>
        )),
      ]}
    </ScopeMenu>
  );
}

function PeriodScope() {
  const { t, language } = useReader();
  const { scope, change } = useScope();
  return (
    <ScopeMenu
      name={t('app.period_scope')}
      text={periodWords(scope, t, language)}
      icon={<CalendarTodayOutlined aria-hidden />}
    >
      {(close) => [
        ...PERIODS.map((period) => (
          <MenuItem
            key={period}
            selected={scope.period === period}
            onClick={() => (close(), change({ period, from: null, to: null }))}
          >
            {t(`periods.${period}`)}
          </MenuItem>
        )),
        <Divider key="divider" />,
        <DaysForm key="days" onDone={close} />,
      ]}
    </ScopeMenu>
  );
}

function DaysForm({ onDone }: { onDone: () => void }) {
  const { t, zone } = useReader();
  const { scope, change } = useScope();
  const [from, setFrom] = useState(scope.from ?? '');
  const [to, setTo] = useState(scope.to ?? '');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!from && !to) return;
    onDone();
    change({ period: 'days', from: from || null, to: to || null });
  };
  const today = localDay(now(), zone);
  return (
    // The menu moves its focus by letters typed; dates must keep theirs.
    <Box
      component="form"
      onSubmit={submit}
      onKeyDown={(event) => event.stopPropagation()}
      sx={{ px: 2, py: 1, display: 'grid', gap: 1.5, width: 220 }}
    >
      <DayField label={t('app.from_day')} value={from} max={to || today} onChange={setFrom} />
      <DayField label={t('app.to_day')} value={to} min={from} max={today} onChange={setTo} />
      <Button type="submit" variant="outlined" disabled={!from && !to}>
        {t('app.show_days')}
      </Button>
      <Box sx={{ color: 'text.secondary', fontSize: 12 }}>{t('app.days_zone', { zone })}</Box>
    </Box>
  );
}

function DayField(props: {
  label: string;
  value: string;
  min?: string;
  max?: string;
  onChange: (day: string) => void;
}) {
  return (
    <TextField
      type="date"
      label={props.label}
      value={props.value}
      onChange={(event) => props.onChange(event.target.value)}
      slotProps={{ inputLabel: { shrink: true }, htmlInput: { min: props.min || undefined, max: props.max } }}
    />
  );
}

const OUTLINED = {
  flex: { xs: 1, md: 'none' },
  minWidth: 0,
  borderColor: 'divider',
  color: 'text.primary',
  whiteSpace: 'nowrap',
  overflow: 'hidden',
} as const;

const INLINE = {
  minWidth: 0,
  minHeight: 28,
  px: '4px',
  py: 0,
  fontSize: 14,
  '& .MuiButton-endIcon': { ml: 0 },
} as const;

/** A quiet button that says what is chosen and opens the choices; `inline` makes it a word of a sentence. */
export function ScopeMenu(props: {
  name: string;
  text: string;
  icon?: ReactNode;
  inline?: boolean;
  children: (close: () => void) => ReactNode;
}) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  return (
    <>
      <Button
        variant={props.inline ? 'text' : 'outlined'}
        color={props.inline ? 'primary' : 'secondary'}
        size="small"
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        aria-label={`${props.name}: ${props.text}`}
        onClick={(event) => setAnchor(event.currentTarget)}
        startIcon={props.icon}
        endIcon={<ArrowDropDownOutlined aria-hidden />}
        sx={props.inline ? INLINE : OUTLINED}
      >
        <Box component="span" sx={{ overflow: 'hidden', textOverflow: 'ellipsis' }}>
          {props.text}
        </Box>
      </Button>
      <Menu
        anchorEl={anchor}
        open={anchor !== null}
        onClose={() => setAnchor(null)}
        slotProps={{ list: { 'aria-label': props.name } }}
      >
        {props.children(() => setAnchor(null))}
      </Menu>
    </>
  );
}
