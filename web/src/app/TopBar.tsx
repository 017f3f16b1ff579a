import SearchOutlined from '@mui/icons-material/SearchOutlined';
import { Box, InputAdornment, Stack, TextField } from '@mui/material';
import { useEffect, useRef, useState, type FormEvent, type KeyboardEvent } from 'react';
import { useLocation } from 'react-router-dom';
import { useReader } from '../fields/reader.js';
import { useCan } from './login-state.js';
import { PersonMenu } from './PersonMenu.js';
import { ScopeBar } from './ScopeBar.js';
import { isTyping } from './typing.js';
import { useScope, type ScopeHandle } from './use-scope.js';

/** These, like home, show all sites and all days: a scope that is not applied must not stand above them. */
const UNSCOPED = ['/approvals', '/batches'];

/** The one search box, the scope, the person. */
export function TopBar() {
  const { pathname } = useLocation();
  const seesPayments = useCan('sessions:read');
  // Whoever sees no payments still looks for letters.
  const amongLetters = useCan('mails:read') && pathname.startsWith('/mails');
  const searches = seesPayments || amongLetters;
  const scoped = searches && pathname !== '/' && !UNSCOPED.some((path) => pathname.startsWith(path));
  return (
    <Box
      component="header"
      sx={{
        display: 'flex',
        flexWrap: { xs: 'wrap', md: 'nowrap' },
        alignItems: 'center',
        gap: 1,
        px: { xs: 2, md: 3 },
        py: 1,
        minHeight: 56,
        flexShrink: 0,
        bgcolor: 'background.paper',
        borderBottom: 1,
        borderColor: 'divider',
      }}
    >
      <Box sx={{ flex: 1, minWidth: 0 }}>{searches ? <SearchBox /> : null}</Box>
      <Box sx={{ order: { xs: 3, md: 2 }, width: { xs: '100%', md: 'auto' } }}>
        {scoped ? <ScopeBar /> : null}
      </Box>
      <Stack direction="row" sx={{ order: { xs: 2, md: 3 } }}>
        <PersonMenu />
      </Stack>
    </Box>
  );
}

const SEARCH_NAMES: Record<ScopeHandle['room'], string> = {
  sessions: 'app.search',
  transactions: 'transactions.search',
  preauthorizations: 'holds.search',
  schedules: 'schedules.search',
  instruments: 'instruments.search',
  mails: 'mails.search',
};

function SearchBox() {
  const { t } = useReader();
  const { pathname } = useLocation();
  const { scope, room, search } = useScope();
  const shown = pathname === `/${room}` ? scope.q : '';
  const [text, setText] = useState(shown);
  const [last, setLast] = useState(shown);
  const input = useRef<HTMLInputElement>(null);
  // The URL may change under us (back button, "clear filters"): then the box follows it.
  if (last !== shown) {
    setLast(shown);
    setText(shown);
  }
  useSlashKey(() => input.current?.focus());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    search(text.trim());
    input.current?.blur();
  };
  // Back to the rows and their keys, with the box as the list has it.
  const leaveOnEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    setText(shown);
    input.current?.blur();
  };
  return (
    <form role="search" onSubmit={submit}>
      <TextField
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={leaveOnEscape}
        placeholder={t(room === 'mails' ? 'mails.search_placeholder' : 'app.search_placeholder')}
        fullWidth
        inputRef={input}
        sx={{ maxWidth: 520 }}
        slotProps={{
          htmlInput: {
            'aria-label': t(SEARCH_NAMES[room]),
            type: 'search',
            maxLength: 120,
            enterKeyHint: 'search',
          },
          input: {
            startAdornment: (
              <InputAdornment position="start">
                <SearchOutlined sx={{ fontSize: 18 }} />
              </InputAdornment>
            ),
          },
        }}
      />
    </form>
  );
}

function useSlashKey(act: () => void) {
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target))
        return;
      event.preventDefault();
      latest.current();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}
