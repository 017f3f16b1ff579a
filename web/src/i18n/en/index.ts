import englishMessages from 'ra-language-english';
import { acts } from './acts.js';
import { adoption } from './adoption.js';
import { approvals } from './approvals.js';
import { frame } from './frame.js';
import { history } from './history.js';
import { holds } from './holds.js';
import { instruments } from './instruments.js';
import { kinds } from './kinds.js';
import { mails } from './mails.js';
import { money } from './money.js';
import { payments } from './payments.js';
import { policies } from './policies.js';
import { problems } from './problems.js';
import { schedules } from './schedules.js';
import { revenue } from './revenue.js';
import { sentence } from './sentence.js';
import { settings } from './settings.js';
import { states } from './states.js';
import { transactions } from './transactions.js';

export const english = {
  ra: englishMessages.ra,
  ...acts,
  ...adoption,
  ...approvals,
  ...frame,
  ...history,
  ...holds,
  ...instruments,
  ...kinds,
  ...mails,
  ...money,
  ...payments,
  ...policies,
  ...problems,
  ...schedules,
  ...revenue,
  ...sentence,
  ...settings,
  ...states,
  ...transactions,
};
