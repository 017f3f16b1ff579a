import type { HomeView, Meaning, Pile } from '@recaudo/shared';
import { Box, Paper, Stack, Typography } from '@mui/material';
import { Link } from 'react-router-dom';
import { now } from '../app/clock.js';
import { Amount } from '../fields/Amount.js';
import { formatAge } from '../fields/instant.js';
import { useReader } from '../fields/reader.js';
import { countText } from '../sessions/StateTabs.js';

type Payments = NonNullable<HomeView['payments']>;

/** Waiting, late and broken are never mixed; each leads to the list behind it. */
const PILES: { name: 'waiting' | 'late' | 'broken' | 'approvedToday'; meaning: Meaning; to: string }[] = [
  { name: 'broken', meaning: 'attention', to: '/reviews' },
  { name: 'late', meaning: 'failed', to: '/sessions?late=true&sort=oldest' },
  { name: 'waiting', meaning: 'waiting', to: '/sessions?late=false' },
  { name: 'approvedToday', meaning: 'done', to: '/sessions?state=approved&period=today&by=ended' },
];

export function Piles({ payments }: { payments: Payments }) {
  return (
    <Box
      sx={{
        display: 'grid',
        gap: 2,
        gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr', lg: 'repeat(4, 1fr)' },
      }}
    >
      {PILES.map(({ name, meaning, to }) => (
        <PileCard key={name} name={name} meaning={meaning} to={to} pile={payments[name]} />
      ))}
    </Box>
  );
}

function PileCard({ name, meaning, to, pile }: { name: string; meaning: Meaning; to: string; pile: Pile }) {
  const { t, language } = useReader();
  const empty = pile.count.count === 0;
  return (
    <Paper
      variant="outlined"
      component={Link}
      to={to}
      sx={(theme) => ({
        p: 2,
        display: 'block',
        textDecoration: 'none',
        borderTop: `3px solid ${empty ? theme.palette.divider : theme.palette.meaning[meaning].text}`,
        '&:hover': { borderColor: 'text.secondary', bgcolor: 'action.hover' },
      })}
    >
      <Stack direction="row" sx={{ justifyContent: 'space-between', alignItems: 'baseline', gap: 1 }}>
        <Typography variant="h2">{t(`home.pile.${name}`)}</Typography>
        {name !== 'approvedToday' && pile.oldestAt ? (
          <Typography variant="body2" sx={{ color: 'text.secondary' }}>
            {t('home.oldest', { age: formatAge(now() - Date.parse(pile.oldestAt)) })}
          </Typography>
        ) : null}
      </Stack>
      <Typography
        sx={(theme) => ({
          fontSize: 30,
          fontWeight: 650,
          lineHeight: 1.3,
          color: empty ? theme.palette.text.secondary : theme.palette.meaning[meaning].text,
        })}
      >
        {countText(pile.count, language)}
      </Typography>
      <Typography variant="body2" sx={{ color: 'text.secondary', mb: 1 }}>
        {t(`home.explained.${name}`)}
      </Typography>
      <Stack component="ul" sx={{ listStyle: 'none', m: 0, p: 0, gap: '2px', fontSize: 13 }}>
        {pile.amounts.map((sum) => (
          <Stack
            key={sum.currency}
            component="li"
            direction="row"
            sx={{ justifyContent: 'space-between', gap: 1 }}
          >
            <Box component="span" sx={{ color: 'text.secondary' }}>
              {t('home.payments', { smart_count: sum.count })}
            </Box>
            <Amount minor={sum.amountMinor} currency={sum.currency} />
          </Stack>
        ))}
      </Stack>
    </Paper>
  );
}
