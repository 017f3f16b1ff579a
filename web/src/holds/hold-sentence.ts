import type { PreauthorizationView } from '@recaudo/shared';
import { methodWords } from '../money/typed-money.js';
import type { SentenceTools } from '../sessions/sentence-subject.js';

export type HoldSubject = Pick<
  PreauthorizationView,
  | 'state'
  | 'heldMinor'
  | 'capturedMinor'
  | 'currency'
  | 'expiresAt'
  | 'methodName'
  | 'lastFour'
  | 'live'
  | 'unclear'
>;

const PRESSING_MS = 24 * 3_600_000;

/** How a hold stands and what should be done about it. */
export function holdSentence(hold: HoldSubject, tools: SentenceTools): string {
  return partsOf(hold, tools).join(' ');
}

function partsOf(hold: HoldSubject, { t, now, amount, clock, instant }: SentenceTools): string[] {
  const { heldMinor, currency, expiresAt, live } = hold;
  const held = amount(heldMinor.most, currency);
  switch (hold.state) {
    case 'captured':
      return [t('holds.sentence.captured', { captured: amount(hold.capturedMinor, currency), held })];
    case 'released':
      return [t('holds.sentence.released')];
    case 'presumed_released':
      return [t('holds.sentence.presumed_released', { at: instant(expiresAt) })];
    case 'unclear':
      return [
        t('holds.sentence.unclear'),
        t(`holds.unclear.${hold.unclear ?? 'other'}`, { _: t('holds.unclear.other') }),
      ];
    case 'active':
      break;
  }
  const stands = t('holds.sentence.active', {
    amount: held,
    method: methodWords(hold),
    at: clock(expiresAt),
  });
  if (live)
    return [stands, t('holds.sentence.live', { what: t(`transactions.kind.${live.kind}`).toLowerCase() })];
  if (heldMinor.least !== heldMinor.most)
    return [stands, t('holds.sentence.range', { least: amount(heldMinor.least, currency), most: held })];
  const pressing = Date.parse(expiresAt) - now < PRESSING_MS;
  return [stands, t(pressing ? 'holds.sentence.pressing' : 'holds.sentence.active_next')];
}
