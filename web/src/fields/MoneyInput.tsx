import { type Currency } from '@recaudo/shared';
import { InputAdornment, TextField } from '@mui/material';
import { useInput, ValidationError } from 'react-admin';
import { asTyped } from '../app/form.js';
import { readMoney } from './money-reading.js';
import { useReader } from './reader.js';

interface Props {
  source: string;
  label: string;
  currency: Currency | null;
  /** May stay empty, or be nothing. */
  optional?: boolean;
  zeroAllowed?: boolean;
  /** The most it may be, minor units: told beneath the field, and crossed while typing said at once. */
  mostMinor?: number;
}

/**
 * Money typed as text and read by the person's language; below the field the amount is repeated with its
 * currency, so that what will be charged is seen before it is sent. The form value is the text.
 */
export function MoneyInput(props: Props) {
  const { t, language, amount } = useReader();
  const { field, fieldState } = useInput({ source: props.source, defaultValue: '', parse: asTyped });
  const text = String(field.value ?? '');
  const money = props.currency ? readMoney(text, props.currency, language) : null;
  const isZero = (props.zeroAllowed || props.optional) && /^0+([.,]0+)?$/.test(text.trim());
  const unread = text !== '' && !isZero && money?.problem ? money : null;
  const refused = fieldState.error?.message;
  const most =
    props.currency && props.mostMinor !== undefined ? amount(props.mostMinor, props.currency) : null;
  const above =
    props.mostMinor !== undefined &&
    money?.reading.ok === true &&
    money.reading.amountMinor > props.mostMinor;
  const repeated = money?.repeated ? t('fields.money.repeated', { amount: money.repeated }) : null;
  const help = above ? (
    t('money.above', { most })
  ) : unread ? (
    t(`fields.money.${unread.problem}`, { examples: unread.examples ?? '' })
  ) : refused ? (
    <ValidationError error={refused} />
  ) : (
    [repeated, most && t('money.at_most', { most })].filter(Boolean).join(' · ') || ' '
  );
  return (
    <TextField
      {...field}
      label={props.label}
      required={!props.optional}
      error={above || unread !== null || Boolean(refused)}
      helperText={<span aria-live="polite">{help}</span>}
      slotProps={{
        htmlInput: {
          inputMode: 'decimal',
          autoComplete: 'off',
          maxLength: 24,
          style: { textAlign: 'right' },
        },
        input: {
          startAdornment: <InputAdornment position="start">$</InputAdornment>,
          endAdornment: <InputAdornment position="end">{props.currency ?? ''}</InputAdornment>,
        },
      }}
    />
  );
}
