import { COUNTRIES, CURRENCIES, SITE_MODES } from '@recaudo/shared';
import { Autocomplete, Box, MenuItem, TextField } from '@mui/material';
import { useInput, ValidationError } from 'react-admin';
import { TextInput } from '../app/form.js';
import { useReader } from '../fields/reader.js';

/** The site's own data; `fresh` adds what is chosen once and never again (code, currency, mode). */
export function SiteFields({ fresh }: { fresh: boolean }) {
  const { t } = useReader();
  return (
    <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr' } }}>
      <TextInput source="name" label={t('sites.name')} required maxLength={80} />
      {fresh ? (
        <TextInput
          source="code"
          label={t('sites.code')}
          required
          maxLength={31}
          help={t('sites.code_help')}
        />
      ) : null}
      <TextInput source="country" label={t('sites.country')} select required>
        {COUNTRIES.map((country) => (
          <MenuItem key={country} value={country}>
            {t(`countries.${country}`)}
          </MenuItem>
        ))}
      </TextInput>
      {fresh ? (
        <TextInput source="currency" label={t('sites.currency')} select required help={t('sites.once')}>
          {CURRENCIES.map((currency) => (
            <MenuItem key={currency} value={currency}>
              {currency}
            </MenuItem>
          ))}
        </TextInput>
      ) : null}
      <ZoneInput source="zone" label={t('sites.zone')} />
      <TextInput
        source="cutOff"
        label={t('sites.cut_off')}
        required
        help={t('sites.cut_off_help')}
        maxLength={5}
      />
      {fresh ? (
        <TextInput source="mode" label={t('sites.mode')} select required help={t('sites.mode_help')}>
          {SITE_MODES.map((mode) => (
            <MenuItem key={mode} value={mode}>
              {t(`modes.${mode}`)}
            </MenuItem>
          ))}
        </TextInput>
      ) : null}
      <TextInput
        source="returnUrl"
        label={t('sites.return_url')}
        help={t('sites.return_url_help')}
        maxLength={255}
      />
      <TextInput
        source="lateDays"
        label={t('sites.late_days')}
        help={t('sites.late_days_help')}
        required
        maxLength={2}
        inputMode="numeric"
      />
      <TextInput
        source="undoMinutes"
        label={t('sites.undo_minutes')}
        help={t('sites.undo_minutes_help')}
        required
        maxLength={2}
        inputMode="numeric"
      />
    </Box>
  );
}

const ZONES = Intl.supportedValuesOf('timeZone').filter(
  (zone) => zone.startsWith('America/') || zone === 'UTC',
);

/** A zone by typing a part of its name. */
export function ZoneInput({ source, label }: { source: string; label: string }) {
  const { t } = useReader();
  const { field, fieldState } = useInput({ source, defaultValue: 'America/Bogota' });
  const error = fieldState.error?.message;
  return (
    <Autocomplete
      options={ZONES}
      value={(field.value as string) || null}
      onChange={(_, zone) => field.onChange(zone ?? '')}
      onBlur={field.onBlur}
      openText={t('ra.action.open')}
      closeText={t('ra.action.close')}
      clearText={t('ra.action.clear_input_value')}
      noOptionsText={t('app.nothing_found')}
      renderInput={(params) => (
        <TextField
          {...params}
          label={label}
          required
          error={Boolean(error)}
          helperText={error ? <ValidationError error={error} /> : undefined}
        />
      )}
    />
  );
}
