import type { SessionView } from '@recaudo/shared';
import { Box, Link as MuiLink, Stack, Typography } from '@mui/material';
import { Link } from 'react-router-dom';
import { Amount } from '../fields/Amount.js';
import { Instant } from '../fields/Instant.js';
import { useReader } from '../fields/reader.js';
import { MeaningChip, SessionStateChip } from '../fields/StateChip.js';
import { Block } from '../fields/Block.js';
import { sessionPath } from './SessionTable.js';

const ORDER_MEANING = { due: 'waiting', paid: 'done', overpaid: 'attention' } as const;

/** What the order owes, what is under way, what has arrived; and the other payments opened for it. */
export function OrderBlock({ session }: { session: SessionView }) {
  const { t } = useReader();
  const { order, currency } = session;
  const others = order.sessions.filter((other) => other.id !== session.id);
  const figures = [
    ['due', order.dueMinor],
    ['reserved', order.reservedMinor],
    ['settled', order.settledMinor],
  ] as const;
  return (
    <Block
      title={t('sessions.order_title')}
      aside={
        <MeaningChip meaning={ORDER_MEANING[order.state]}>{t(`states.order.${order.state}`)}</MeaningChip>
      }
    >
      <Stack direction="row" component="dl" sx={{ m: 0, gap: 4, flexWrap: 'wrap' }}>
        {figures.map(([name, minor]) => (
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
      {others.length > 0 ? (
        <Box sx={{ mt: 2 }}>
          <Typography variant="h3" sx={{ mb: 0.5 }}>
            {t('sessions.order_others')}
          </Typography>
          <Stack component="ul" sx={{ listStyle: 'none', m: 0, p: 0, gap: 0.5 }}>
            {others.map((other) => (
              <Stack
                key={other.id}
                component="li"
                direction="row"
                sx={{ gap: 1.5, alignItems: 'center', fontSize: 13 }}
              >
                <SessionStateChip state={other.state} />
                <MuiLink component={Link} to={sessionPath(other.id)}>
                  {t('sessions.opened_at')} <Instant value={other.createdAt} />
                </MuiLink>
              </Stack>
            ))}
          </Stack>
        </Box>
      ) : null}
    </Block>
  );
}
