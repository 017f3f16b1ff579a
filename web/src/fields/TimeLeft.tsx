import { now } from '../app/clock.js';
import { useReader } from './reader.js';
import { MeaningChip } from './StateChip.js';
import { timeLeft } from './time-left.js';

/** The time left until a deadline, in words; amber when it presses. */
export function TimeLeft({ until }: { until: string }) {
  const { t } = useReader();
  const { words, meaning } = timeLeft(until, now(), t);
  return <MeaningChip meaning={meaning}>{words}</MeaningChip>;
}
