import { LAST_ACTIONS, type RetriedClass } from '@recaudo/shared';
import { MenuItem, Typography } from '@mui/material';
import { TextInput } from '../app/form.js';
import { useReader } from '../fields/reader.js';
import { CheckInput } from '../money/CheckInput.js';
import { FormPart, Wide } from '../sessions/opening/FormPart.js';

/** What follows one class of refusal. */
export function RuleFields({ name }: { name: RetriedClass }) {
  const { t } = useReader();
  const source = `rules.by.${name}`;
  return (
    <FormPart title={t(`policies.class.${name}`)}>
      <Wide>
        <Typography variant="body2" sx={{ color: 'text.secondary' }}>
          {t(`policies.class_explained.${name}`)}
        </Typography>
      </Wide>
      <TextInput
        source={`${source}.days`}
        label={t('policies.form.days')}
        help={t('policies.form.days_help')}
        maxLength={60}
      />
      <TextInput source={`${source}.last`} label={t('policies.form.last')} select required>
        {LAST_ACTIONS.map((last) => (
          <MenuItem key={last} value={last}>
            {t(`policies.form.lasts.${last}`)}
          </MenuItem>
        ))}
      </TextInput>
      <Wide>
        <CheckInput source={`${source}.mail`} label={t('policies.form.mail')} />
      </Wide>
    </FormPart>
  );
}
