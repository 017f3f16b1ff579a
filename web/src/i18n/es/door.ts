import { frame } from './frame.js';
import { problems } from './problems.js';
import { ra } from './ra.js';

/** What is said before anybody is in: all that the first page carries. */
export const door = { ra, ...frame, ...problems };
