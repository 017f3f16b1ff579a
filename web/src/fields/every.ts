import type { Recurring } from '@recaudo/shared';
import type { Translate } from './reader.js';

/** "cada mes", "cada 2 meses": how often a charge is repeated. */
export function everyWords(
  { periodicity, interval }: Pick<Recurring, 'periodicity' | 'interval'>,
  t: Translate,
) {
  return t(`opening.every.${periodicity}`, { smart_count: interval });
}
