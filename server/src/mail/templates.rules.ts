import type { Language, MailTemplate } from '@recaudo/shared';
import type { z } from 'zod';
import { chargeFailed } from './templates/charge-failed.js';
import { chargeReceipt } from './templates/charge-receipt.js';
import { holdExpiring } from './templates/hold-expiring.js';
import { instrumentReplacement } from './templates/instrument-replacement.js';
import { layOut, type Rendered } from './templates/layout.js';
import type { Letter } from './templates/letter.js';
import { receipt } from './templates/receipt.js';
import { scheduleEnded } from './templates/schedule-ended.js';

const TEMPLATES = {
  hold_expiring: holdExpiring,
  receipt,
  charge_failed: chargeFailed,
  charge_receipt: chargeReceipt,
  schedule_ended: scheduleEnded,
  instrument_replacement: instrumentReplacement,
} satisfies Record<MailTemplate, unknown>;

/** A template together with exactly what it has to be told. */
export type MailContent = {
  [Name in MailTemplate]: { template: Name; data: z.input<(typeof TEMPLATES)[Name]['data']> };
}[MailTemplate];

/** The letter in words, always the same for the same data; null where the template is gone or cannot read the data. */
export function renderMail(template: string, data: unknown, language: Language): Rendered | null {
  if (!Object.hasOwn(TEMPLATES, template)) return null;
  const known = TEMPLATES[template as MailTemplate];
  const read = known.data.safeParse(data);
  if (!read.success) return null;
  // Which data belongs to which template is lost in the look-up; the parse has just made it true.
  const write = known.write as (data: unknown, language: Language) => Letter;
  return layOut(write(read.data, language), language);
}
