import {
  Alert,
  Box,
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  Typography,
} from '@mui/material';
import type { ReactNode } from 'react';
import { MONO } from '../app/theme.js';
import { useCopy } from './Copyable.js';
import { useReader } from './reader.js';

interface Props {
  title: string;
  explained: string;
  /** What the secret is called, for its label. */
  name: string;
  secret: string;
  footer?: ReactNode;
  onClose: () => void;
}

/** Something that is shown this once: it closes only by its button, never by a stray click. */
export function SecretDialog({ title, explained, name, secret, footer, onClose }: Props) {
  const { t } = useReader();
  const [copied, copy] = useCopy();
  return (
    <Dialog open fullWidth maxWidth="sm" aria-labelledby="secret-title">
      <DialogTitle id="secret-title">{title}</DialogTitle>
      <DialogContent>
        <Alert severity="warning" sx={{ mb: 2 }}>
          {explained}
        </Alert>
        <Box
          component="output"
          aria-label={name}
          sx={{
            display: 'block',
            fontFamily: MONO,
            fontSize: 13,
            p: 1.5,
            borderRadius: 1,
            bgcolor: 'background.default',
            border: 1,
            borderColor: 'divider',
            overflowWrap: 'anywhere',
            userSelect: 'all',
          }}
        >
          {secret}
        </Box>
        {footer ? (
          <Typography variant="body2" sx={{ mt: 1, color: 'text.secondary' }}>
            {footer}
          </Typography>
        ) : null}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('fields.kept_it')}</Button>
        <Button variant="contained" onClick={() => copy(secret)}>
          {copied ? t('fields.copied') : t('fields.copy', { name })}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
