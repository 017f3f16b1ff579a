import { FormControl, FormControlLabel, FormHelperText, FormLabel, Radio, RadioGroup } from '@mui/material';
import { useInput } from 'react-admin';

interface Choice {
  value: string;
  label: string;
  help?: string;
}

/** One of a few, all in sight. */
export function ChoiceInput({
  source,
  label,
  choices,
}: {
  source: string;
  label: string;
  choices: readonly Choice[];
}) {
  const { field } = useInput({ source });
  return (
    <FormControl>
      <FormLabel id={`${source}-label`} sx={{ fontSize: 13 }}>
        {label}
      </FormLabel>
      <RadioGroup
        aria-labelledby={`${source}-label`}
        name={field.name}
        value={(field.value as string | undefined) ?? ''}
        onChange={(_, value) => field.onChange(value)}
      >
        {choices.map((choice) => (
          <div key={choice.value}>
            <FormControlLabel value={choice.value} control={<Radio size="small" />} label={choice.label} />
            {choice.help ? <FormHelperText sx={{ mt: -0.5, ml: 4 }}>{choice.help}</FormHelperText> : null}
          </div>
        ))}
      </RadioGroup>
    </FormControl>
  );
}
