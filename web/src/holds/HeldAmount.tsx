import type { PreauthorizationView } from '@recaudo/shared';
import { Amount } from '../fields/Amount.js';
import { useReader } from '../fields/reader.js';

/** How much is held; a range while nobody knows how a change of it ended; of a captured one what was taken. */
export function HeldAmount({
  hold: { state, heldMinor, capturedMinor, currency },
}: {
  hold: Pick<PreauthorizationView, 'state' | 'heldMinor' | 'capturedMinor' | 'currency'>;
}) {
  const { t, amount } = useReader();
  if (state === 'captured') return <Amount minor={capturedMinor} currency={currency} />;
  if (heldMinor.least === heldMinor.most) return <Amount minor={heldMinor.most} currency={currency} />;
  return t('holds.range', {
    least: amount(heldMinor.least, currency),
    most: amount(heldMinor.most, currency),
  });
}
