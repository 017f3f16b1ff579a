import { DETAIL_KINDS, TAX_KINDS, type Currency } from '@recaudo/shared';
import { MenuItem } from '@mui/material';
import { TextInput } from '../../app/form.js';
import { MoneyInput } from '../../fields/MoneyInput.js';
import { useReader } from '../../fields/reader.js';
import { Rows } from './Rows.js';
import { EMPTY_DETAIL, EMPTY_ITEM, EMPTY_TAX } from './terms-form.js';

interface Props {
  source: string;
  title: string;
  currency: Currency | null;
}

/** Taxes, of the whole or of one part of a dispersion. */
export function TaxRows({ source, title, currency }: Props) {
  const { t } = useReader();
  return (
    <Rows source={source} title={title} add="opening.add_tax" remove="opening.remove_tax" empty={EMPTY_TAX}>
      {(row) => (
        <>
          <TextInput source={`${row}.kind`} label={t('opening.tax_kind')} select required>
            {TAX_KINDS.map((kind) => (
              <MenuItem key={kind} value={kind}>
                {t(`opening.tax.${kind}`)}
              </MenuItem>
            ))}
          </TextInput>
          <MoneyInput
            source={`${row}.amountMinor`}
            label={t('opening.tax_amount')}
            currency={currency}
            zeroAllowed
          />
          <MoneyInput
            source={`${row}.baseMinor`}
            label={t('opening.tax_base')}
            currency={currency}
            optional
          />
        </>
      )}
    </Rows>
  );
}

export function DetailRows({ source, title, currency }: Props) {
  const { t } = useReader();
  return (
    <Rows
      source={source}
      title={title}
      add="opening.add_detail"
      remove="opening.remove_detail"
      empty={EMPTY_DETAIL}
    >
      {(row) => (
        <>
          <TextInput source={`${row}.kind`} label={t('opening.detail_kind')} select required>
            {DETAIL_KINDS.map((kind) => (
              <MenuItem key={kind} value={kind}>
                {t(`opening.detail.${kind}`)}
              </MenuItem>
            ))}
          </TextInput>
          <MoneyInput
            source={`${row}.amountMinor`}
            label={t('opening.detail_amount')}
            currency={currency}
            zeroAllowed
          />
        </>
      )}
    </Rows>
  );
}

export function ItemRows({ source, title, currency }: Props) {
  const { t } = useReader();
  return (
    <Rows
      source={source}
      title={title}
      add="opening.add_item"
      remove="opening.remove_item"
      empty={EMPTY_ITEM}
    >
      {(row) => (
        <>
          <TextInput source={`${row}.name`} label={t('opening.item_name')} required maxLength={120} />
          <TextInput
            source={`${row}.quantity`}
            label={t('opening.quantity')}
            required
            maxLength={7}
            inputMode="numeric"
          />
          <MoneyInput
            source={`${row}.priceMinor`}
            label={t('opening.unit_price')}
            currency={currency}
            zeroAllowed
          />
          <MoneyInput source={`${row}.taxMinor`} label={t('opening.item_tax')} currency={currency} optional />
        </>
      )}
    </Rows>
  );
}
