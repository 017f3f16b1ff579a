import { SESSION_LOCALES, type Currency, type SessionKind } from '@recaudo/shared';
import { Checkbox, FormControlLabel, FormHelperText, MenuItem, Typography } from '@mui/material';
import { useInput } from 'react-admin';
import { useWatch } from 'react-hook-form';
import { TextInput } from '../../app/form.js';
import type { SignedInSite } from '../../app/login-state.js';
import { MoneyInput } from '../../fields/MoneyInput.js';
import { useReader } from '../../fields/reader.js';
import { LIVES } from '../lives.js';
import { SITE_LOCALE } from '../new-session.js';
import { DispersionFields } from './DispersionFields.js';
import { FormPart, Wide } from './FormPart.js';
import { MoreFields } from './MoreFields.js';
import { RecurringFields } from './RecurringFields.js';

/** What every kind asks for, under the rules of the chosen one. */
export function ChargeFields({ sites }: { sites: SignedInSite[] }) {
  const { t } = useReader();
  const [siteId, kind] = useWatch({ name: ['siteId', 'kind'] }) as [string, SessionKind];
  const site = sites.find((candidate) => candidate.id === siteId);
  return (
    <FormPart title={t('sessions.charge')}>
      <Wide>
        <Typography variant="body2" sx={{ color: 'text.secondary' }}>
          {t(`kinds.rules.${kind}`)}
        </Typography>
      </Wide>
      <TextInput source="siteId" label={t('sessions.fields.site')} select required>
        {sites.map((candidate) => (
          <MenuItem key={candidate.id} value={candidate.id} disabled={!candidate.ready}>
            {candidate.name}
            {candidate.ready ? '' : ` · ${t('sessions.site_not_ready')}`}
          </MenuItem>
        ))}
      </TextInput>
      {kind === 'subscription' ? null : (
        <MoneyInput
          source="amountMinor"
          label={t('sessions.fields.amount')}
          currency={(site?.currency ?? null) as Currency | null}
        />
      )}
      <TextInput
        source="reference"
        label={t('sessions.fields.reference')}
        required
        maxLength={32}
        help={t('sessions.reference_help')}
      />
      <TextInput
        source="description"
        label={t('sessions.fields.description')}
        required
        maxLength={250}
        help={t('sessions.description_help')}
      />
      <TextInput source="life" label={t('sessions.life')} select>
        {Object.keys(LIVES).map((life) => (
          <MenuItem key={life} value={life}>
            {t(`sessions.lives.${life}`)}
          </MenuItem>
        ))}
      </TextInput>
      <TextInput source="locale" label={t('sessions.page_language')} select>
        <MenuItem value={SITE_LOCALE}>{t('sessions.page_language_site')}</MenuItem>
        {SESSION_LOCALES.map((locale) => (
          <MenuItem key={locale} value={locale}>
            {t(`locales.${locale}`)}
          </MenuItem>
        ))}
      </TextInput>
      {kind === 'basic' ? (
        <Wide>
          <SubscribeInput />
        </Wide>
      ) : null}
    </FormPart>
  );
}

/** The kind's own part of the form. */
export function TermsFields({ sites }: { sites: SignedInSite[] }) {
  const { zone } = useReader();
  const [siteId, kind] = useWatch({ name: ['siteId', 'kind'] }) as [string, SessionKind];
  const site = sites.find((candidate) => candidate.id === siteId);
  const currency = (site?.currency ?? null) as Currency | null;
  return (
    <>
      {kind === 'recurring' ? <RecurringFields zone={site?.zone ?? zone} /> : null}
      {kind === 'dispersion' ? <DispersionFields currency={currency} /> : null}
      <MoreFields kind={kind} currency={currency} />
    </>
  );
}

function SubscribeInput() {
  const { t } = useReader();
  const { field } = useInput({ source: 'subscribe', defaultValue: false });
  return (
    <>
      <FormControlLabel
        control={<Checkbox checked={field.value === true} onChange={(_, on) => field.onChange(on)} />}
        label={t('opening.subscribe')}
      />
      <FormHelperText sx={{ mt: 0, ml: 4 }}>{t('opening.subscribe_help')}</FormHelperText>
    </>
  );
}
