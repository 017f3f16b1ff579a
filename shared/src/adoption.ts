import { z } from 'zod';
import { idSchema } from './list.js';
import { currencySchema } from './money.js';
import { SESSION_KINDS, SESSION_STATES } from './states.js';

/** Most numbers that one request may take over; a longer file is sent in pieces. */
export const MAX_ADOPTIONS = 100;

/** Takes over sessions of the site's account by their numbers; `rehearse` only says what would happen. */
export const adoptSchema = z
  .object({
    siteId: idSchema,
    numbers: z.array(z.string().trim().max(40)).min(1).max(MAX_ADOPTIONS),
    rehearse: z.boolean(),
  })
  .meta({ id: 'Adopt' });
export type Adopt = z.infer<typeof adoptSchema>;

export const ADOPTION_RESULTS = [
  'adopted',
  'would_adopt',
  'known',
  'repeated',
  'malformed',
  'not_found',
  'no_answer',
] as const;
/** One row per number, in the order sent. */
export const adoptionSchema = z
  .object({
    number: z.string(),
    result: z.enum(ADOPTION_RESULTS),
    sessionId: idSchema.nullable(),
    reference: z.string().nullable(),
    kind: z.enum(SESSION_KINDS).nullable(),
    state: z.enum(SESSION_STATES).nullable(),
    amountMinor: z.int().nullable(),
    currency: currencySchema.nullable(),
  })
  .meta({ id: 'Adoption' });
export type Adoption = z.infer<typeof adoptionSchema>;
