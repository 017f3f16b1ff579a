import { Chip, Stack } from '@mui/material';
import { useFormContext } from 'react-hook-form';
import { TextInput } from '../app/form.js';
import { useReader } from '../fields/reader.js';

interface Props {
  required?: boolean;
  autoFocus?: boolean;
  /** What people say most; one press writes it. */
  usual?: string[];
}

/** Why: it stays in the history with the person's name. */
export function ReasonInput({ required = false, autoFocus = false, usual = [] }: Props) {
  const { t } = useReader();
  const { setValue } = useFormContext();
  return (
    <Stack sx={{ gap: 1 }}>
      <TextInput
        source="reason"
        label={t(required ? 'money.reason' : 'money.reason_optional')}
        help={t('money.reason_help')}
        required={required}
        autoFocus={autoFocus}
        maxLength={300}
      />
      {usual.length > 0 ? (
        <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap' }}>
          {usual.map((words) => (
            <Chip
              key={words}
              size="small"
              variant="outlined"
              label={words}
              onClick={() => setValue('reason', words, { shouldValidate: true, shouldDirty: true })}
            />
          ))}
        </Stack>
      ) : null}
    </Stack>
  );
}
