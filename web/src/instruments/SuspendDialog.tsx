import { suspendSchema, type InstrumentItem } from '@recaudo/shared';
import { checkFields } from '../app/check.js';
import { useData } from '../app/use-data.js';
import { instrumentWords } from '../fields/instrument-words.js';
import { useReader } from '../fields/reader.js';
import { NoteDialog } from '../sessions/acts/NoteDialog.js';
import { payerName } from '../sessions/naming.js';

/** Keeps a stored means of payment from being charged, saying why. */
export function SuspendDialog({ instrument, onClose }: { instrument: InstrumentItem; onClose: () => void }) {
  const { t } = useReader();
  const data = useData();
  return (
    <NoteDialog
      title={t('instruments.suspend.title')}
      explained={t('instruments.suspend.explained')}
      facts={[
        [t('blocks.instrument_words'), instrumentWords(instrument, t)],
        [t('instruments.owner'), payerName(instrument)],
      ]}
      field="reason"
      noteLabel={t('instruments.suspend.reason')}
      label={t('instruments.suspend.act')}
      check={(values) => checkFields(suspendSchema, values)}
      send={(reason) => data.suspendInstrument(instrument.id, reason)}
      done="instruments.suspend.done"
      onClose={onClose}
    />
  );
}
