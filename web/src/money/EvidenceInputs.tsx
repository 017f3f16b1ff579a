import { Alert } from '@mui/material';
import { TextInput } from '../app/form.js';
import { useReader } from '../fields/reader.js';
import { ReasonInput } from './ReasonInput.js';

/** The capture's own number: refunds are addressed to it. */
export function NumberInput() {
  const { t } = useReader();
  return (
    <TextInput
      source="internalReference"
      label={t('money.settle.number')}
      help={t('money.settle.number_help')}
      maxLength={40}
    />
  );
}

/** What whoever states something by hand must show and say, and that a second person decides. */
export function EvidenceInputs({ help }: { help: string }) {
  const { t } = useReader();
  return (
    <>
      <TextInput
        source="evidence"
        label={t('money.settle.evidence')}
        help={help}
        required
        multiline
        maxLength={1_000}
      />
      <ReasonInput required />
      <Alert severity="warning">{t('money.settle.second')}</Alert>
    </>
  );
}
