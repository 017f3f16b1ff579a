import type { ScheduleListItem } from '@recaudo/shared';
import { Tooltip } from '@mui/material';
import { now } from '../app/clock.js';
import { formatClockIn } from '../fields/instant.js';
import { useReader } from '../fields/reader.js';

/**
 * The day of the next charge by the schedule's own calendar, its hour and zone on hover; or that it cannot be charged; or the
 * day on which it ends.
 */
export function NextCharge({ schedule }: { schedule: ScheduleListItem }) {
  const { next, zone, endsOn, whyNotCharged } = schedule;
  const { t, day, language } = useReader();
  if (!next)
    return (
      <span style={{ whiteSpace: 'nowrap' }}>{endsOn ? t('schedules.ends', { day: day(endsOn) }) : '–'}</span>
    );
  if (whyNotCharged)
    return (
      <Tooltip title={`${day(next.day)} · ${t(`schedules.not_charged.${whyNotCharged}`)}`}>
        <span style={{ whiteSpace: 'nowrap' }}>{t('schedules.will_not')}</span>
      </Tooltip>
    );
  return (
    <Tooltip title={`${formatClockIn(next.at, now(), { language, zone })} · ${zone}`}>
      <time dateTime={next.at} style={{ whiteSpace: 'nowrap' }}>
        {day(next.day)}
      </time>
    </Tooltip>
  );
}
