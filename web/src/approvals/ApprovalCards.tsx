import type { ApprovalView } from '@recaudo/shared';
import { Stack } from '@mui/material';
import { useState, type ReactNode } from 'react';
import { ApprovalCard, type Decision } from './ApprovalCard.js';
import { DecisionDialog } from './DecisionDialog.js';

interface Props {
  name: string;
  approvals: ApprovalView[];
  empty?: ReactNode;
}

/** Requests to decide on. The dialog is held here: a request leaves the list while its result is still being read. */
export function ApprovalCards({ name, approvals, empty = null }: Props) {
  const [deciding, setDeciding] = useState<{ approval: ApprovalView; decision: Decision } | null>(null);
  return (
    <>
      {approvals.length === 0 ? (
        empty
      ) : (
        <Stack
          component="ul"
          aria-label={name}
          sx={{ listStyle: 'none', m: 0, p: 0, gap: 1.5, maxWidth: 1032 }}
        >
          {approvals.map((approval) => (
            <ApprovalCard
              key={approval.id}
              approval={approval}
              onDecide={(decision) => setDeciding({ approval, decision })}
            />
          ))}
        </Stack>
      )}
      {deciding ? <DecisionDialog {...deciding} onClose={() => setDeciding(null)} /> : null}
    </>
  );
}
