import type { PeriodListItem } from '@recaudo/shared';
import { Box, Link as MuiLink, Paper, Typography } from '@mui/material';
import { Link } from 'react-router-dom';
import { now } from '../app/clock.js';
import { Amount } from '../fields/Amount.js';
import { formatAge } from '../fields/instant.js';
import { useReader } from '../fields/reader.js';
import { payerName, schedulePath } from '../sessions/naming.js';
import { PeriodDialog, type PeriodAct } from './acts/PeriodDialog.js';
import { chargedMethod } from './method-words.js';
import { PeriodLine } from './PeriodLine.js';

export interface ActingOn {
  period: PeriodListItem;
  act: PeriodAct;
}

interface Props {
  periods: readonly PeriodListItem[];
  /** Which row the keys are at; -1: none. */
  active?: number;
  acting: ActingOn | null;
  onAct: (acting: ActingOn | null) => void;
}

/** Periods that nobody has paid, with what can be done about each, and its dialog. */
export function QueueLines({ periods, active = -1, acting, onAct }: Props) {
  const { t } = useReader();
  return (
    <>
      <Paper variant="outlined" component="ul" aria-label={t('rooms.periods')} sx={{ m: 0, p: 0 }}>
        {periods.map((period, index) => (
          <QueueLine
            key={period.id}
            period={period}
            active={index === active}
            onAct={(act) => act !== 'skip' && onAct({ period, act })}
          />
        ))}
      </Paper>
      {acting ? (
        <PeriodDialog
          {...acting}
          plan={acting.period.schedule.plan}
          payer={payerName(acting.period)}
          method={chargedMethod(acting.period.instrument)}
          onClose={() => onAct(null)}
        />
      ) : null}
    </>
  );
}

function QueueLine({
  period,
  active,
  onAct,
}: {
  period: PeriodListItem;
  active: boolean;
  onAct: (act: PeriodAct | 'skip') => void;
}) {
  const { t, day } = useReader();
  const { schedule, instrument, amountMinor, currency } = period;
  return (
    <PeriodLine
      period={period}
      zone={schedule.zone}
      label={`${schedule.reference} ${payerName(period)}`}
      active={active}
      columns="110px minmax(0, 220px) 130px minmax(0, 1fr) auto"
      lead={
        <>
          <Box>
            <Typography sx={{ fontWeight: 600 }}>
              {t('queue.overdue', { age: formatAge(now() - Date.parse(period.at)) })}
            </Typography>
            <Typography variant="body2" sx={{ color: 'text.secondary' }}>
              {t('queue.overdue_since', { day: day(period.day) })}
            </Typography>
          </Box>
          <Box sx={{ minWidth: 0 }}>
            <MuiLink component={Link} to={schedulePath(period.scheduleId)} noWrap sx={{ display: 'block' }}>
              {payerName(period)}
            </MuiLink>
            <Typography variant="body2" noWrap title={schedule.plan} sx={{ color: 'text.secondary' }}>
              {schedule.plan}
            </Typography>
            <Typography variant="body2" noWrap sx={{ color: 'text.secondary' }}>
              {chargedMethod(instrument)}
            </Typography>
          </Box>
          <Box sx={{ fontWeight: 650, textAlign: { md: 'right' } }}>
            <Amount minor={amountMinor} currency={currency} />
          </Box>
        </>
      }
      onAct={onAct}
    />
  );
}
