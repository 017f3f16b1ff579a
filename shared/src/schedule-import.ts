import { z } from 'zod';
import { idSchema } from './list.js';
import { currencySchema } from './money.js';
import { daySchema } from './terms.js';

/** The columns of an import, by the names of `CreateSchedule`; `amount` is a decimal with a point, `taxes` has none. */
export const IMPORT_COLUMNS = [
  'reference',
  'plan',
  'instrumentId',
  'amount',
  'currency',
  'unit',
  'interval',
  'startOn',
  'trialDays',
  'anchorDay',
  'maxPeriods',
  'endOn',
  'zone',
  'chargeHour',
] as const;
export const REQUIRED_IMPORT_COLUMNS = IMPORT_COLUMNS.slice(0, 8);
export const MAX_IMPORT_ROWS = 5_000;
export const MAX_IMPORT_BYTES = 4_000_000;

/** Many schedules at once, from a CSV file: all of them or none. */
export const importSchedulesSchema = z
  .strictObject({
    siteId: idSchema,
    /** The file's bytes in base64; UTF-8, parted by commas or semicolons. */
    file: z.base64().max(Math.ceil((MAX_IMPORT_BYTES * 4) / 3), { message: 'file_too_large' }),
    /** True writes nothing: it only says what would be. */
    rehearse: z.boolean(),
  })
  .meta({ id: 'ImportSchedules' });
export type ImportSchedules = z.infer<typeof importSchedulesSchema>;

export const importResultSchema = z
  .object({
    /** How many there are to judge; 0 of a file that is refused as a whole. */
    rows: z.int(),
    /** How many were made; 0 of a rehearsal, and of a file with any error. */
    made: z.int(),
    /** By line of the file, the header being the first; 200 at most, `errorCount` is how many there are. */
    errors: z.array(
      z.object({
        ...{ line: z.int(), field: z.string(), why: z.string() },
        /** Of what is too much: how much there may be. */
        limit: z.int().optional(),
      }),
    ),
    errorCount: z.int(),
    /** What the first charge of all of them comes to, and between which days. */
    first: z
      .object({ amountMinor: z.int(), currency: currencySchema, from: daySchema, to: daySchema })
      .nullable(),
  })
  .meta({ id: 'ImportResult' });
export type ImportResult = z.infer<typeof importResultSchema>;
