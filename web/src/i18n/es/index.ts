import { acts } from './acts.js';
import { adoption } from './adoption.js';
import { frame } from './frame.js';
import { history } from './history.js';
import { kinds } from './kinds.js';
import { payments } from './payments.js';
import { problems } from './problems.js';
import { sentence } from './sentence.js';
import { settings } from './settings.js';
import { states } from './states.js';
import { ra } from './ra.js';

export const spanish = {
  ra,
  ...acts,
  ...adoption,
  ...frame,
  ...history,
  ...kinds,
  ...payments,
  ...problems,
  ...sentence,
  ...settings,
  ...states,
};
