/** Most numbers taken at once on this page; they travel in pieces of `MAX_ADOPTIONS`. */
export const MOST_NUMBERS = 5_000;
export const MOST_FILE_BYTES = 1_000_000;

const HEADINGS = new Set(['number', 'numero', 'número', 'requestid', 'request_id', 'request id']);

/** The numbers in what was typed or pasted: parted by lines, commas, semicolons, tabs or blanks. */
export function numbersIn(text: string): string[] {
  return text.split(/[\s,;]+/).filter((piece) => piece !== '');
}

/**
 * The numbers of a CSV file: the column headed number, numero or requestId, else the first one. Comma, semicolon or
 * tab, whichever the first line uses; quotes around a cell are taken off. A first line without digits is a heading.
 */
export function numbersInCsv(text: string): string[] {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== '');
  const separator = [';', '\t', ','].find((mark) => (lines[0] ?? '').includes(mark)) ?? ',';
  const rows = lines.map((line) => line.split(separator).map(cellText));
  const [first = [], ...rest] = rows;
  const named = first.findIndex((cell) => HEADINGS.has(cell.toLowerCase()));
  const column = named === -1 ? 0 : named;
  const headed = named !== -1 || !/\d/.test(first[0] ?? '');
  return (headed ? rest : rows).map((row) => row[column] ?? '').filter((cell) => cell !== '');
}

function cellText(cell: string): string {
  return cell
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .trim();
}

/** Pieces of at most `size`, in order. */
export function inPieces<T>(rows: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, index) =>
    rows.slice(index * size, (index + 1) * size),
  );
}
