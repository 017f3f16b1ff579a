import type { RevenueDefinitions } from '@recaudo/shared';
import { DUES_SQL } from './dues.js';
import { FIGURES } from './figures.js';
import { HISTORY_SQL } from './revenue.store.js';

/**
 * How each number comes about: the key of its words, and the very SQL by which it is made. $1 is the site and $2 the
 * month's first day, or as the words say.
 */
export const DEFINITIONS: RevenueDefinitions = {
  items: [
    { key: 'movements', sql: FIGURES.movements.sql },
    {
      key: 'churn',
      sql: `SELECT why, count, minor FROM revenue_movements WHERE kind = 'churn' AND site_id = $1 AND month = $2\n\n-- revenue_movements:\n${FIGURES.movements.sql}`,
    },
    { key: 'cohorts', sql: FIGURES.cohorts.sql },
    { key: 'recovery', sql: FIGURES.recoveries.sql },
    { key: 'approval', sql: FIGURES.approvals.sql },
    { key: 'expected', sql: `${HISTORY_SQL}\n\n-- times the charges that are due:\n${DUES_SQL}` },
  ],
};
