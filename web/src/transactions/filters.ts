import {
  TRANSACTION_KINDS,
  TRANSACTION_STATES,
  type TransactionFilter,
  type TransactionKind,
  type TransactionState,
} from '@recaudo/shared';
import { askedBy, withoutEmpty, type ListReader } from '../list/asked.js';
import { narrows, readView, WHOLE_LIST, writeView, type ListView } from '../list/list-view.js';

/** Everything the list of transactions shows, as it stands in the URL. */
export type TransactionListView = ListView<TransactionState, TransactionKind>;

export const ALL_TRANSACTIONS: TransactionListView = WHOLE_LIST;

export function readTransactionUrl(search: string): TransactionListView {
  return readView(new URLSearchParams(search), { states: TRANSACTION_STATES, kinds: TRANSACTION_KINDS });
}

export function writeTransactionUrl(view: TransactionListView): string {
  return writeView(view);
}

export function isNarrowedTransactions(view: TransactionListView): boolean {
  return narrows(view, writeTransactionUrl);
}

/** What the API is asked; `unknownSite` where the URL names a site that is not the reader's. */
export function toTransactionFilter(
  view: TransactionListView,
  reader: ListReader,
): { filter: TransactionFilter; unknownSite: boolean } {
  const { asked, from, to, unknownSite } = askedBy(view, reader);
  const filter = withoutEmpty<TransactionFilter>({ ...asked, createdFrom: from, createdTo: to });
  return { filter, unknownSite };
}
