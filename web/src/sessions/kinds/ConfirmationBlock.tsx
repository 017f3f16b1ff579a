import type { SessionView } from '@recaudo/shared';
import { Amount } from '../../fields/Amount.js';
import { Block } from '../../fields/Block.js';
import { FactList } from '../../fields/FactList.js';
import { Instant } from '../../fields/Instant.js';
import { TimeLeft } from '../../fields/TimeLeft.js';
import { useReader } from '../../fields/reader.js';
import { TransactionStateChip } from '../../fields/StateChip.js';

type Confirmation = NonNullable<SessionView['confirmation']>;

/** Until when somebody can decide, and what was asked of the gateway meanwhile. */
export function ConfirmationBlock({
  session,
  confirmation,
}: {
  session: SessionView;
  confirmation: Confirmation;
}) {
  const { t } = useReader();
  const { operation, deadline } = confirmation;
  return (
    <Block title={t('blocks.confirmation')} aside={<TimeLeft until={deadline} />}>
      <FactList
        facts={[
          [t('acts.amount'), <Amount key="amount" minor={session.amountMinor} currency={session.currency} />],
          [t('blocks.deadline'), <Instant key="deadline" value={deadline} byClock />],
          [t('blocks.asked_of_gateway'), operation ? t(`blocks.operation.${operation.kind}`) : null],
          [t('acts.result'), operation ? <TransactionStateChip state={operation.state} /> : null],
        ]}
      />
    </Block>
  );
}
