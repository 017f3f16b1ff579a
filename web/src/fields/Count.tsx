import type { CappedCount } from '@recaudo/shared';
import { Box } from '@mui/material';
import { REGION } from './instant.js';
import { useReader } from './reader.js';

/** How many, quieter than the name before it. */
export function Count({ value }: { value: CappedCount | undefined }) {
  const { language } = useReader();
  if (!value) return null;
  return (
    <Box component="span" sx={{ color: 'text.secondary', fontWeight: 450, ml: 0.5 }}>
      {countText(value, language)}
    </Box>
  );
}

export function countText(value: CappedCount, language: 'es' | 'en'): string {
  return `${value.count.toLocaleString(REGION[language])}${value.capped ? '+' : ''}`;
}
