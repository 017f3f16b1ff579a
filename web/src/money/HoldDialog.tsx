import { holdStepSchema, releaseSchema, type HoldStep, type PreauthorizationView } from '@recaudo/shared';
import { Alert } from '@mui/material';
import { useState, type ReactNode } from 'react';
import { useGetOne } from 'react-admin';
import { checkFields } from '../app/check.js';
import type { FieldErrors } from '../app/form.js';
import { useData } from '../app/use-data.js';
import { Amount } from '../fields/Amount.js';
import { Instant } from '../fields/Instant.js';
import { MoneyInput } from '../fields/MoneyInput.js';
import { useReader } from '../fields/reader.js';
import { minorToTyped } from '../fields/typed-amount.js';
import { payerName } from '../sessions/naming.js';
import { HoldSettleDialog } from './HoldSettleDialog.js';
import { MoneyDialog, MoneyDialogFrame } from './MoneyDialog.js';
import { ReasonInput } from './ReasonInput.js';
import { methodWords, typedMinor } from './typed-money.js';

export type HoldAct = PreauthorizationView['availableActions'][number]['action'];

interface Props {
  hold: PreauthorizationView;
  onClose: () => void;
}

/** What can be done to a hold: take it, change how much it is, let it go, or say how it ended. */
export function HoldDialog({ act, ...props }: Props & { act: HoldAct }) {
  const facts = useHoldFacts(props.hold);
  if (act === 'settle') return <HoldSettleDialog {...props} facts={facts} />;
  return act === 'release' ? <ReleaseDialog {...props} /> : <StepDialog {...props} act={act} />;
}

/** The same where only the check-in is at hand. */
export function HoldDialogOf({ id, act, onClose }: { id: string; act: HoldAct; onClose: () => void }) {
  const { t } = useReader();
  const { data, error } = useGetOne<PreauthorizationView>('preauthorizations', { id });
  if (!data) return <MoneyDialogFrame title={t(`money.${act}.title`)} error={error} onClose={onClose} />;
  return <HoldDialog act={act} hold={data} onClose={onClose} />;
}

function useHoldFacts(hold: PreauthorizationView): [name: string, value: ReactNode][] {
  const { t } = useReader();
  return [
    [t('acts.payer'), payerName(hold)],
    [t('money.method'), methodWords(hold)],
    [t('sessions.fields.reference'), hold.reference],
    [t('holds.held'), <Amount key="held" minor={hold.heldMinor.most} currency={hold.currency} />],
    [t('holds.expires'), <Instant key="expires" value={hold.expiresAt} byClock />],
  ];
}

interface Typed {
  amountMinor: string;
  reason: string;
}

function StepDialog({ hold, act, onClose }: Props & { act: 'checkout' | 'reauthorization' }) {
  const { t, language, amount } = useReader();
  const data = useData();
  const facts = useHoldFacts(hold);
  const { currency, heldMinor, rules } = hold;
  // What nobody is sure to hold cannot be taken: the lower figure is the safe one.
  const usual = heldMinor.least;
  const most = act === 'checkout' && !rules.overCapture ? rules.maxCaptureMinor : undefined;
  const [first] = useState<Typed>(() => ({
    amountMinor: minorToTyped(usual, currency, language),
    reason: '',
  }));
  const [typed, setTyped] = useState(first);
  const minor = typedMinor(typed.amountMinor, currency, language);
  const bodyOf = ({ amountMinor, reason }: Typed) =>
    ({
      amountMinor: typedMinor(amountMinor, currency, language),
      currency,
      reason: reason.trim() || undefined,
    }) as HoldStep;
  const validate = (values: Typed): FieldErrors => {
    const errors = checkFields(holdStepSchema, bodyOf(values));
    const asked = typedMinor(values.amountMinor, currency, language);
    if (asked === undefined || errors.amountMinor) return errors;
    if (needsSecond(hold, act, asked) && !values.reason.trim()) errors.reason = 'problems.field.required';
    if (most !== undefined && asked > most) errors.amountMinor = 'problems.field.above_hold';
    if (act === 'reauthorization' && asked === heldMinor.most)
      errors.amountMinor = 'problems.field.same_amount';
    else if (act === 'reauthorization' && rules.increaseOnly && asked < heldMinor.most)
      errors.amountMinor = 'problems.field.only_increases';
    return errors;
  };
  return (
    <MoneyDialog<Typed>
      title={t(`money.${act}.title`)}
      explained={t(`money.${act}.explained`)}
      facts={facts}
      irrevocable={t(`money.${act}.irrevocable`)}
      first={first}
      validate={validate}
      onValues={setTyped}
      label={(values) => {
        const asked = typedMinor(values.amountMinor, currency, language);
        return asked === undefined
          ? t(`money.${act}.title`)
          : t(`money.${act}.${needsSecond(hold, act, asked) ? 'ask' : 'act'}`, {
              amount: amount(asked, currency),
            });
      }}
      acting={t(`money.${act}.acting`)}
      send={(values, key) =>
        act === 'checkout'
          ? data.checkout(hold.id, bodyOf(values), key)
          : data.reauthorize(hold.id, bodyOf(values), key)
      }
      onClose={onClose}
    >
      <MoneyInput source="amountMinor" label={t('money.amount')} currency={currency} mostMinor={most} />
      {act === 'reauthorization' && rules.increaseOnly ? (
        <Alert severity="info">{t('money.reauthorization.increase_only')}</Alert>
      ) : null}
      {act === 'reauthorization' && minor !== undefined && needsSecond(hold, act, minor) ? (
        <Alert severity="warning">
          {t('money.reauthorization.above', { most: amount(rules.raisedAloneMinor, currency) })}
        </Alert>
      ) : null}
      {act === 'checkout' && minor !== undefined ? <AfterCapture hold={hold} minor={minor} /> : null}
      <ReasonInput autoFocus required={minor !== undefined && needsSecond(hold, act, minor)} />
    </MoneyDialog>
  );
}

function needsSecond(
  { heldMinor, rules }: PreauthorizationView,
  act: 'checkout' | 'reauthorization',
  minor: number,
): boolean {
  return act === 'checkout'
    ? rules.overCapture && minor > heldMinor.least
    : minor > Math.max(heldMinor.least, rules.raisedAloneMinor);
}

/** What a capture of that much lets go, or whose approval it needs. */
function AfterCapture({ hold, minor }: { hold: PreauthorizationView; minor: number }) {
  const { t, amount } = useReader();
  const rest = hold.heldMinor.most - minor;
  if (needsSecond(hold, 'checkout', minor))
    return <Alert severity="warning">{t('money.checkout.above')}</Alert>;
  if (rest <= 0) return null;
  return (
    <Alert severity="info">{t('money.checkout.released', { amount: amount(rest, hold.currency) })}</Alert>
  );
}

function ReleaseDialog({ hold, onClose }: Props) {
  const { t, amount } = useReader();
  const data = useData();
  const facts = useHoldFacts(hold);
  return (
    <MoneyDialog<{ reason: string }>
      title={t('money.release.title')}
      explained={t('money.release.explained')}
      facts={facts}
      irrevocable={t('money.release.irrevocable')}
      first={{ reason: '' }}
      validate={({ reason }) => checkFields(releaseSchema, { reason: reason.trim() || undefined })}
      label={() => t('money.release.act', { amount: amount(hold.heldMinor.most, hold.currency) })}
      acting={t('money.release.acting')}
      danger
      send={({ reason }, key) => data.release(hold.id, reason.trim() || undefined, key)}
      onClose={onClose}
    >
      <ReasonInput autoFocus />
    </MoneyDialog>
  );
}
