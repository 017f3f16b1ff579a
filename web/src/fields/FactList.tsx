import { Box } from '@mui/material';
import type { ReactNode } from 'react';

interface Props {
  facts: [name: string, value: ReactNode][];
  /** There is room for one column only. */
  narrow?: boolean;
}

/** Names and values in two columns (one on a telephone); facts without a value are left out. */
export function FactList({ facts, narrow = false }: Props) {
  return (
    <Box
      component="dl"
      sx={{
        m: 0,
        display: 'grid',
        columnGap: 4,
        rowGap: 0,
        gridTemplateColumns: narrow
          ? 'minmax(0, 1fr)'
          : { xs: 'minmax(0, 1fr)', sm: 'repeat(2, minmax(0, 1fr))' },
      }}
    >
      {facts
        .filter(([, value]) => value !== null && value !== undefined && value !== '')
        .map(([name, value], index) => (
          <Box
            key={`${index} ${name}`}
            sx={{
              display: 'flex',
              gap: 2,
              py: '6px',
              minHeight: 36,
              alignItems: 'center',
              borderTop: 1,
              borderColor: 'divider',
              minWidth: 0,
            }}
          >
            <Box component="dt" sx={{ color: 'text.secondary', fontSize: 13, flex: '0 0 38%' }}>
              {name}
            </Box>
            <Box
              component="dd"
              sx={{ m: 0, fontSize: 13, minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis' }}
            >
              {value}
            </Box>
          </Box>
        ))}
    </Box>
  );
}
