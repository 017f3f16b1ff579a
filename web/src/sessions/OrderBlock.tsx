import type { SessionView } from '@recaudo/shared';
import { Alert, AlertTitle, Box, Link as MuiLink, Stack, Typography } from '@mui/material';
import { Link } from 'react-router-dom';
import { Amount } from '../fields/Amount.js';
import { Instant } from '../fields/Instant.js';
import { useReader } from '../fields/reader.js';
import { OrderStateChip, SessionStateChip } from '../fields/StateChip.js';
import { Block } from '../fields/Block.js';
import { sessionPath } from './naming.js';
import { PaidOf } from './PaidOf.js';

/** What the order owes, what is under way, held or has arrived; what was agreed; the other payments opened for it. */
export function OrderBlock({ session }: { session: SessionView }) {
  const { t } = useReader();
  const { order, currency } = session;
  const figures = [
    ['due', order.dueMinor],
    ['reserved', order.reservedMinor],
    ['held', order.heldMinor],
    ['settled', order.settledMinor],
    ['returned', order.returnedMinor],
  ] as const;
  return (
    <Block title={t('sessions.order_title')} aside={<OrderStateChip state={order.state} />}>
      {order.agreed ? (
        <Alert severity="info" sx={{ mb: 2, alignItems: 'flex-start' }}>
          <AlertTitle>
            {t('blocks.agreed_by', { name: order.agreed.by })} · <Instant value={order.agreed.at} />
          </AlertTitle>
          «{order.agreed.reason}»
        </Alert>
      ) : null}
      <Stack direction="row" component="dl" sx={{ m: 0, columnGap: 4, rowGap: 1, flexWrap: 'wrap' }}>
        {figures
          .filter(([name, minor]) => (name !== 'held' && name !== 'returned') || minor > 0)
          .map(([name, minor]) => (
            <Box key={name}>
              <Typography component="dt" variant="body2" sx={{ color: 'text.secondary' }}>
                {t(`sessions.order_${name}`)}
              </Typography>
              <Typography component="dd" sx={{ m: 0, fontWeight: 600 }}>
                <Amount minor={minor} currency={currency} />
              </Typography>
            </Box>
          ))}
      </Stack>
      <Siblings session={session} />
    </Block>
  );
}

function Siblings({ session }: { session: SessionView }) {
  const { t } = useReader();
  const others = session.order.sessions.filter((other) => other.id !== session.id);
  if (others.length === 0) return null;
  return (
    <Box sx={{ mt: 2 }}>
      <Typography variant="h3" sx={{ mb: 0.5 }}>
        {t('sessions.order_others')}
      </Typography>
      <Stack component="ul" sx={{ listStyle: 'none', m: 0, p: 0, gap: 0.75 }}>
        {others.map((other) => (
          <Stack
            key={other.id}
            component="li"
            direction="row"
            sx={{ columnGap: 1.5, rowGap: 0.25, alignItems: 'center', flexWrap: 'wrap', fontSize: 13 }}
          >
            <SessionStateChip state={other.state} />
            <MuiLink component={Link} to={sessionPath(other.id)}>
              {t(`kinds.name.${other.kind}`)}, {t('sessions.opened_at').toLowerCase()}{' '}
              <Instant value={other.createdAt} />
            </MuiLink>
            <PaidOf row={{ ...other, currency: session.currency }} />
          </Stack>
        ))}
      </Stack>
    </Box>
  );
}
