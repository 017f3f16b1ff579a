import type { ScheduleListItem } from '@recaudo/shared';
import { Tooltip } from '@mui/material';
import { now } from '../app/clock.js';
import { formatClockIn } from '../fields/instant.js';
import { useReader } from '../fields/reader.js';

/** The day of the next charge by the schedule's own calendar, its hour and zone on hover; or the day on which it ends. */
export function NextCharge({ schedule: { next, zone, endsOn } }: { schedule: ScheduleListItem }) {
  const { t, day, language } = useReader();
  if (!next)
    return (
      <span style={{ whiteSpace: 'nowrap' }}>{endsOn ? t('schedules.ends', { day: day(endsOn) }) : '–'}</span>
    );
  return (
    <Tooltip title={`${formatClockIn(next.at, now(), { language, zone })} · ${zone}`}>
      <time dateTime={next.at} style={{ whiteSpace: 'nowrap' }}>
        {day(next.day)}
      </time>
    </Tooltip>
  );
}
