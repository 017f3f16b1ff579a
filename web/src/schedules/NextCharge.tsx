import type { ScheduleListItem } from '@recaudo/shared';
import { Tooltip } from '@mui/material';
import { now } from '../app/clock.js';
import { formatClockIn } from '../fields/instant.js';
import { useReader } from '../fields/reader.js';

/** The day of the next charge by the schedule's own calendar; its hour and zone on hover. */
export function NextCharge({ schedule: { next, zone } }: { schedule: ScheduleListItem }) {
  const { day, language } = useReader();
  if (!next) return <>–</>;
  return (
    <Tooltip title={`${formatClockIn(next.at, now(), { language, zone })} · ${zone}`}>
      <time dateTime={next.at} style={{ whiteSpace: 'nowrap' }}>
        {day(next.day)}
      </time>
    </Tooltip>
  );
}
