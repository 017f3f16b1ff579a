import { PassThrough, type Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { minorToDecimal, type TransactionExportQuery } from '@recaudo/shared';
import { stringify, type Stringifier } from 'csv-stringify';
import { CSV } from '../platform/csv.js';
import type { Place } from '../platform/keyset.js';
import { localInstant } from '../platform/local-instant.js';
import type { SiteScope } from '../staff/access.js';
import { transactionItem } from './transaction-item.view.js';
import { TransactionListStore, type ListedTransaction } from './transaction-list.store.js';

const PAGE = 1_000;

@Injectable()
export class TransactionExportService {
  constructor(private readonly lists: TransactionListStore) {}

  /** The filtered list as CSV, streamed page by page. */
  csv(scope: SiteScope, query: TransactionExportQuery, zone: string): Readable {
    const csv = stringify(CSV);
    this.fill(csv, scope, query, zone).catch((error: Error) => csv.destroy(error));
    return csv.pipe(new PassThrough());
  }

  private async fill(
    csv: Stringifier,
    scope: SiteScope,
    { sort, ...filter }: TransactionExportQuery,
    zone: string,
  ): Promise<void> {
    let place: Place | null = null;
    for (;;) {
      const rows = await this.lists.page(scope, filter, {
        place,
        newestFirst: sort === 'newest',
        limit: PAGE,
      });
      for (const row of rows)
        if (!csv.write(exportRow(row, zone))) await new Promise((resolve) => csv.once('drain', resolve));
      const last = rows.at(-1);
      if (rows.length < PAGE || !last) break;
      place = { at: last.created_at, id: last.id, direction: 'next' };
    }
    csv.end();
  }
}

function exportRow(row: ListedTransaction, zone: string): Record<string, string> {
  const item = transactionItem(row);
  const { payer } = item;
  return {
    createdAt: localInstant(item.createdAt, zone),
    at: localInstant(item.at, zone),
    site: row.site_name,
    reference: item.reference,
    kind: item.kind,
    state: item.state,
    amount: item.amountKnown ? minorToDecimal(item.amountMinor, item.currency) : '',
    currency: item.currency,
    reason: item.reason ?? '',
    internalReference: item.internalReference ?? '',
    authorization: item.authorization ?? '',
    lastFour: item.lastFour ?? '',
    payerName: [payer.name, payer.surname].filter(Boolean).join(' '),
    payerEmail: payer.email ?? '',
    payerDocument: [payer.documentType, payer.document].filter(Boolean).join(' '),
    askedBy: item.askedBy ?? '',
    parentId: item.parentId ?? '',
    id: item.id,
  };
}
