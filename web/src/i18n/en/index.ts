import englishMessages from 'ra-language-english';
import { frame } from './frame.js';
import { history } from './history.js';
import { payments } from './payments.js';
import { settings } from './settings.js';

export const english = { ra: englishMessages.ra, ...frame, ...payments, ...history, ...settings };
