import { type EXPORT_COLUMNS } from '@recaudo/shared';

/** Where the store keeps which columns are hidden; react-admin adds `_columnRanks` for their order. */
export const COLUMNS_KEY = 'sessions.columns';

type ExportColumn = (typeof EXPORT_COLUMNS)[number];

/** Every column of the table and what it is called in the download. The order is the table's. */
export const COLUMNS = [
  { source: 'createdAt', exported: ['createdAt'] },
  { source: 'state', exported: ['state'] },
  { source: 'reference', exported: ['reference'] },
  { source: 'kind', exported: ['kind'] },
  { source: 'payerName', exported: ['payerName'] },
  { source: 'description', exported: ['description'] },
  { source: 'site', exported: ['site'] },
  { source: 'amount', exported: ['amount', 'currency'] },
  { source: 'paid', exported: ['paid'] },
  { source: 'reason', exported: ['reason'] },
  { source: 'payerEmail', exported: ['payerEmail'] },
  { source: 'payerDocument', exported: ['payerDocument'] },
  { source: 'gatewayNumber', exported: ['gatewayNumber'] },
  { source: 'lastFour', exported: ['lastFour'] },
  { source: 'endedAt', exported: ['endedAt'] },
  { source: 'id', exported: ['id'] },
] as const satisfies readonly { source: string; exported: readonly ExportColumn[] }[];

export type ColumnSource = (typeof COLUMNS)[number]['source'];

export const HIDDEN_AT_FIRST: ColumnSource[] = [
  'paid',
  'reason',
  'payerEmail',
  'payerDocument',
  'gatewayNumber',
  'lastFour',
  'endedAt',
  'id',
];

/** The download's columns: exactly those in sight, in the order in sight. `ranks` is react-admin's column order. */
export function exportColumns(hidden: readonly string[], ranks: readonly number[] | undefined): string {
  return inOrder(ranks)
    .filter((column) => !hidden.includes(column.source))
    .flatMap((column) => column.exported)
    .join(',');
}

/** As react-admin does it: the column at index i stands at the place where `ranks` holds i. */
function inOrder(ranks: readonly number[] | undefined) {
  if (!ranks) return [...COLUMNS];
  const placed: ((typeof COLUMNS)[number] | undefined)[] = [];
  COLUMNS.forEach((column, index) => {
    const rank = ranks.indexOf(index);
    placed[rank === -1 ? index : rank] = column;
  });
  return placed.filter((column) => column !== undefined);
}
