import { frame } from './frame.js';
import { history } from './history.js';
import { payments } from './payments.js';
import { ra } from './ra.js';
import { settings } from './settings.js';

export const spanish = { ra, ...frame, ...payments, ...history, ...settings };
