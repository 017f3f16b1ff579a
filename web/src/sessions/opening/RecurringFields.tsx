import { addDays, localDay, PERIODICITIES } from '@recaudo/shared';
import { Box, MenuItem, Typography } from '@mui/material';
import { useWatch } from 'react-hook-form';
import { now } from '../../app/clock.js';
import { TextInput } from '../../app/form.js';
import { everyWords } from '../../fields/every.js';
import { useReader } from '../../fields/reader.js';
import { chargeDays, mayClamp, type ChargePlan } from './charge-days.js';
import { FormPart, Wide } from './FormPart.js';
import type { TermsForm } from './terms-form.js';

/** How many of the coming charges the preview names. */
const IN_SIGHT = 5;

/** When the gateway repeats the charge, with the first dates spelt out. */
export function RecurringFields({ zone }: { zone: string }) {
  const { t } = useReader();
  const tomorrow = addDays(localDay(now(), zone), 1);
  return (
    <FormPart title={t('opening.calendar')}>
      <TextInput source="recurring.periodicity" label={t('opening.periodicity')} select required>
        {PERIODICITIES.map((periodicity) => (
          <MenuItem key={periodicity} value={periodicity}>
            {t(`opening.periodicities.${periodicity}`)}
          </MenuItem>
        ))}
      </TextInput>
      <TextInput
        source="recurring.interval"
        label={t('opening.interval')}
        required
        maxLength={3}
        inputMode="numeric"
      />
      <TextInput
        source="recurring.nextPayment"
        label={t('opening.next_payment')}
        type="date"
        min={tomorrow}
        help={t('opening.next_payment_help')}
      />
      <TextInput
        source="recurring.dueDate"
        label={t('opening.due_date')}
        type="date"
        min={tomorrow}
        help={t('opening.due_date_help')}
      />
      <TextInput
        source="recurring.maxPeriods"
        label={t('opening.max_periods')}
        maxLength={4}
        inputMode="numeric"
        help={t('opening.max_periods_help')}
      />
      <Wide>
        <Preview zone={zone} />
      </Wide>
    </FormPart>
  );
}

function Preview({ zone }: { zone: string }) {
  const { t, day } = useReader();
  const typed = useWatch({ name: 'recurring' }) as TermsForm['recurring'];
  const today = localDay(now(), zone);
  const maxPeriods = typed.maxPeriods.trim() === '' ? -1 : Number(typed.maxPeriods);
  const plan: ChargePlan = {
    periodicity: typed.periodicity,
    interval: Number(typed.interval),
    maxPeriods: Number.isInteger(maxPeriods) ? maxPeriods : 0,
    nextPayment: typed.nextPayment || undefined,
    dueDate: typed.dueDate || undefined,
  };
  const days = chargeDays(plan, today, IN_SIGHT);
  const every = Number.isInteger(plan.interval) && plan.interval > 0 ? everyWords(plan, t) : '';
  // Full: there are more than could be named.
  const more = days.length === IN_SIGHT && (maxPeriods === -1 || maxPeriods > IN_SIGHT);
  return (
    <Box component="section" aria-label={t('opening.preview')} aria-live="polite">
      <Typography variant="h3">{t('opening.preview')}</Typography>
      <Box component="ol" sx={{ m: 0, pl: 2.5, fontSize: 13 }}>
        <li>{t('opening.preview_today')}</li>
        {days.map((each) => (
          <li key={each}>{day(each)}</li>
        ))}
      </Box>
      <Typography variant="body2" sx={{ color: 'text.secondary' }}>
        {days.length === 0 ? t('opening.preview_none') : null}
        {more && !plan.dueDate
          ? maxPeriods === -1
            ? t('opening.preview_more', { every })
            : t('opening.preview_until', { every, count: maxPeriods })
          : null}{' '}
        {days.length > 0 && mayClamp(plan, today) ? t('opening.month_end') : null}
      </Typography>
    </Box>
  );
}
