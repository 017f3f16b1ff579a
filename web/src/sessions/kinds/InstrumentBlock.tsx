import type { InstrumentView } from '@recaudo/shared';
import { Typography } from '@mui/material';
import { Block } from '../../fields/Block.js';
import { FactList } from '../../fields/FactList.js';
import { Instant } from '../../fields/Instant.js';
import { instrumentWords } from '../../fields/instrument-words.js';
import { useReader } from '../../fields/reader.js';

/** What was stored, masked, and how long it can be used. */
export function InstrumentBlock({ instrument }: { instrument: InstrumentView }) {
  const { t, day } = useReader();
  return (
    <Block title={t('blocks.instrument')}>
      <FactList
        facts={[
          [t('blocks.instrument_words'), instrumentWords(instrument, t)],
          [t('blocks.instrument_kind'), t(`blocks.instrument_type.${instrument.type}`)],
          [t('blocks.instrument_issuer'), instrument.issuer],
          [t('blocks.valid_until'), instrument.validUntil ? day(instrument.validUntil) : null],
          [t('blocks.stored_at'), <Instant key="at" value={instrument.createdAt} />],
        ]}
      />
      <Typography variant="body2" sx={{ mt: 1, color: 'text.secondary', maxWidth: 680 }}>
        {t('blocks.instrument_explained')}
      </Typography>
    </Block>
  );
}
