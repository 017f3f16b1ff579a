import BookmarkBorderOutlined from '@mui/icons-material/BookmarkBorderOutlined';
import DeleteOutlined from '@mui/icons-material/DeleteOutlined';
import {
  Box,
  Button,
  Divider,
  IconButton,
  ListItemText,
  Menu,
  MenuItem,
  Stack,
  TextField,
  Typography,
  useMediaQuery,
  type Theme,
} from '@mui/material';
import { useState, type FormEvent, type MouseEvent } from 'react';
import { useStore } from 'react-admin';
import { useListView } from '../app/use-data.js';
import { useReader } from '../fields/reader.js';
import { EVERYTHING, readListUrl, writeListUrl } from './filters.js';

interface SavedFilter {
  name: string;
  search: string;
}

/** More than anyone tells apart in a menu; the whole of the preferences has a limit too. */
const MOST_SAVED = 30;

/** A person's own named filters, kept on the server. */
export function SavedFilters() {
  const { t } = useReader();
  const { view, change } = useListView();
  const [saved, setSaved] = useStore<SavedFilter[]>('sessions.saved', []);
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const narrow = useMediaQuery((theme: Theme) => theme.breakpoints.down('md'));
  const open = (event: MouseEvent<HTMLElement>) => setAnchor(event.currentTarget);
  const close = () => setAnchor(null);
  const search = writeListUrl({ ...view, cursor: null });
  const apply = (filter: SavedFilter) => {
    close();
    change({ ...EVERYTHING, ...readListUrl(filter.search) });
  };
  const save = (name: string) => {
    setSaved([...saved.filter((filter) => filter.name !== name), { name, search }].slice(-MOST_SAVED));
    close();
  };
  return (
    <>
      {narrow ? (
        <IconButton
          aria-label={t('sessions.saved_filters')}
          aria-haspopup="menu"
          color="primary"
          onClick={open}
        >
          <BookmarkBorderOutlined />
        </IconButton>
      ) : (
        <Button startIcon={<BookmarkBorderOutlined />} aria-haspopup="menu" onClick={open}>
          {t('sessions.saved_filters')}
        </Button>
      )}
      <Menu anchorEl={anchor} open={anchor !== null} onClose={close}>
        {saved.length === 0 ? (
          <Typography
            role="presentation"
            variant="body2"
            sx={{ px: 2, py: 1, color: 'text.secondary', maxWidth: 260 }}
          >
            {t('sessions.none_saved')}
          </Typography>
        ) : null}
        {saved.map((filter) => (
          <MenuItem key={filter.name} onClick={() => apply(filter)} selected={filter.search === search}>
            <ListItemText>{filter.name}</ListItemText>
            <IconButton
              size="small"
              aria-label={t('sessions.remove_saved', { name: filter.name })}
              onClick={(event) => {
                event.stopPropagation();
                setSaved(saved.filter((other) => other.name !== filter.name));
              }}
            >
              <DeleteOutlined fontSize="small" />
            </IconButton>
          </MenuItem>
        ))}
        <Divider />
        <SaveForm disabled={search === ''} onSave={save} />
      </Menu>
    </>
  );
}

function SaveForm({ disabled, onSave }: { disabled: boolean; onSave: (name: string) => void }) {
  const { t } = useReader();
  const [name, setName] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim()) onSave(name.trim());
  };
  return (
    <Box
      component="form"
      onSubmit={submit}
      onKeyDown={(event) => event.stopPropagation()}
      sx={{ px: 2, py: 1, width: 280 }}
    >
      <Stack direction="row" sx={{ gap: 1 }}>
        <TextField
          fullWidth
          label={t('sessions.save_as')}
          value={name}
          disabled={disabled}
          onChange={(event) => setName(event.target.value)}
          slotProps={{ htmlInput: { maxLength: 40 } }}
        />
        <Button type="submit" variant="outlined" disabled={disabled || name.trim() === ''}>
          {t('ra.action.save')}
        </Button>
      </Stack>
      {disabled ? (
        <Typography variant="body2" sx={{ mt: 1, color: 'text.secondary' }}>
          {t('sessions.nothing_to_save')}
        </Typography>
      ) : null}
    </Box>
  );
}
