import type { TransactionDetail } from '@recaudo/shared';
import { useSignedIn } from '../app/login-state.js';
import { Block } from '../fields/Block.js';
import { Copyable } from '../fields/Copyable.js';
import { FactList } from '../fields/FactList.js';
import { Instant } from '../fields/Instant.js';
import { useReader } from '../fields/reader.js';
import { methodWords } from '../money/typed-money.js';
import { Reason } from '../sessions/Facts.js';
import { payerName } from '../sessions/naming.js';
import { TransactionTime } from './TransactionTime.js';

export function TransactionFacts({ transaction }: { transaction: TransactionDetail }) {
  const { t } = useReader();
  const { sites } = useSignedIn();
  const { payer } = transaction;
  const f = (name: string) => t(`sessions.fields.${name}`);
  const copyable = (text: string | null, name: string) =>
    text ? <Copyable text={text} name={f(name)} /> : null;
  const document = [payer.documentType, payer.document].filter(Boolean).join(' ');
  return (
    <Block title={t('sessions.facts')}>
      <FactList
        facts={[
          [f('kind'), t(`transactions.kind.${transaction.kind}`)],
          [f('payerName'), payerName(transaction)],
          [f('reference'), copyable(transaction.reference, 'reference')],
          [f('payerEmail'), copyable(payer.email, 'payerEmail')],
          [f('at'), <TransactionTime key="at" row={transaction} />],
          [f('payerDocument'), copyable(document || null, 'payerDocument')],
          [f('method'), methodWords(transaction)],
          [t('transactions.issuer'), transaction.issuer],
          [t('transactions.franchise'), transaction.franchise],
          [t('transactions.installments'), transaction.installments],
          [f('authorization'), copyable(transaction.authorization, 'authorization')],
          [f('receipt'), copyable(transaction.receipt, 'receipt')],
          [f('internalReference'), copyable(transaction.internalReference, 'internalReference')],
          [f('gatewayNumber'), copyable(transaction.session?.gatewayNumber ?? null, 'gatewayNumber')],
          // Of what was recorded by hand it is the acquirer's case number.
          transaction.kind.startsWith('chargeback')
            ? [t('money.chargeback.case_number'), transaction.reason]
            : [f('reason'), transaction.reason ? <Reason code={transaction.reason} /> : null],
          [t('transactions.asked_by'), transaction.askedBy],
          [t('transactions.motive'), transaction.motive],
          [
            t(transaction.route === 'letter' ? 'transactions.answer_due' : 'transactions.planned'),
            transaction.plannedAt ? <Instant key="planned" value={transaction.plannedAt} byClock /> : null,
          ],
          [t('transactions.sends'), transaction.sends > 1 ? transaction.sends : null],
          [f('site'), sites.find((site) => site.id === transaction.siteId)?.name ?? null],
          [f('id'), copyable(transaction.id, 'id')],
        ]}
      />
    </Block>
  );
}
