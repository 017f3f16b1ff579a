import type { InstrumentView } from '@recaudo/shared';
import { Button, Link as MuiLink, Typography } from '@mui/material';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { useCan } from '../../app/login-state.js';
import { Block } from '../../fields/Block.js';
import { FactList } from '../../fields/FactList.js';
import { Instant } from '../../fields/Instant.js';
import { instrumentWords } from '../../fields/instrument-words.js';
import { useReader } from '../../fields/reader.js';
import { instrumentPath } from '../naming.js';
import { RevokeDialog } from '../acts/RevokeDialog.js';

/** What was stored, masked, and how long it can be used. */
export function InstrumentBlock({ instrument }: { instrument: InstrumentView }) {
  const { t, day } = useReader();
  const [revoking, setRevoking] = useState(false);
  const mayRead = useCan('instruments:read');
  const mayRevoke = useCan('instruments:revoke') && instrument.state !== 'revoked';
  const { revoked } = instrument;
  return (
    <Block
      title={t('blocks.instrument')}
      aside={
        mayRead ? (
          <MuiLink component={Link} to={instrumentPath(instrument.id)} sx={{ fontSize: 13 }}>
            {t('blocks.instrument_open')}
          </MuiLink>
        ) : null
      }
    >
      <FactList
        facts={[
          [t('blocks.instrument_words'), instrumentWords(instrument, t)],
          [t('blocks.instrument_kind'), t(`blocks.instrument_type.${instrument.type}`)],
          [t('blocks.instrument_issuer'), instrument.issuer],
          [t('blocks.valid_until'), instrument.validUntil ? day(instrument.validUntil) : null],
          [t('blocks.stored_at'), <Instant key="at" value={instrument.createdAt} />],
          [t('blocks.instrument_state'), t(`blocks.instrument_states.${instrument.state}`)],
          [t('blocks.revoked_at'), revoked ? <Instant key="revoked" value={revoked.at} /> : null],
          [t('blocks.revoked_by'), revoked?.by],
          [t('acts.revoke.reason'), revoked?.reason],
        ]}
      />
      {instrument.state === 'active' ? (
        <Typography variant="body2" sx={{ mt: 1, color: 'text.secondary', maxWidth: 680 }}>
          {t('blocks.instrument_explained')}
        </Typography>
      ) : null}
      {mayRevoke ? (
        <Button
          size="small"
          variant="outlined"
          color="error"
          aria-haspopup="dialog"
          sx={{ mt: 1 }}
          onClick={() => setRevoking(true)}
        >
          {t(`acts.revoke.${instrument.state === 'revoking' ? 'again' : 'act'}`)}
        </Button>
      ) : null}
      {revoking ? <RevokeDialog instrument={instrument} onClose={() => setRevoking(false)} /> : null}
    </Block>
  );
}
