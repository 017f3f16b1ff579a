import { SESSION_KINDS, SESSION_STATES, type SessionKind, type SessionState } from '@recaudo/shared';
import { narrows, readView, WHOLE_LIST, writeView, type ListView } from '../list/list-view.js';

/** Everything the payments list shows, as it stands in the URL. */
export interface SessionListView extends ListView<SessionState, SessionKind> {
  overpaid: boolean;
  /** Among those that have not ended: past their time or still within it. */
  late: 'true' | 'false' | null;
  /** Whether the period is about when a payment was made or when it ended. */
  by: 'created' | 'ended';
  /** The id of a stored means of payment: only what was charged to it. */
  instrument: string | null;
}

export const EVERYTHING: SessionListView = {
  ...WHOLE_LIST,
  ...{ overpaid: false, late: null, by: 'created', instrument: null },
};

const ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** Reads any URL: what it does not understand it leaves out, so that an old link still shows something true. */
export function readListUrl(search: string): SessionListView {
  const params = new URLSearchParams(search);
  return {
    ...readView(params, { states: SESSION_STATES, kinds: SESSION_KINDS }),
    overpaid: params.get('overpaid') === 'true',
    late: (['true', 'false'] as const).find((known) => known === params.get('late')) ?? null,
    by: params.get('by') === 'ended' ? 'ended' : 'created',
    instrument: readId(params.get('instrument')),
  };
}

function readId(text: string | null): string | null {
  return text !== null && ID.test(text) ? text : null;
}

/** The search part of the URL; '' when everything is as usual. */
export function writeListUrl(view: SessionListView): string {
  return writeView(view, {
    overpaid: view.overpaid ? 'true' : null,
    late: view.late,
    by: view.by === 'ended' ? 'ended' : null,
    instrument: view.instrument,
  });
}

/** A changed filter starts at the first page again: a cursor belongs to the list it came from. */
export function changeView(view: SessionListView, change: Partial<SessionListView>): SessionListView {
  return { ...view, cursor: null, ...change };
}

export function isNarrowed(view: SessionListView): boolean {
  return narrows(view, writeListUrl);
}
