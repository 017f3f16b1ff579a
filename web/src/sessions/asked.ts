import type { SessionFilter } from '@recaudo/shared';
import { askedBy, withoutEmpty, type ListReader } from '../list/asked.js';
import type { SessionListView } from './filters.js';

/** What the API is asked; `unknownSite` where the URL names a site that is not the reader's. */
export function toFilter(
  view: SessionListView,
  reader: ListReader,
): { filter: SessionFilter; unknownSite: boolean } {
  const { asked, from, to, unknownSite } = askedBy(view, reader);
  const filter = withoutEmpty<SessionFilter>({
    ...asked,
    ...(view.by === 'ended' ? { endedFrom: from, endedTo: to } : { createdFrom: from, createdTo: to }),
    late: view.late ?? undefined,
    instrumentId: view.instrument ?? undefined,
    overpaid: view.overpaid ? 'true' : undefined,
  });
  return { filter, unknownSite };
}
