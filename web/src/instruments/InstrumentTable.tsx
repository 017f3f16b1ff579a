import type { InstrumentItem } from '@recaudo/shared';
import type { ReactElement } from 'react';
import { useSignedIn } from '../app/login-state.js';
import { Clip } from '../fields/Clip.js';
import { Instant } from '../fields/Instant.js';
import { instrumentWords } from '../fields/instrument-words.js';
import { useReader } from '../fields/reader.js';
import { RowId, RowLink, RowsTable, type Column } from '../list/RowsTable.js';
import { instrumentPath, payerName } from '../sessions/naming.js';
import { InstrumentChip } from './InstrumentChip.js';

/** Where the store keeps which columns are hidden. */
export const COLUMNS_KEY = 'instruments.columns';
const HIDDEN_AT_FIRST = ['document', 'id'];

export function InstrumentTable({ empty }: { empty: ReactElement }) {
  const { t } = useReader();
  const columns = useColumns();
  return (
    <RowsTable<InstrumentItem>
      name={t('instruments.title')}
      title={t('instruments.keys')}
      columns={columns}
      columnsKey={COLUMNS_KEY}
      hiddenAtFirst={HIDDEN_AT_FIRST}
      path={instrumentPath}
      empty={empty}
      selectable={null}
    />
  );
}

function useColumns(): Column<InstrumentItem>[] {
  const { t, day } = useReader();
  const { sites } = useSignedIn();
  const siteName = (id: string) => sites.find((site) => site.id === id)?.name ?? '–';
  const f = (name: string) => t(`instruments.${name}`);
  return [
    {
      source: 'method',
      label: f('method'),
      render: (row) => <RowLink to={instrumentPath(row.id)} text={instrumentWords(row, t)} width={225} />,
    },
    { source: 'state', render: (row) => <InstrumentChip instrument={row} /> },
    { source: 'payerName', label: f('owner'), render: (row) => <Clip text={payerName(row)} width={150} /> },
    { source: 'payerEmail', render: (row) => <Clip text={row.payer.email ?? '–'} width={180} /> },
    { source: 'document', label: f('document'), render: (row) => documentWords(row) },
    {
      source: 'validUntil',
      label: f('valid_until'),
      render: (row) => (
        <span style={{ whiteSpace: 'nowrap' }}>
          {row.validUntil ? day(row.validUntil) : f('no_last_day')}
        </span>
      ),
    },
    {
      source: 'issuer',
      label: t('blocks.instrument_issuer'),
      render: (row) => <Clip text={row.issuer ?? '–'} width={120} />,
    },
    { source: 'site', render: (row) => <Clip text={siteName(row.siteId)} width={130} /> },
    { source: 'createdAt', label: f('stored'), render: (row) => <Instant value={row.createdAt} /> },
    { source: 'id', render: (row) => <RowId id={row.id} /> },
  ];
}

export function documentWords({ payer }: Pick<InstrumentItem, 'payer'>): string {
  return [payer.documentType, payer.document].filter(Boolean).join(' ') || '–';
}
