/** Most numbers taken at once on this page; they travel in pieces of `MAX_ADOPTIONS`. */
export const MOST_NUMBERS = 5_000;
export const MOST_FILE_BYTES = 1_000_000;
/** A stray control character does not make a file binary; of random bytes every tenth is one. */
const MOST_ODD_SHARE = 0.02;

const HEADINGS = new Set([
  ...['number', 'numero', 'requestid', 'request_id', 'request id'],
  ...['sesion', 'session', 'sessionid', 'session_id', 'session id'],
]);

/** The numbers in what was typed or pasted: parted by lines, commas, semicolons, tabs or blanks. */
export function numbersIn(text: string): string[] {
  return text.split(/[\s,;]+/).filter((piece) => piece !== '');
}

/**
 * What a file says, or null when it is no text: a sheet's own format is a zip archive, which begins with PK, and text
 * holds neither NUL nor many control characters. What is no UTF-8 is read as sheets write it in the West.
 */
export function textIn(bytes: ArrayBuffer): string | null {
  const text = decoded(bytes);
  if (text.startsWith('PK\u0003\u0004') || text.includes('\0')) return null;
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for.
  const odd = text.match(/[\u0001-\u0008\u000e-\u001f\u007f]/g)?.length ?? 0;
  return odd > text.length * MOST_ODD_SHARE ? null : text;
}

function decoded(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/**
 * The numbers of a CSV file: the column headed number, requestId, session or the like, else the first one. Comma,
 * semicolon or tab, whichever the first line uses; quotes around a cell are taken off. A first line without digits is
 * a heading. `heading` is the one that was known, or null. A column in which no cell has a digit gives no numbers.
 */
export function numbersInCsv(text: string): { numbers: string[]; heading: string | null } {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== '');
  const separator = [';', '\t', ','].find((mark) => (lines[0] ?? '').includes(mark)) ?? ',';
  const rows = lines.map((line) => line.split(separator).map(cellText));
  const [first = [], ...rest] = rows;
  const named = first.findIndex((cell) => HEADINGS.has(plain(cell)));
  const column = named === -1 ? 0 : named;
  const headed = named !== -1 || !/\d/.test(first[0] ?? '');
  const cells = (headed ? rest : rows).map((row) => row[column] ?? '').filter((cell) => cell !== '');
  // Cells that are no numbers are answered for one by one, unless there is nothing else.
  return {
    numbers: cells.some((cell) => /\d/.test(cell)) ? cells : [],
    heading: named === -1 ? null : (first[named] ?? null),
  };
}

/** Without accents or capitals: "Sesión" and "sesion" are the same heading. */
function plain(cell: string): string {
  return cell.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
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
