import { useLocation, useNavigate } from 'react-router-dom';
import { readTransactionUrl, writeTransactionUrl, type TransactionListView } from './filters.js';

/** The list as it stands in the URL, and how to change it; a changed filter starts at the first page again. */
export function useTransactionView() {
  const { search } = useLocation();
  const navigate = useNavigate();
  const view = readTransactionUrl(search);
  const change = (patch: Partial<TransactionListView>) =>
    void navigate(`/transactions${writeTransactionUrl({ ...view, cursor: null, ...patch })}`);
  return { view, change };
}
