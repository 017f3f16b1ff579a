import { z } from 'zod';
import { CURRENCIES, MAX_AMOUNT_MINOR } from './amount.js';

// Reading and writing amounts needs no schema: the screens load that part without the other.
export * from './amount.js';

export const currencySchema = z.enum(CURRENCIES);
export const amountMinorSchema = z.int().positive().max(MAX_AMOUNT_MINOR);
