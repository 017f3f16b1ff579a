import { Tab as TabButton, Tabs, Typography } from '@mui/material';
import { Gate, Page } from '../app/PageStates.js';
import { useReader } from '../fields/reader.js';
import { ApprovalTab } from './ApprovalTab.js';
import { ChurnTab } from './ChurnTab.js';
import { CohortTab } from './CohortTab.js';
import { ExpectedTab } from './ExpectedTab.js';
import { MovementTab } from './MovementTab.js';
import { RecoveryTab } from './RecoveryTab.js';
import { RowsDrawer } from './RowsDrawer.js';
import { TABS, useRevenueUrl, type Tab } from './revenue-url.js';

const CONTENTS = {
  movements: MovementTab,
  churn: ChurnTab,
  cohorts: CohortTab,
  recovery: RecoveryTab,
  approval: ApprovalTab,
  expected: ExpectedTab,
};

/** What subscriptions earn, for whoever answers for it: each number opens its definition and its rows. */
export default function Revenue() {
  const { t } = useReader();
  const { tab, choose, behind } = useRevenueUrl();
  const Contents = CONTENTS[tab];
  return (
    <Gate permission="revenue:read">
      <Page wide title={t('rooms.revenue')}>
        <Typography sx={{ mb: 1, color: 'text.secondary' }}>{t('revenue.explained')}</Typography>
        <Tabs
          value={tab}
          onChange={(_, value: Tab) => choose(value)}
          variant="scrollable"
          scrollButtons="auto"
          aria-label={t('revenue.tabs')}
          sx={{ borderBottom: 1, borderColor: 'divider', mb: 2 }}
        >
          {TABS.map((each) => (
            <TabButton key={each} value={each} label={t(`revenue.tab.${each}`)} />
          ))}
        </Tabs>
        <Contents />
      </Page>
      {behind ? <RowsDrawer behind={behind} /> : null}
    </Gate>
  );
}
