import type { SessionView } from '@recaudo/shared';
import { ConfirmationBlock } from './ConfirmationBlock.js';
import { HoldBlock } from './HoldBlock.js';
import { InstrumentBlock } from './InstrumentBlock.js';
import { ProgressBlock } from './ProgressBlock.js';
import { RecurrenceBlock } from './RecurrenceBlock.js';

/** What only payments of one kind have, each part shown where there is something to show. */
export function KindBlocks({ session }: { session: SessionView }) {
  const { kind, confirmation, hold, instrument, recurrence } = session;
  const inParts = kind === 'partial' || session.state === 'partial_expired';
  return (
    <>
      {confirmation ? <ConfirmationBlock session={session} confirmation={confirmation} /> : null}
      {inParts ? <ProgressBlock session={session} /> : null}
      {hold ? <HoldBlock hold={hold} /> : null}
      {recurrence ? <RecurrenceBlock session={session} recurrence={recurrence} /> : null}
      {instrument ? <InstrumentBlock instrument={instrument} /> : null}
    </>
  );
}
