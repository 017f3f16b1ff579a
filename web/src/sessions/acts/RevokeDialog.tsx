import { revokeSchema, type InstrumentView } from '@recaudo/shared';
import { checkFields } from '../../app/check.js';
import { useData } from '../../app/use-data.js';
import { Instant } from '../../fields/Instant.js';
import { instrumentWords } from '../../fields/instrument-words.js';
import { useReader } from '../../fields/reader.js';
import { NoteDialog } from './NoteDialog.js';

/** Ends a stored means of payment, saying why. */
export function RevokeDialog({ instrument, onClose }: { instrument: InstrumentView; onClose: () => void }) {
  const { t } = useReader();
  const data = useData();
  return (
    <NoteDialog
      title={t('acts.revoke.title')}
      explained={t('acts.revoke.explained')}
      facts={[
        [t('blocks.instrument_words'), instrumentWords(instrument, t)],
        [t('blocks.stored_at'), <Instant key="at" value={instrument.createdAt} />],
      ]}
      field="reason"
      noteLabel={t('acts.revoke.reason')}
      label={t('acts.revoke.act')}
      check={(values) => checkFields(revokeSchema, values)}
      send={(reason) => data.revoke(instrument.id, reason)}
      done="acts.revoke.done"
      onClose={onClose}
    />
  );
}
