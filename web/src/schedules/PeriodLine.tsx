import type { PeriodView } from '@recaudo/shared';
import { Box, Button, Link as MuiLink, Stack, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { useCan } from '../app/login-state.js';
import { useCopy } from '../fields/Copyable.js';
import { useReader } from '../fields/reader.js';
import { sessionPath } from '../sessions/naming.js';
import type { PeriodAct } from './acts/PeriodDialog.js';
import { PeriodChip } from './chips.js';
import { isOpen, periodNext, periodWhy, refusalCode } from './period-words.js';

interface Props {
  period: PeriodView;
  /** Its schedule's, in which its hours are told. */
  zone: string;
  /** Which one it is, in the list's own words. */
  label: string;
  /** What stands before its state. */
  lead: ReactNode;
  /** Of the grid's columns on a wide screen. */
  columns: string;
  active?: boolean;
  onAct: (act: PeriodAct | 'skip') => void;
}

/** One period: which, how it stands and why, what comes next, and what can be done about it right here. */
export function PeriodLine({ period, zone, label, lead, columns, active = false, onAct }: Props) {
  return (
    <Box
      component="li"
      aria-label={label}
      sx={{
        py: 1,
        px: 1.5,
        display: 'grid',
        columnGap: 2,
        rowGap: 0.5,
        alignItems: 'center',
        borderTop: 1,
        borderColor: 'divider',
        gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: columns },
        ...(active && { bgcolor: 'action.selected', boxShadow: 'inset 3px 0 0 currentColor' }),
      }}
    >
      {lead}
      <PeriodWords period={period} zone={zone} />
      <PeriodButtons period={period} label={label} onAct={onAct} />
    </Box>
  );
}

/** Its state, why it is so, what comes next, and the payments behind it. */
function PeriodWords({ period, zone }: Pick<Props, 'period' | 'zone'>) {
  const { t, clockIn } = useReader();
  const { sessionId, blockedBy, tries } = period;
  const code = refusalCode(period);
  const why = periodWhy(period, { t });
  const next = periodNext(period, { t, clock: (iso) => clockIn(iso, zone) });
  const open = isOpen(period);
  return (
    <Box sx={{ minWidth: 0, fontSize: 13 }}>
      <Stack direction="row" sx={{ gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
        <PeriodChip period={period} />
        {open && tries > 0 ? (
          <Box component="span" sx={{ color: 'text.secondary' }}>
            {t('schedules.tries', { smart_count: tries })}
            {code ? ` · ${t('schedules.code', { code })}` : ''}
          </Box>
        ) : null}
        {sessionId ? (
          <MuiLink component={Link} to={sessionPath(sessionId)}>
            {t('schedules.see_payment')}
          </MuiLink>
        ) : null}
        {blockedBy && blockedBy !== sessionId ? (
          <MuiLink component={Link} to={sessionPath(blockedBy)}>
            {t('schedules.see_blocker')}
          </MuiLink>
        ) : null}
      </Stack>
      {why || next ? (
        <Typography variant="body2" sx={{ mt: 0.25, color: open ? 'text.primary' : 'text.secondary' }}>
          {[why, next].filter(Boolean).join(' ')}
        </Typography>
      ) : null}
    </Box>
  );
}

/** The likeliest first. What may not be done now has no button: the words beside it say what stands in the way. */
function PeriodButtons({ period, label, onAct }: Pick<Props, 'period' | 'label' | 'onAct'>) {
  const { t } = useReader();
  const mayManage = useCan('schedules:manage');
  const mayCharge = useCan('instruments:charge');
  const [copied, copy] = useCopy();
  const offered = period.availableActions.filter(({ action, allowed }) => {
    if (!allowed) return false;
    if (action === 'copyLink') return period.payUrl !== null;
    return action === 'charge' ? mayCharge : mayManage;
  });
  if (offered.length === 0) return <span />;
  return (
    <Stack direction="row" sx={{ gap: 0.5, flexWrap: 'wrap', justifyContent: { md: 'flex-end' } }}>
      {offered.map(({ action }) => (
        <Button
          key={action}
          size="small"
          variant={action === 'charge' ? 'outlined' : 'text'}
          color={action === 'waive' ? 'error' : 'primary'}
          aria-haspopup={action === 'copyLink' ? undefined : 'dialog'}
          aria-label={`${t(`schedules.period_action.${action}`)}: ${label}`}
          onClick={() => (action === 'copyLink' ? copy(period.payUrl ?? '') : onAct(action))}
        >
          {action === 'copyLink' && copied ? t('fields.copied') : t(`schedules.period_action.${action}`)}
        </Button>
      ))}
    </Stack>
  );
}
