import type { ApprovalView } from '@recaudo/shared';
import { Box, Link as MuiLink, Typography } from '@mui/material';
import { useGetList } from 'react-admin';
import { Link } from 'react-router-dom';
import { ApprovalCards } from '../approvals/ApprovalCards.js';
import { Block } from '../fields/Block.js';
import { useReader } from '../fields/reader.js';

const FOLLOW_MS = 15_000;
const SHOWN = 5;

/** What waits for the reader's own decision, decided without leaving home. */
export function WaitingApprovals() {
  const { t } = useReader();
  const { data } = useGetList<ApprovalView>(
    'approvals',
    { filter: { view: 'waiting' }, pagination: { page: 1, perPage: SHOWN } },
    { refetchInterval: FOLLOW_MS },
  );
  if (!data) return null;
  const all = (
    <MuiLink component={Link} to="/approvals">
      {t('approvals.home_all')}
    </MuiLink>
  );
  return (
    <Box sx={{ mb: 2 }}>
      <Block title={t('approvals.home')} aside={all}>
        <ApprovalCards
          name={t('approvals.home')}
          approvals={data.filter(({ canDecide }) => canDecide)}
          empty={<Typography sx={{ color: 'text.secondary' }}>{t('approvals.none.waiting')}</Typography>}
        />
      </Block>
    </Box>
  );
}
