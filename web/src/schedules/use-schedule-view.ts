import { useLocation, useNavigate } from 'react-router-dom';
import { readScheduleUrl, writeScheduleUrl, type ScheduleListView } from './schedule-view.js';

/** The list as it stands in the URL, and how to change it; a changed filter starts at the first page again. */
export function useScheduleView() {
  const { search } = useLocation();
  const navigate = useNavigate();
  const view = readScheduleUrl(search);
  const change = (patch: Partial<ScheduleListView>) =>
    void navigate(`/schedules${writeScheduleUrl({ ...view, cursor: null, ...patch })}`);
  return { view, change };
}
