import {
  createScheduleSchema,
  decimalToMinor,
  IMPORT_COLUMNS,
  isCurrency,
  MAX_IMPORT_ROWS,
  REQUIRED_IMPORT_COLUMNS,
  type CreateSchedule,
} from '@recaudo/shared';
import { parse } from 'csv-parse/sync';

export interface RowError {
  line: number;
  field: string;
  why: string;
  limit?: number;
}

/** What a file says: its rows as far as they can be read, and what is wrong with the others, by line and field. */
export interface ReadFile {
  rows: number;
  read: { line: number; input: CreateSchedule }[];
  errors: RowError[];
}

type Cells = Partial<Record<(typeof IMPORT_COLUMNS)[number], string>>;

/** What a spreadsheet would run when somebody opens the file. */
const FORMULA = /^[=+\-@\t\r]/;
const NUMBERS = ['interval', 'trialDays', 'anchorDay', 'maxPeriods', 'chargeHour'] as const;

/** Reads the bytes of a file; what is wrong with the file as a whole is an error of its first line, and its field `file`. */
export function readImport(bytes: Uint8Array, siteId: string): ReadFile {
  const text = decode(bytes);
  if (text === null) return broken('wrong_encoding');
  const table = tableOf(text);
  if (table === null) return broken('malformed_csv');
  const [header, ...lines] = table;
  if (!header || lines.length === 0) return broken('empty_file');
  // No further than that was it read: how many there are nobody has counted.
  if (lines.length > MAX_IMPORT_ROWS) return broken('too_many_import_rows', { limit: MAX_IMPORT_ROWS });
  const wrong = headerErrors(header.cells);
  if (wrong.length > 0) return { rows: lines.length, read: [], errors: wrong };
  return readRows(header.cells, lines, siteId);
}

/** UTF-8 or nothing: what another encoding means nobody can tell. */
function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function tableOf(text: string): { line: number; cells: string[] }[] | null {
  const [first = ''] = text.split('\n', 1);
  const delimiter = first.split(';').length > first.split(',').length ? ';' : ',';
  try {
    const records = parse(text, {
      ...{ delimiter, trim: true, skip_empty_lines: true, relax_column_count: true, info: true },
      to: MAX_IMPORT_ROWS + 2,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return records.map(({ record, info }) => ({ line: info.lines, cells: record }));
  } catch {
    return null;
  }
}

function headerErrors(names: readonly string[]): RowError[] {
  const wrong = (field: string, why: string): RowError => ({ line: 1, field, why });
  const known: readonly string[] = IMPORT_COLUMNS;
  return [
    ...names
      .filter((name) => !known.includes(name))
      .map((name) => wrong(name.slice(0, 60), 'unknown_column')),
    ...names.filter((name, at) => names.indexOf(name) !== at).map((name) => wrong(name, 'column_twice')),
    ...REQUIRED_IMPORT_COLUMNS.filter((name) => !names.includes(name)).map((name) => wrong(name, 'required')),
  ];
}

function readRows(
  names: readonly string[],
  lines: readonly { line: number; cells: string[] }[],
  siteId: string,
): ReadFile {
  const file: ReadFile = { rows: lines.length, read: [], errors: [] };
  const seen = new Set<string>();
  for (const { line, cells } of lines) {
    const row = Object.fromEntries(names.map((name, at) => [name, cells[at] ?? ''])) as Cells;
    const wrong = cellErrors(names, row, cells.length);
    const parsed = createScheduleSchema.safeParse(inputOf(row, siteId));
    if (wrong.length === 0 && !parsed.success)
      wrong.push(...parsed.error.issues.map(({ path, message, code }) => issue(path, message, code)));
    const { reference = '' } = row;
    if (seen.has(reference)) wrong.push(['reference', 'row_twice']);
    seen.add(reference);
    if (wrong.length === 0 && parsed.success) file.read.push({ line, input: parsed.data });
    else file.errors.push(...wrong.map(([field, why]) => ({ line, field, why })));
  }
  return file;
}

/** What the cells themselves say against the row, before anything is understood. */
function cellErrors(names: readonly string[], row: Cells, count: number): [string, string][] {
  if (count !== names.length) return [['row', 'other_columns']];
  const cells = Object.entries<string>(row);
  const formulas = cells.filter(([, text]) => FORMULA.test(text));
  if (formulas.length > 0) return formulas.map(([field]) => [field, 'formula']);
  const { amount = '', currency = '' } = row;
  if (!isCurrency(currency)) return [['currency', 'unknown_currency']];
  return decimalToMinor(amount, currency) === null ? [['amount', 'not_a_decimal']] : [];
}

function inputOf(row: Cells, siteId: string): unknown {
  const { amount = '', currency = '', ...texts } = row;
  const numbers = NUMBERS.filter((name) => texts[name]).map((name) => [name, Number(texts[name])]);
  const plain = Object.entries(texts).filter(
    ([name, text]) => text !== '' && !(NUMBERS as readonly string[]).includes(name),
  );
  const amountMinor = isCurrency(currency) ? decimalToMinor(amount, currency) : null;
  return { siteId, ...Object.fromEntries([...plain, ...numbers]), currency, amountMinor: amountMinor ?? 0 };
}

/** Our own rules carry their key as the message; the amount is `amount` in a file. */
function issue(path: PropertyKey[], message: string, code: string): [string, string] {
  const field = String(path[0] ?? 'row');
  const missing = /received undefined/.test(message);
  const why = /^[a-z]+(_[a-z]+)*$/.test(message) ? message : missing ? 'required' : code;
  return [field === 'amountMinor' ? 'amount' : field, why];
}

const broken = (why: string, more: Pick<RowError, 'limit'> = {}): ReadFile => ({
  ...{ rows: 0, read: [] },
  errors: [{ line: 1, field: 'file', why, ...more }],
});
