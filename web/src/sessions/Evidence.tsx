import { Box } from '@mui/material';
import { MONO } from '../app/theme.js';

/** Raw evidence, one click deeper. */
export function Evidence({ name, data }: { name: string; data: unknown }) {
  return (
    <Box
      component="details"
      sx={{
        mt: 0.5,
        '& summary': { cursor: 'pointer', color: 'text.secondary', fontSize: 12, width: 'fit-content' },
      }}
    >
      <summary>{name}</summary>
      <Box
        component="pre"
        tabIndex={0}
        sx={{
          m: 0,
          mt: 0.5,
          p: 1,
          fontFamily: MONO,
          fontSize: 11.5,
          bgcolor: 'background.default',
          borderRadius: 1,
          overflow: 'auto',
          maxHeight: 320,
        }}
      >
        {JSON.stringify(data, null, 2)}
      </Box>
    </Box>
  );
}
