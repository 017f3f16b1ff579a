// The lists of transactions, holds, approvals and stored means of payment with many rows.
import { fillMovements } from './movements.js';
import { storePages } from './store-pages.js';

const LIMIT = 25;

const page = { place: null, newestFirst: true, limit: LIMIT + 1 };

/** What is asked of the server, and of its store: everything that a page of the list takes. */
function pagesOf({ sites, reference, email }) {
  const siteId = sites.find(({ code }) => code === 'pr').id;
  const transactions = (name, filter) => ({
    name: `transactions, ${name}`,
    path: `/api/transactions?${new URLSearchParams({ limit: String(LIMIT), ...filter })}`,
    store: ['desk/transaction-list.store', 'TransactionListStore'],
    work: async (store) => {
      await store.page(null, filter, page);
      await store.count(null, filter);
    },
  });
  const holds = (name, filter) => ({
    name: `holds, ${name}`,
    path: `/api/preauthorizations?${new URLSearchParams({ limit: String(LIMIT), ...filter })}`,
    store: ['preauthorizations/preauthorization-list.store', 'PreauthorizationListStore'],
    work: async (store) => {
      await store.page(null, filter, page);
      await store.count(null, filter);
    },
  });
  const instruments = (name, filter) => ({
    name: `instruments, ${name}`,
    path: `/api/instruments?${new URLSearchParams({ limit: String(LIMIT), ...filter })}`,
    store: ['instruments/instrument-list.store', 'InstrumentListStore'],
    work: async (store) => {
      await store.page(null, { sort: 'newest', ...filter }, page);
      await store.count(null, filter);
    },
  });
  const approvals = (view) => ({
    name: `approvals, ${view}`,
    path: `/api/approvals?${new URLSearchParams({ limit: String(LIMIT), view })}`,
    store: ['approvals/approval.store', 'ApprovalStore'],
    work: async (store) => {
      const me = { makerId: null, scope: null };
      await store.page(me, view, null, LIMIT + 1);
      await store.count(me, view);
    },
  });
  return [
    transactions('all', {}),
    transactions('one state', { state: 'unknown' }),
    transactions('one kind', { kind: 'reverse' }),
    transactions('one site', { siteId }),
    transactions('one kind and state of a site', { siteId, kind: 'reverse', state: 'rejected' }),
    transactions('found by reference', { q: reference }),
    transactions('found by e-mail', { q: email }),
    holds('active', { state: 'active' }),
    holds('of a site', { state: 'captured', siteId }),
    holds('looked for in vain', { state: 'captured', q: reference }),
    instruments('all', {}),
    instruments('expiring', { state: 'expiring' }),
    instruments('revoked of a site', { state: 'revoked', siteId }),
    instruments('found by e-mail', { q: email }),
    approvals('waiting'),
    approvals('decided'),
  ];
}

/** Pages of finance, who sees all sites. */
export async function moneyLists(product) {
  await fillMovements(product);
  const { rows } = await product.db.query(
    `SELECT t.gateway_reference AS reference, p.email FROM transactions t JOIN payers p ON p.id = t.payer_id
     WHERE t.kind = 'reverse' ORDER BY t.id LIMIT 1`,
  );
  const finance = await product.signIn('finance@demo.recaudo.test');
  return storePages(product, finance, pagesOf({ sites: product.sites, ...rows[0] }));
}
