import type { SiteView } from '@recaudo/shared';
import { Checkbox, FormControl, FormControlLabel, FormGroup, FormHelperText, FormLabel } from '@mui/material';
import { useGetList, useInput, ValidationError } from 'react-admin';
import { useReader } from '../fields/reader.js';

/** The names of a list of sites; administrators read all of them. */
export function useSiteNames(): (ids: string[]) => string {
  const { data: sites = [] } = useGetList<SiteView>('sites');
  return (ids) =>
    ids.map((id) => sites.find((site) => site.id === id)?.name ?? id.slice(0, 8)).join(', ') || '–';
}

/** Which sites a person or a key may touch. `null` means every site, also those added later; only where `all` is offered. */
export function SitesInput({ source, label, all }: { source: string; label: string; all: boolean }) {
  const { t } = useReader();
  const { data: sites = [] } = useGetList<SiteView>('sites');
  // Without these react-admin turns null, which means every site, into an empty text.
  const { field, fieldState } = useInput({ source, format: asItIs, parse: asItIs });
  const chosen = field.value as string[] | null;
  const error = fieldState.error?.message;
  const toggle = (id: string, on: boolean) =>
    field.onChange(on ? [...(chosen ?? []), id] : (chosen ?? []).filter((other) => other !== id));
  return (
    <FormControl component="fieldset" error={Boolean(error)}>
      <FormLabel component="legend">{label}</FormLabel>
      <FormGroup>
        {all ? (
          <FormControlLabel
            label={t('people.every_site')}
            control={
              <Checkbox
                size="small"
                checked={chosen === null}
                onChange={(_, on) => field.onChange(on ? null : [])}
              />
            }
          />
        ) : null}
        {chosen === null
          ? null
          : sites.map((site) => (
              <FormControlLabel
                key={site.id}
                label={site.name}
                control={
                  <Checkbox
                    size="small"
                    checked={(chosen ?? []).includes(site.id)}
                    onChange={(_, on) => toggle(site.id, on)}
                  />
                }
              />
            ))}
      </FormGroup>
      {error ? (
        <FormHelperText>
          <ValidationError error={error} />
        </FormHelperText>
      ) : null}
    </FormControl>
  );
}

function asItIs(value: unknown) {
  return value;
}
