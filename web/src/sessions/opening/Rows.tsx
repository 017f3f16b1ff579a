import AddOutlined from '@mui/icons-material/AddOutlined';
import DeleteOutlined from '@mui/icons-material/DeleteOutlined';
import { Box, Button, IconButton, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { useFieldArray } from 'react-hook-form';
import { useReader } from '../../fields/reader.js';
import { ListError } from './FormPart.js';

/** As many as the contract takes. */
const MOST = 20;

interface Props {
  source: string;
  title: string;
  /** Message keys. */
  add: string;
  remove: string;
  empty: object;
  children: (source: string) => ReactNode;
}

/** Rows that are added and removed; none at first. */
export function Rows({ source, title, add, remove, empty, children }: Props) {
  const { t } = useReader();
  const rows = useFieldArray({ name: source });
  return (
    <Box role="group" aria-label={title} sx={{ mt: 1.5 }}>
      {rows.fields.length > 0 ? <Typography variant="h3">{title}</Typography> : null}
      {rows.fields.map((row, index) => (
        <Box key={row.id} sx={{ display: 'flex', gap: 1, alignItems: 'flex-start', mt: 1 }}>
          <Box
            sx={{
              flex: 1,
              minWidth: 0,
              display: 'grid',
              gap: 1,
              gridTemplateColumns: { xs: 'minmax(0, 1fr)', sm: 'repeat(auto-fit, minmax(150px, 1fr))' },
            }}
          >
            {children(`${source}.${index}`)}
          </Box>
          <IconButton
            size="small"
            aria-label={t(remove, { number: index + 1 })}
            onClick={() => rows.remove(index)}
          >
            <DeleteOutlined sx={{ fontSize: 18 }} />
          </IconButton>
        </Box>
      ))}
      <ListError source={source} />
      <Button
        size="small"
        startIcon={<AddOutlined />}
        disabled={rows.fields.length >= MOST}
        onClick={() => rows.append(empty)}
      >
        {t(add)}
      </Button>
    </Box>
  );
}
