import { ADOPTION_RESULTS, minorToDecimal, type Adoption, type Meaning } from '@recaudo/shared';

export type AdoptionResult = Adoption['result'];

/** Null: nothing was to be done about it. */
export const RESULT_MEANING: Record<AdoptionResult, Meaning | null> = {
  adopted: 'done',
  would_adopt: 'done',
  known: null,
  repeated: null,
  malformed: 'failed',
  not_found: 'failed',
  no_answer: 'unknown',
};

/** How many rows came out each way, those that are worth most first; none that is zero. */
export function totals(rows: readonly Adoption[]): { result: AdoptionResult; count: number }[] {
  return ADOPTION_RESULTS.map((result) => ({
    result,
    count: rows.filter((row) => row.result === result).length,
  })).filter(({ count }) => count > 0);
}

/** New answers in the place of the old ones, number by number; a repeated number keeps its own row. */
export function merged(rows: readonly Adoption[], fresh: readonly Adoption[]): Adoption[] {
  const byNumber = new Map(fresh.map((row) => [row.number, row]));
  return rows.map((row) => (row.result === 'repeated' ? row : (byNumber.get(row.number) ?? row)));
}

const COLUMNS = ['number', 'result', 'reference', 'kind', 'state', 'amount', 'currency', 'id'] as const;

/** Everything as CSV (RFC 4180), with words for results; a cell that a sheet would compute is made text. */
export function resultsCsv(rows: readonly Adoption[], wordsOf: (result: AdoptionResult) => string): string {
  const lines = rows.map((row) => [
    row.number,
    wordsOf(row.result),
    row.reference ?? '',
    row.kind ?? '',
    row.state ?? '',
    row.amountMinor === null || row.currency === null ? '' : minorToDecimal(row.amountMinor, row.currency),
    row.currency ?? '',
    row.sessionId ?? '',
  ]);
  return [COLUMNS.join(','), ...lines.map((cells) => cells.map(cell).join(','))].join('\r\n') + '\r\n';
}

function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
