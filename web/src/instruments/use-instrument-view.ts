import { useLocation, useNavigate } from 'react-router-dom';
import { readInstrumentUrl, writeInstrumentUrl, type InstrumentListView } from './instrument-view.js';

/** The list as it stands in the URL, and how to change it; a change starts at the first page. */
export function useInstrumentView() {
  const { search } = useLocation();
  const navigate = useNavigate();
  const view = readInstrumentUrl(search);
  const change = (patch: Partial<InstrumentListView>) =>
    void navigate(`/instruments${writeInstrumentUrl({ ...view, cursor: null, ...patch })}`);
  return { view, change };
}
