import { unchargedSchema, type SessionView, type Uncharged } from '@recaudo/shared';
import { checkFields } from '../../app/check.js';
import { useData } from '../../app/use-data.js';
import { Amount } from '../../fields/Amount.js';
import { Instant } from '../../fields/Instant.js';
import { useReader } from '../../fields/reader.js';
import { EvidenceInputs } from '../../money/EvidenceInputs.js';
import { MoneyDialog } from '../../money/MoneyDialog.js';
import { payerName } from '../naming.js';

/** States that a charge which nobody could find out about was not made; a second person must agree. */
export function UnchargedDialog({ session, onClose }: { session: SessionView; onClose: () => void }) {
  const { t } = useReader();
  const data = useData();
  const { amountMinor, currency, collect } = session;
  return (
    <MoneyDialog<Uncharged & Record<string, string>>
      title={t('acts.uncharged.title')}
      explained={t('acts.uncharged.explained')}
      facts={[
        [t('acts.amount'), <Amount key="amount" minor={amountMinor} currency={currency} />],
        [t('acts.payer'), payerName(session)],
        [t('acts.order'), session.reference],
        [t('acts.uncharged.sent'), collect ? <Instant key="at" value={collect.firstSentAt} /> : null],
      ]}
      first={{ evidence: '', reason: '' }}
      validate={(values) => checkFields(unchargedSchema, values)}
      label={() => t('acts.uncharged.act')}
      acting={t('acts.uncharged.acting')}
      send={(values, key) => data.stateUncharged(session.id, values, key)}
      onClose={onClose}
    >
      <EvidenceInputs help={t('acts.uncharged.evidence_help')} />
    </MoneyDialog>
  );
}
