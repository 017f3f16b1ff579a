import type { InstrumentItem, InstrumentPile, Meaning } from '@recaudo/shared';
import { now } from '../app/clock.js';
import { useReader } from '../fields/reader.js';
import { MeaningChip } from '../fields/StateChip.js';
import { pileOf } from './instrument-words.js';

const MEANING: Record<InstrumentPile, Meaning> = {
  active: 'done',
  expiring: 'attention',
  suspended: 'attention',
  expired: 'failed',
  revoking: 'waiting',
  revoked: 'failed',
};

export function InstrumentChip({ instrument }: { instrument: InstrumentItem }) {
  const { t } = useReader();
  const pile = pileOf(instrument, now());
  return <MeaningChip meaning={MEANING[pile]}>{t(`instruments.state.${pile}`)}</MeaningChip>;
}
