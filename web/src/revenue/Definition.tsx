import { Box, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { MONO } from '../app/theme.js';
import { useData } from '../app/use-data.js';
import { useReader } from '../fields/reader.js';

/** How a number comes about: in words, and in the very SQL that makes it. */
export function Definition({ of }: { of: string }) {
  const { t } = useReader();
  const data = useData();
  const [open, setOpen] = useState(false);
  const { data: definitions } = useQuery({
    queryKey: ['revenue', 'definitions'],
    queryFn: () => data.revenue('definitions', {}),
    enabled: open,
    staleTime: Infinity,
  });
  const sql = definitions?.items.find(({ key }) => key === of)?.sql;
  return (
    <Box
      component="details"
      onToggle={(event) => setOpen(event.currentTarget.open)}
      sx={{ mt: 1.5, '& summary': { cursor: 'pointer', color: 'primary.main', fontSize: 13 } }}
    >
      <summary>{t('revenue.how')}</summary>
      <Typography sx={{ my: 1, maxWidth: 760 }}>{t(`revenue.definition.${of}`)}</Typography>
      {sql ? (
        <Box
          component="pre"
          tabIndex={0}
          aria-label={t('revenue.sql')}
          sx={{
            ...{ m: 0, p: 1.5, fontFamily: MONO, fontSize: 12, overflow: 'auto', maxHeight: 320 },
            ...{ bgcolor: 'background.default', borderRadius: 1 },
          }}
        >
          {sql}
        </Box>
      ) : null}
    </Box>
  );
}
