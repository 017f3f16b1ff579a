import type { SessionListItem } from '@recaudo/shared';
import { Box, Card, CardActionArea, Stack, Typography } from '@mui/material';
import { useListContext } from 'react-admin';
import { Link } from 'react-router-dom';
import { ProblemPanel, RowsSkeleton } from '../app/PageStates.js';
import { MONO } from '../app/theme.js';
import { Instant } from '../fields/Instant.js';
import { useReader } from '../fields/reader.js';
import { NoPayments } from './NoPayments.js';
import { payerName, sessionPath } from './naming.js';
import { PaidOf } from './PaidOf.js';
import { StateCell } from './StateCell.js';

/** On a telephone a row becomes a card that keeps amount, state and reference. */
export function SessionCards() {
  const { t } = useReader();
  const { data, error, isPending, refetch } = useListContext<SessionListItem>();
  if (error) return <ProblemPanel error={error} retry={() => void refetch()} />;
  if (isPending) return <RowsSkeleton rows={8} />;
  if (data.length === 0) return <NoPayments />;
  return (
    <Stack
      component="ul"
      aria-label={t('rooms.sessions')}
      sx={{ listStyle: 'none', m: 0, p: 0, gap: 1, mt: 1.5 }}
    >
      {data.map((row) => (
        <Card component="li" key={row.id} variant="outlined">
          <CardActionArea component={Link} to={sessionPath(row.id)} sx={{ p: 1.5 }}>
            <Stack direction="row" sx={{ justifyContent: 'space-between', gap: 1, alignItems: 'center' }}>
              <Typography sx={{ fontWeight: 650, fontSize: 16 }}>
                <PaidOf row={row} />
              </Typography>
              <StateCell row={row} />
            </Stack>
            <Stack
              direction="row"
              sx={{ justifyContent: 'space-between', gap: 1, mt: 0.5, color: 'text.secondary', fontSize: 13 }}
            >
              <Box component="span" sx={{ fontFamily: MONO }}>
                {row.reference}
              </Box>
              <Instant value={row.createdAt} />
            </Stack>
            <Typography variant="body2" noWrap sx={{ color: 'text.secondary' }}>
              {row.kind === 'basic' ? null : `${t(`kinds.name.${row.kind}`)} · `}
              {payerName(row)} · {row.description}
            </Typography>
          </CardActionArea>
        </Card>
      ))}
    </Stack>
  );
}
