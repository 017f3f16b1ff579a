import type { InstrumentView } from '@recaudo/shared';
import type { Translate } from './reader.js';

/** "Visa ···· 1111", or what kind of thing it is while the gateway does not say more. */
export function instrumentWords(
  { brandName, brand, lastFour, type }: Pick<InstrumentView, 'brandName' | 'brand' | 'lastFour' | 'type'>,
  t: Translate,
): string {
  const name = brandName ?? brand ?? t(`blocks.instrument_type.${type}`);
  return lastFour ? `${name} ···· ${lastFour}` : name;
}
