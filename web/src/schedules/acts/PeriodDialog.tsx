import { waiveSchema } from '@recaudo/shared';
import { useNotify } from 'react-admin';
import { checkFields } from '../../app/check.js';
import { useData } from '../../app/use-data.js';
import { useReader } from '../../fields/reader.js';
import { MoneyDialog } from '../../money/MoneyDialog.js';
import { ReasonInput } from '../../money/ReasonInput.js';
import { ChargePeriodDialog } from './ChargePeriodDialog.js';
import { usePeriodFacts, type PeriodDialogProps } from './period-facts.js';

export type PeriodAct = 'charge' | 'waive';

/** One period: charge it now, or give it up. */
export function PeriodDialog({ act, ...props }: PeriodDialogProps & { act: PeriodAct }) {
  return act === 'charge' ? <ChargePeriodDialog {...props} /> : <WaiveDialog {...props} />;
}

function WaiveDialog(props: PeriodDialogProps) {
  const { t, amount } = useReader();
  const data = useData();
  const notify = useNotify();
  const facts = usePeriodFacts(props);
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
