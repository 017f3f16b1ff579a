import { Box, Stack } from '@mui/material';
import type { ReactNode } from 'react';
import { PageSkeleton, ProblemPanel } from '../app/PageStates.js';

interface Props {
  /** What it is and what can be done with it. */
  head: ReactNode;
  /** What is known of it. */
  children: ReactNode;
  /** What happened to it. */
  history: ReactNode;
}

/** The page of one payment, transaction or hold. */
export function RecordPage({ head, children, history }: Props) {
  return (
    <Box sx={{ px: { xs: 2, md: 3 }, py: { xs: 2, md: 3 }, maxWidth: 1400 }}>
      {head}
      <Box
        sx={{
          display: 'grid',
          gap: 3,
          mt: 3,
          gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) 380px' },
        }}
      >
        <Stack sx={{ gap: 3, minWidth: 0 }}>{children}</Stack>
        {history}
      </Box>
    </Box>
  );
}

/** In the place of what was never read. A failed refresh keeps what was read, and does not come here. */
export function Unread({ error, refetch }: { error: unknown; refetch: () => unknown }) {
  return error ? <ProblemPanel error={error} retry={() => void refetch()} /> : <PageSkeleton rows={10} />;
}
