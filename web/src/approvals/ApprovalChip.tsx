import type { ApprovalView } from '@recaudo/shared';
import { useReader } from '../fields/reader.js';
import { MeaningChip } from '../fields/StateChip.js';
import { approvalStanding, standingMeaning } from './approval-words.js';

export function ApprovalChip({ approval }: { approval: ApprovalView }) {
  const { t } = useReader();
  const standing = approvalStanding(approval);
  return <MeaningChip meaning={standingMeaning(standing)}>{t(`states.approval.${standing}`)}</MeaningChip>;
}
