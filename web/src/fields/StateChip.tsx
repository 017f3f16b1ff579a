import {
  BATCH_MEANING,
  BATCH_ROW_MEANING,
  MAIL_MEANING,
  PREAUTHORIZATION_MEANING,
  SESSION_MEANING,
  TRANSACTION_MEANING,
  type BatchRowState,
  type BatchState,
  type MailState,
  type Meaning,
  type OrderState,
  type PreauthorizationState,
  type SessionState,
  type TransactionState,
} from '@recaudo/shared';
import CancelOutlined from '@mui/icons-material/CancelOutlined';
import CheckCircleOutlined from '@mui/icons-material/CheckCircleOutlined';
import HelpOutlined from '@mui/icons-material/HelpOutlined';
import PriorityHighOutlined from '@mui/icons-material/PriorityHighOutlined';
import ScheduleOutlined from '@mui/icons-material/ScheduleOutlined';
import { Box, type SvgIconProps } from '@mui/material';
import type { ComponentType, ReactNode } from 'react';
import { useReader } from './reader.js';

const ICONS: Record<Meaning, ComponentType<SvgIconProps>> = {
  done: CheckCircleOutlined,
  waiting: ScheduleOutlined,
  attention: PriorityHighOutlined,
  failed: CancelOutlined,
  unknown: HelpOutlined,
};

/** Icon, word and colour together, so that no meaning hangs on colour alone. */
export function MeaningChip({ meaning, children }: { meaning: Meaning; children: ReactNode }) {
  const Icon = ICONS[meaning];
  return (
    <Box
      component="span"
      sx={(theme) => {
        const colour = theme.palette.meaning[meaning];
        const hatch = `repeating-linear-gradient(135deg, ${colour.soft} 0 4px, transparent 4px 8px)`;
        return {
          display: 'inline-flex',
          alignItems: 'center',
          gap: '4px',
          height: 24,
          px: '8px',
          borderRadius: '12px',
          fontSize: 12,
          fontWeight: 600,
          whiteSpace: 'nowrap',
          color: colour.text,
          background: meaning === 'unknown' ? hatch : colour.soft,
          border: `1px ${meaning === 'unknown' ? 'dashed' : 'solid'} ${meaning === 'unknown' ? colour.text : 'transparent'}`,
        };
      }}
    >
      <Icon aria-hidden sx={{ fontSize: 15 }} />
      {children}
    </Box>
  );
}

export function SessionStateChip({ state }: { state: SessionState }) {
  const { t } = useReader();
  return <MeaningChip meaning={SESSION_MEANING[state]}>{t(`states.session.${state}`)}</MeaningChip>;
}

const ORDER_MEANING: Record<OrderState, Meaning> = {
  due: 'waiting',
  part_paid: 'waiting',
  held: 'waiting',
  paid: 'done',
  overpaid: 'attention',
  agreed: 'done',
  nothing: 'done',
  part_returned: 'done',
  returned: 'done',
};

export function OrderStateChip({ state }: { state: OrderState }) {
  const { t } = useReader();
  return <MeaningChip meaning={ORDER_MEANING[state]}>{t(`states.order.${state}`)}</MeaningChip>;
}

/** A quiet word about what something is, where no state is meant. */
export function Tag({ children, title }: { children: ReactNode; title?: string }) {
  return (
    <Box
      component="span"
      title={title}
      sx={{
        display: 'inline-flex',
        alignItems: 'center',
        height: 24,
        px: '8px',
        borderRadius: '6px',
        border: 1,
        borderColor: 'divider',
        color: 'text.secondary',
        fontSize: 12,
        whiteSpace: 'nowrap',
      }}
    >
      {children}
    </Box>
  );
}

export function TransactionStateChip({ state }: { state: TransactionState }) {
  const { t } = useReader();
  return <MeaningChip meaning={TRANSACTION_MEANING[state]}>{t(`states.transaction.${state}`)}</MeaningChip>;
}

export function HoldStateChip({ state }: { state: PreauthorizationState }) {
  const { t } = useReader();
  return <MeaningChip meaning={PREAUTHORIZATION_MEANING[state]}>{t(`states.hold.${state}`)}</MeaningChip>;
}

export function BatchStateChip({ state }: { state: BatchState }) {
  const { t } = useReader();
  return <MeaningChip meaning={BATCH_MEANING[state]}>{t(`states.batch.${state}`)}</MeaningChip>;
}

export function BatchRowStateChip({ state }: { state: BatchRowState }) {
  const { t } = useReader();
  return <MeaningChip meaning={BATCH_ROW_MEANING[state]}>{t(`states.batch_row.${state}`)}</MeaningChip>;
}

export function MailStateChip({ state }: { state: MailState }) {
  const { t } = useReader();
  return <MeaningChip meaning={MAIL_MEANING[state]}>{t(`states.mail.${state}`)}</MeaningChip>;
}
