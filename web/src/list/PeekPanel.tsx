import CloseOutlined from '@mui/icons-material/CloseOutlined';
import { Box, IconButton, Stack, Typography } from '@mui/material';
import { Suspense, type ReactNode } from 'react';
import { PageSkeleton } from '../app/PageStates.js';
import { useReader } from '../fields/reader.js';

/** The active row at the right, without leaving the list. */
export function PeekPanel({ onClose, children }: { onClose: () => void; children: ReactNode }) {
  const { t } = useReader();
  return (
    <Box
      component="aside"
      aria-label={t('acts.peek')}
      sx={{
        width: 380,
        flexShrink: 0,
        overflow: 'auto',
        p: 2,
        bgcolor: 'background.paper',
        border: 1,
        borderTop: 0,
        borderColor: 'divider',
      }}
    >
      <Stack direction="row" sx={{ justifyContent: 'space-between', alignItems: 'center', mb: 1 }}>
        <Typography variant="body2" sx={{ color: 'text.secondary' }}>
          {t('acts.peek_keys')}
        </Typography>
        <IconButton size="small" aria-label={t('acts.close')} title={t('acts.close')} onClick={onClose}>
          <CloseOutlined fontSize="small" />
        </IconButton>
      </Stack>
      <Suspense fallback={<PageSkeleton rows={6} />}>{children}</Suspense>
    </Box>
  );
}
