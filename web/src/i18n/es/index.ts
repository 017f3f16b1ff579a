import { acts } from './acts.js';
import { adoption } from './adoption.js';
import { approvals } from './approvals.js';
import { door } from './door.js';
import { history } from './history.js';
import { holds } from './holds.js';
import { instruments } from './instruments.js';
import { kinds } from './kinds.js';
import { mails } from './mails.js';
import { money } from './money.js';
import { payments } from './payments.js';
import { policies } from './policies.js';
import { schedules } from './schedules.js';
import { revenue } from './revenue.js';
import { sentence } from './sentence.js';
import { settings } from './settings.js';
import { states } from './states.js';
import { transactions } from './transactions.js';

export const spanish = {
  ...door,
  ...acts,
  ...adoption,
  ...approvals,
  ...history,
  ...holds,
  ...instruments,
  ...kinds,
  ...mails,
  ...money,
  ...payments,
  ...policies,
  ...schedules,
  ...revenue,
  ...sentence,
  ...settings,
  ...states,
  ...transactions,
};
