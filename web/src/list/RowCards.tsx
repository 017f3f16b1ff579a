import { Box, Card, CardActionArea, Stack, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { useListContext, type RaRecord } from 'react-admin';
import { Link } from 'react-router-dom';
import { ProblemPanel, RowsSkeleton } from '../app/PageStates.js';
import { MONO } from '../app/theme.js';

interface Face {
  amount: ReactNode;
  state: ReactNode;
  reference: string;
  at: ReactNode;
  /** The last line. */
  words: ReactNode;
  /** What can be done with it, outside of its link. */
  acts?: ReactNode;
}

interface Props<Row> {
  name: string;
  path: (id: string) => string;
  empty: ReactNode;
  face: (row: Row) => Face;
}

/** On a telephone a row becomes a card that keeps amount, state and reference. */
export function RowCards<Row extends RaRecord<string>>({ name, path, empty, face }: Props<Row>) {
  const { data, error, isPending, refetch } = useListContext<Row>();
  if (error) return <ProblemPanel error={error} retry={() => void refetch()} />;
  if (isPending) return <RowsSkeleton rows={8} />;
  if (data.length === 0) return empty;
  return (
    <Stack component="ul" aria-label={name} sx={{ listStyle: 'none', m: 0, p: 0, gap: 1, mt: 1.5 }}>
      {data.map((row) => (
        <RowCard key={row.id} to={path(row.id)} {...face(row)} />
      ))}
    </Stack>
  );
}

function RowCard({ to, amount, state, reference, at, words, acts }: Face & { to: string }) {
  return (
    <Card component="li" variant="outlined">
      <CardActionArea component={Link} to={to} sx={{ p: 1.5 }}>
        <Stack direction="row" sx={{ justifyContent: 'space-between', gap: 1, alignItems: 'center' }}>
          <Typography sx={{ fontWeight: 650, fontSize: 16 }}>{amount}</Typography>
          {state}
        </Stack>
        <Stack
          direction="row"
          sx={{ justifyContent: 'space-between', gap: 1, mt: 0.5, color: 'text.secondary', fontSize: 13 }}
        >
          <Box component="span" sx={{ fontFamily: MONO, overflow: 'hidden', textOverflow: 'ellipsis' }}>
            {reference}
          </Box>
          <Box component="span" sx={{ flexShrink: 0 }}>
            {at}
          </Box>
        </Stack>
        <Typography variant="body2" noWrap sx={{ color: 'text.secondary' }}>
          {words}
        </Typography>
      </CardActionArea>
      {acts}
    </Card>
  );
}
