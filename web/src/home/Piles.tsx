import type { HomeView, Meaning, Pile } from '@recaudo/shared';
import { Box, Paper, Stack, Typography } from '@mui/material';
import { Link } from 'react-router-dom';
import { now } from '../app/clock.js';
import { Amount } from '../fields/Amount.js';
import { countText } from '../fields/Count.js';
import { formatAge } from '../fields/instant.js';
import { useReader, type Translate } from '../fields/reader.js';

type Payments = NonNullable<HomeView['payments']>;

/** Waiting, late and broken are never mixed; each leads to the list behind it. */
type PileName = Exclude<keyof Payments, 'days'>;
const PILES: { name: PileName; meaning: Meaning; to: string }[] = [
  { name: 'broken', meaning: 'attention', to: '/reviews' },
  { name: 'expiring', meaning: 'attention', to: '/preauthorizations?tab=h72' },
  { name: 'toConfirm', meaning: 'attention', to: '/reviews?tab=confirm' },
  { name: 'remainder', meaning: 'attention', to: '/reviews?tab=partial' },
  { name: 'late', meaning: 'failed', to: '/sessions?late=true&sort=oldest' },
  { name: 'partial', meaning: 'waiting', to: '/reviews?tab=partial' },
  { name: 'waiting', meaning: 'waiting', to: '/sessions?late=false' },
  { name: 'approvedToday', meaning: 'done', to: '/sessions?state=approved&period=today&by=ended' },
];

/** Queues that only some shops ever have: an empty one is not worth its place. */
const WHEN_FILLED = new Set<PileName>(['expiring', 'toConfirm', 'remainder', 'partial']);

export function Piles({ payments }: { payments: Payments }) {
  return (
    <Box
      // A last row of fewer piles is as wide as the others.
      sx={{ display: 'flex', gap: 2, flexWrap: 'wrap', '& > a': { flex: '1 1 260px', minWidth: 0 } }}
    >
      {PILES.filter(({ name }) => !WHEN_FILLED.has(name) || payments[name].count.count > 0).map(
        ({ name, meaning, to }) => (
          <PileCard key={name} name={name} meaning={meaning} to={to} pile={payments[name]} />
        ),
      )}
    </Box>
  );
}

function PileCard({ name, meaning, to, pile }: { name: PileName; meaning: Meaning; to: string; pile: Pile }) {
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
      <Typography variant="h2">{t(`home.pile.${name}`)}</Typography>
      <Stack direction="row" sx={{ justifyContent: 'space-between', alignItems: 'baseline', gap: 1 }}>
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
        {name !== 'approvedToday' && pile.oldestAt ? (
          <Typography variant="body2" sx={{ color: 'text.secondary' }}>
            {ageWords(pile.oldestAt, t)}
          </Typography>
        ) : null}
      </Stack>
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
              {t(name === 'expiring' ? 'home.holds' : 'home.payments', { smart_count: sum.count })}
            </Box>
            <Amount minor={sum.amountMinor} currency={sum.currency} />
          </Stack>
        ))}
      </Stack>
    </Paper>
  );
}

/** A pile that is sorted by deadline tells the nearest one, the others how long the oldest has waited. */
function ageWords(at: string, t: Translate): string {
  const ahead = Date.parse(at) - now();
  return t(ahead > 0 ? 'home.nearest' : 'home.oldest', { age: formatAge(ahead) });
}
