import { Button, Stack, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { FactList } from '../fields/FactList.js';
import { useReader } from '../fields/reader.js';

interface Props {
  name: string;
  amount: ReactNode;
  chips: ReactNode;
  sentence: string;
  facts: [name: string, value: ReactNode][];
  path: string;
}

/** A record in brief: what it is, what happened and what comes next, and the way to its page. */
export function RecordPeek({ name, amount, chips, sentence, facts, path }: Props) {
  const { t } = useReader();
  return (
    <>
      <Stack direction="row" sx={{ alignItems: 'center', gap: 1, flexWrap: 'wrap' }}>
        <Typography variant="h2" sx={{ fontSize: 20 }}>
          {amount}
        </Typography>
        {chips}
      </Stack>
      <Typography sx={{ mt: 0.5, fontWeight: 600 }}>{name}</Typography>
      <Typography sx={{ my: 1 }}>{sentence}</Typography>
      <FactList narrow facts={facts} />
      <Button component={Link} to={path} variant="outlined" sx={{ mt: 2 }}>
        {t('acts.peek_open')}
      </Button>
    </>
  );
}
