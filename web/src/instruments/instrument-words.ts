import { addDays, EXPIRING_DAYS, localDay, type InstrumentItem, type InstrumentPile } from '@recaudo/shared';
import type { useReader } from '../fields/reader.js';

/** In which pile of the list it lies. `now`: milliseconds. */
export function pileOf(
  { state, expired, validUntil }: Pick<InstrumentItem, 'state' | 'expired' | 'validUntil'>,
  now: number,
): InstrumentPile {
  if (state !== 'active') return state;
  if (expired) return 'expired';
  const near = validUntil !== null && validUntil <= addDays(localDay(now, 'UTC'), EXPIRING_DAYS);
  return near ? 'expiring' : 'active';
}

type Reader = Pick<ReturnType<typeof useReader>, 't' | 'day' | 'clock'> & { now: number };
export type Told = Pick<
  InstrumentItem,
  'state' | 'expired' | 'validUntil' | 'type' | 'suspended' | 'revoked' | 'replacedById'
>;

/** What can be done with it now and why, and what comes next. */
export function instrumentSentence(instrument: Told, { t, day, clock, now }: Reader): string {
  const pile = pileOf(instrument, now);
  const standing = standingWords(instrument, pile, { t, day, clock });
  if (instrument.replacedById === null) return standing;
  const ended = pile === 'revoking' || pile === 'revoked';
  return `${standing} ${t(`instruments.sentence.${ended ? 'replaced' : 'replaced_active'}`)}`;
}

function standingWords(
  { validUntil, type, suspended, revoked }: Told,
  pile: InstrumentPile,
  { t, day, clock }: Omit<Reader, 'now'>,
): string {
  const words = (name: string, facts: Record<string, string> = {}) =>
    t(`instruments.sentence.${name}`, facts);
  if (pile === 'suspended') {
    const at = suspended ? clock(suspended.at) : '';
    return suspended?.by ? words('suspended_by', { name: suspended.by, at }) : words('suspended', { at });
  }
  if (pile === 'revoking' || pile === 'revoked') return words(pile, { at: revoked ? clock(revoked.at) : '' });
  if (type === 'account') return words('account');
  if (validUntil === null) return words('active');
  return words(pile === 'active' ? 'active_until' : pile, { day: day(validUntil) });
}
