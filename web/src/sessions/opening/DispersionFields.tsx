import { AGREEMENT_TYPES, type Currency } from '@recaudo/shared';
import AddOutlined from '@mui/icons-material/AddOutlined';
import DeleteOutlined from '@mui/icons-material/DeleteOutlined';
import { Box, Button, IconButton, MenuItem, Stack, Typography } from '@mui/material';
import { useFieldArray, useWatch } from 'react-hook-form';
import { TextInput } from '../../app/form.js';
import { MoneyInput } from '../../fields/MoneyInput.js';
import { useReader } from '../../fields/reader.js';
import { FormPart, ListError, Wide } from './FormPart.js';
import { partSum } from './part-sum.js';
import { TaxRows } from './TaxRows.js';
import { EMPTY_PART, readShare, type TermsForm } from './terms-form.js';

/** Most rows the contract allows; the site's own limit is usually three and the server's to judge. */
const MOST = 20;

/** Who gets how much, with the running sum against the whole. */
export function DispersionFields({ currency }: { currency: Currency | null }) {
  const { t } = useReader();
  const { fields, append, remove } = useFieldArray<TermsForm, 'dispersion'>({ name: 'dispersion' });
  return (
    <FormPart title={t('opening.parts')}>
      <Wide>
        <Stack sx={{ gap: 2 }}>
          {fields.map((row, index) => (
            <Part
              key={row.id}
              index={index}
              currency={currency}
              onRemove={fields.length > 1 ? () => remove(index) : null}
            />
          ))}
        </Stack>
        <ListError source="dispersion" />
        <Stack direction="row" sx={{ mt: 1, gap: 2, alignItems: 'center', flexWrap: 'wrap' }}>
          <Button
            startIcon={<AddOutlined />}
            disabled={fields.length >= MOST}
            onClick={() => append(EMPTY_PART)}
          >
            {t('opening.add_part')}
          </Button>
          {currency ? <RunningSum currency={currency} /> : null}
        </Stack>
      </Wide>
    </FormPart>
  );
}

function Part({
  index,
  currency,
  onRemove,
}: {
  index: number;
  currency: Currency | null;
  onRemove: (() => void) | null;
}) {
  const { t } = useReader();
  const name = t('opening.part', { number: index + 1 });
  const source = `dispersion.${index}`;
  return (
    <Box
      role="group"
      aria-label={name}
      sx={{ borderTop: index > 0 ? 1 : 0, borderColor: 'divider', pt: index > 0 ? 2 : 1 }}
    >
      <Stack direction="row" sx={{ justifyContent: 'space-between', alignItems: 'center', mb: 1 }}>
        <Typography variant="h3">{name}</Typography>
        {onRemove ? (
          <IconButton
            size="small"
            aria-label={t('opening.remove_part', { number: index + 1 })}
            onClick={onRemove}
          >
            <DeleteOutlined sx={{ fontSize: 18 }} />
          </IconButton>
        ) : null}
      </Stack>
      <Box
        sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: 'minmax(0, 1fr)', sm: '1.2fr 1fr 0.8fr' } }}
      >
        <MoneyInput
          source={`${source}.amountMinor`}
          label={t('sessions.fields.amount')}
          currency={currency}
          zeroAllowed
        />
        <TextInput
          source={`${source}.agreement`}
          label={t('opening.agreement')}
          maxLength={20}
          inputMode="numeric"
          help={t('opening.agreement_help')}
        />
        <TextInput source={`${source}.agreementType`} label={t('opening.agreement_type')} select>
          {AGREEMENT_TYPES.map((type) => (
            <MenuItem key={type} value={type}>
              {t(`opening.agreement_types.${type}`)}
            </MenuItem>
          ))}
        </TextInput>
      </Box>
      <TaxRows source={`${source}.taxes`} title={t('opening.part_taxes')} currency={currency} />
    </Box>
  );
}

/** "Suman $ 60.000 de $ 84.500: faltan $ 24.500". */
function RunningSum({ currency }: { currency: Currency }) {
  const { t, language, amount } = useReader();
  const [parts, whole] = useWatch({ name: ['dispersion', 'amountMinor'] }) as [
    TermsForm['dispersion'],
    string,
  ];
  const read = (text: string) => readShare(text, currency, language);
  const texts = (parts ?? []).map((part) => part.amountMinor ?? '');
  const { sum, difference } = partSum(texts, read(whole ?? ''), read);
  const exact = difference === 0;
  return (
    <Typography
      role="status"
      sx={(theme) => ({
        fontSize: 13,
        color: exact ? theme.palette.meaning.done.text : theme.palette.meaning.attention.text,
      })}
    >
      {difference === null ? (
        t('opening.sum_alone', { sum: amount(sum, currency) })
      ) : (
        <>
          {t('opening.sum', { sum: amount(sum, currency), total: amount(sum + difference, currency) })}:{' '}
          <strong>
            {exact
              ? t('opening.complete')
              : t(difference > 0 ? 'opening.missing' : 'opening.exceeding', {
                  amount: amount(Math.abs(difference), currency),
                })}
          </strong>
        </>
      )}
    </Typography>
  );
}
