import { Box, Checkbox, FormControlLabel, FormHelperText } from '@mui/material';
import { useInput, ValidationError } from 'react-admin';

/** A tick with its words and, where it was needed and is missing, why. */
export function CheckInput({ source, label }: { source: string; label: string }) {
  const { field, fieldState } = useInput({ source, defaultValue: false });
  const error = fieldState.error?.message;
  return (
    <Box>
      <FormControlLabel
        control={
          <Checkbox
            name={field.name}
            checked={Boolean(field.value)}
            onChange={(event) => field.onChange(event.target.checked)}
            onBlur={field.onBlur}
          />
        }
        label={label}
      />
      {error ? (
        <FormHelperText error role="alert">
          <ValidationError error={error} />
        </FormHelperText>
      ) : null}
    </Box>
  );
}
