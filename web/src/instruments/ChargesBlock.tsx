import type { SessionListItem } from '@recaudo/shared';
import { Box, Link as MuiLink, Skeleton, Typography } from '@mui/material';
import { useGetList } from 'react-admin';
import { Link } from 'react-router-dom';
import { saidOnThePage, type PageMeta } from '../app/data-provider.js';
import { ProblemPanel } from '../app/PageStates.js';
import { Amount } from '../fields/Amount.js';
import { Block } from '../fields/Block.js';
import { countText } from '../fields/Count.js';
import { Instant } from '../fields/Instant.js';
import { useReader } from '../fields/reader.js';
import { EVERYTHING, writeListUrl } from '../sessions/filters.js';
import { sessionPath } from '../sessions/naming.js';
import { StateCell } from '../sessions/StateCell.js';

const SHOWN = 10;
const FOLLOW_MS = 30_000;

/** What was charged to it without its payer, newest first: its last ten, and the way to all of them. */
export function ChargesBlock({ instrumentId }: { instrumentId: string }) {
  const { t, language } = useReader();
  const { data, error, refetch, ...list } = useGetList<SessionListItem>(
    'sessions',
    { filter: { instrumentId }, pagination: { page: 1, perPage: SHOWN } },
    { refetchInterval: FOLLOW_MS, onError: saidOnThePage },
  );
  if (!data)
    return (
      <Block title={t('instruments.charges')}>
        {error ? <ProblemPanel error={error} retry={() => void refetch()} /> : <Skeleton height={64} />}
      </Block>
    );
  const { total } = list.meta as PageMeta;
  return (
    <Block title={t('instruments.charges')}>
      {data.length === 0 ? (
        <Typography sx={{ color: 'text.secondary' }}>{t('instruments.charges_none')}</Typography>
      ) : (
        <Box component="ul" aria-label={t('instruments.charges_list')} sx={CHARGES}>
          {data.map((session) => (
            <Charge key={session.id} session={session} />
          ))}
        </Box>
      )}
      {total.count > data.length ? (
        <MuiLink
          component={Link}
          to={`/sessions${writeListUrl({ ...EVERYTHING, instrument: instrumentId })}`}
          sx={{ display: 'inline-block', mt: 1.5, fontSize: 13 }}
        >
          {t('instruments.charges_all', { count: countText(total, language) })}
        </MuiLink>
      ) : null}
    </Block>
  );
}

/** Amounts stand under each other; on a telephone a charge has two lines. */
const CHARGES = {
  ...{ listStyle: 'none', m: 0, p: 0, display: 'grid', columnGap: 2, rowGap: 1, fontSize: 13 },
  gridTemplateColumns: { xs: 'auto minmax(0, 1fr)', sm: 'auto auto minmax(0, 1fr) auto' },
  '& > li': {
    ...{ display: 'grid', gridColumn: '1 / -1', gridTemplateColumns: 'subgrid' },
    ...{ alignItems: 'center', rowGap: 0.25 },
  },
} as const;

function Charge({ session }: { session: SessionListItem }) {
  return (
    <li>
      <span>
        <StateCell row={session} />
      </span>
      <Box component="span" sx={{ fontWeight: 600, textAlign: { sm: 'right' } }}>
        <Amount minor={session.amountMinor} currency={session.currency} />
      </Box>
      <MuiLink component={Link} to={sessionPath(session.id)} sx={{ overflowWrap: 'anywhere', minWidth: 0 }}>
        {session.reference}
      </MuiLink>
      <Box component="span" sx={{ color: 'text.secondary' }}>
        <Instant value={session.createdAt} />
      </Box>
    </li>
  );
}
