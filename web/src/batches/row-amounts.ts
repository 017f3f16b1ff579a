import type { BatchPreview, BatchPreviewRequest, Currency, Language } from '@recaudo/shared';
import { readMoney } from '../fields/money-reading.js';

/** By transaction: another amount than all that is left, minor units; null while what is typed is no amount. */
export type Edited = Readonly<Record<string, number | null>>;

export interface ReadAmount {
  /** Null while it cannot be asked for. */
  amountMinor: number | null;
  /** Why not: a message key, with what it names. */
  problem: { key: string; of: Record<string, string> } | null;
}

/** What was typed for one row, of which so much is left at most. */
export function readRowAmount(
  text: string,
  { currency, mostMinor, most }: { currency: Currency; mostMinor: number; most: string },
  language: Language,
): ReadAmount {
  const { reading, problem, examples } = readMoney(text, currency, language);
  if (!reading.ok)
    return {
      amountMinor: null,
      problem: { key: `fields.money.${problem}`, of: { examples: examples ?? '' } },
    };
  if (reading.amountMinor > mostMinor)
    return { amountMinor: null, problem: { key: 'money.above', of: { most } } };
  return { amountMinor: reading.amountMinor, problem: null };
}

/** All that is left is no edit: it stays all that is left, whatever happens meanwhile. */
export function withAmount(
  edited: Edited,
  id: string,
  amountMinor: number | null,
  wholeMinor: number,
): Edited {
  const { [id]: _before, ...others } = edited;
  return amountMinor === wholeMinor ? others : { ...others, [id]: amountMinor };
}

export function rowsOf(ids: readonly string[], edited: Edited): BatchPreviewRequest['rows'] {
  return ids.map((transactionId) => {
    const amountMinor = edited[transactionId];
    return typeof amountMinor === 'number' ? { transactionId, amountMinor } : { transactionId };
  });
}

export function isUnread(edited: Edited): boolean {
  return Object.values(edited).includes(null);
}

/** An amount that somebody chose and that cannot be given back so: it is changed before anything is sent. */
export function refusesEdited({ rows }: Pick<BatchPreview, 'rows'>, edited: Edited): boolean {
  return rows.some(({ transactionId, why }) => why !== null && transactionId in edited);
}
