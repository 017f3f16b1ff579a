import { waiveSchema, type CollectResult, type PeriodView } from '@recaudo/shared';
import type { ReactNode } from 'react';
import { useNotify } from 'react-admin';
import { checkFields } from '../../app/check.js';
import { useData } from '../../app/use-data.js';
import { Amount } from '../../fields/Amount.js';
import { useReader } from '../../fields/reader.js';
import { ChargeResult } from '../../money/ChargeResult.js';
import { ActingDialog, MoneyDialog } from '../../money/MoneyDialog.js';
import { ReasonInput } from '../../money/ReasonInput.js';
import { periodWhy } from '../period-words.js';

export type PeriodAct = 'charge' | 'waive';

interface Props {
  period: PeriodView;
  plan: string;
  payer: string;
  method: string;
  onClose: () => void;
}

/** One period: charge it now, or give it up. */
export function PeriodDialog({ act, ...props }: Props & { act: PeriodAct }) {
  return act === 'charge' ? <ChargeDialog {...props} /> : <WaiveDialog {...props} />;
}

function useFacts({ period, plan, payer }: Props): [name: string, value: ReactNode][] {
  const { t, day } = useReader();
  return [
    [t('schedules.plan'), plan],
    [t('acts.payer'), payer],
    [t('acts.amount'), <Amount key="amount" minor={period.amountMinor} currency={period.currency} />],
    [t('schedules.day'), day(period.day)],
  ];
}

function ChargeDialog(props: Props) {
  const { t, amount } = useReader();
  const data = useData();
  const facts = useFacts(props);
  const { id, amountMinor, currency } = props.period;
  const c = (name: string) => t(`schedules.period_act.charge.${name}`);
  return (
    <ActingDialog<object, CollectResult>
      title={c('title')}
      explained={`${c('explained')} ${periodWhy(props.period, { t }) ?? ''}`}
      facts={[...facts, [t('schedules.method'), props.method]]}
      irrevocable={c('irrevocable')}
      first={{}}
      validate={() => ({})}
      label={() => t('schedules.period_act.charge.label', { amount: amount(amountMinor, currency) })}
      acting={c('acting')}
      send={(_, key) => data.chargePeriod(id, key)}
      panel={(result) => (
        <ChargeResult result={result} hold={false} minor={amountMinor} currency={currency} />
      )}
      onClose={props.onClose}
    />
  );
}

function WaiveDialog(props: Props) {
  const { t, amount } = useReader();
  const data = useData();
  const notify = useNotify();
  const facts = useFacts(props);
  const { id, amountMinor, currency } = props.period;
  const w = (name: string) => t(`schedules.period_act.waive.${name}`);
  return (
    <MoneyDialog<{ reason: string }>
      title={w('title')}
      explained={w('explained')}
      facts={facts}
      irrevocable={w('irrevocable')}
      first={{ reason: '' }}
      validate={({ reason }) => checkFields(waiveSchema, { reason: reason.trim() })}
      label={() => t('schedules.period_act.waive.label', { amount: amount(amountMinor, currency) })}
      acting={w('acting')}
      danger
      send={async ({ reason }) => {
        await data.waivePeriod(id, reason.trim());
        notify('schedules.period_act.waive.done', { type: 'success' });
        props.onClose();
        return null;
      }}
      onClose={props.onClose}
    >
      <ReasonInput autoFocus required />
    </MoneyDialog>
  );
}
