import type { PeriodListItem } from '@recaudo/shared';
import { Box, Link as MuiLink } from '@mui/material';
import { useState } from 'react';
import { useGetList } from 'react-admin';
import { Link } from 'react-router-dom';
import type { PageMeta } from '../app/data-provider.js';
import { Block } from '../fields/Block.js';
import { countText } from '../fields/Count.js';
import { useReader } from '../fields/reader.js';
import { QueueLines, type ActingOn } from '../schedules/QueueLines.js';

const FOLLOW_MS = 30_000;
const SHOWN = 3;

/** Subscriptions that are not paid, the oldest first; nothing to show, nothing shown. */
export function PastDue() {
  const { t, language } = useReader();
  const [acting, setActing] = useState<ActingOn | null>(null);
  const { data, ...list } = useGetList<PeriodListItem>(
    'periods',
    { filter: { view: 'past_due' }, pagination: { page: 1, perPage: SHOWN } },
    { refetchInterval: FOLLOW_MS },
  );
  // What came of a charge is read to its end, also once nothing is left to show.
  if (!data || (data.length === 0 && !acting)) return null;
  const { total } = list.meta as PageMeta;
  return (
    <Box sx={{ mt: 2 }}>
      <Block
        title={t('queue.home')}
        aside={
          <MuiLink component={Link} to="/periods">
            {t('queue.home_all', { count: countText(total, language) })}
          </MuiLink>
        }
      >
        <QueueLines periods={data} acting={acting} onAct={setActing} />
      </Block>
    </Box>
  );
}
