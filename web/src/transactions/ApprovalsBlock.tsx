import type { ApprovalView } from '@recaudo/shared';
import { ApprovalCards } from '../approvals/ApprovalCards.js';
import { Block } from '../fields/Block.js';
import { useReader } from '../fields/reader.js';

/** What of this was or is asked of a second person; it can be decided right here. */
export function ApprovalsBlock({ approvals }: { approvals: ApprovalView[] }) {
  const { t } = useReader();
  if (approvals.length === 0) return null;
  return (
    <Block title={t('transactions.approvals')}>
      <ApprovalCards name={t('transactions.approvals')} approvals={approvals} />
    </Block>
  );
}
