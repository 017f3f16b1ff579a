import type { InstrumentItem } from '@recaudo/shared';
import { Autocomplete, TextField } from '@mui/material';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useInput, ValidationError } from 'react-admin';
import { useData } from '../app/use-data.js';
import { useReader } from '../fields/reader.js';
import { useDebounced } from '../money/use-debounced.js';
import { payerName } from '../sessions/naming.js';
import { chargedMethod } from './method-words.js';

const STILL_MS = 300;

/** A stored means of payment of the site, found by its owner or its last four; the form keeps its id. */
export function MethodPicker({ source, siteId }: { source: string; siteId: string }) {
  const { t } = useReader();
  const data = useData();
  const { field, fieldState } = useInput({ source, defaultValue: '' });
  const [chosen, setChosen] = useState<InstrumentItem | null>(null);
  const [text, setText] = useState('');
  // Of what was chosen the whole label stands in the box, which nobody searches for.
  const q = useDebounced(chosen && text === labelOf(chosen) ? '' : text.trim(), STILL_MS);
  const { data: found = [], isFetching } = useQuery({
    queryKey: ['instruments', 'find', siteId, q],
    queryFn: () => data.findMethods(siteId, q),
    enabled: siteId !== '',
    placeholderData: keepPreviousData,
  });
  const error = fieldState.error?.message;
  return (
    <Autocomplete<InstrumentItem>
      options={found.filter(({ type }) => type === 'token')}
      value={chosen}
      onChange={(_, method) => {
        setChosen(method);
        field.onChange(method?.id ?? '');
      }}
      inputValue={text}
      onInputChange={(_, typed) => setText(typed)}
      getOptionLabel={labelOf}
      getOptionKey={({ id }) => id}
      isOptionEqualToValue={(one, other) => one.id === other.id}
      // The server has looked already, also through what the label does not show.
      filterOptions={(options) => options}
      disabled={siteId === ''}
      loading={isFetching}
      loadingText={t('ra.message.loading')}
      openText={t('ra.action.open')}
      closeText={t('ra.action.close')}
      clearText={t('ra.action.clear_input_value')}
      noOptionsText={t('schedules.form.instrument_none')}
      onBlur={field.onBlur}
      renderInput={(params) => (
        <TextField
          {...params}
          label={t('schedules.method')}
          required
          error={Boolean(error)}
          helperText={
            error ? (
              <ValidationError error={error} />
            ) : (
              t(siteId ? 'schedules.form.instrument_help' : 'schedules.form.choose_site')
            )
          }
        />
      )}
    />
  );
}

function labelOf(method: InstrumentItem): string {
  const owner = payerName(method);
  const email = method.payer.email && method.payer.email !== owner ? ` · ${method.payer.email}` : '';
  return `${owner}${email} · ${chargedMethod(method)}`;
}
