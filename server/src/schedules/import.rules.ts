import {
  createScheduleSchema,
  IMPORT_COLUMNS,
  isCurrency,
  MAX_AMOUNT_MINOR,
  MAX_IMPORT_ROWS,
  readDecimal,
  REQUIRED_IMPORT_COLUMNS,
  type CreateSchedule,
  type Currency,
} from '@recaudo/shared';
import { parse } from 'csv-parse/sync';
import type { Fault, Known } from './creation.rules.js';

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
  /** Of rows with errors, what is right by itself. */
  partly: { line: number; known: Known }[];
  errors: RowError[];
}

type Cells = Partial<Record<(typeof IMPORT_COLUMNS)[number], string>>;

/** What a spreadsheet would run when somebody opens the file. */
const FORMULA = /^[=+\-@\t\r]/;
const DECIMAL = /^\d+(\.\d+)?$/;
const KNOWN = ['reference', 'instrumentId', 'currency', 'startOn', 'zone'] as const;
const NUMBERS = ['interval', 'trialDays', 'anchorDay', 'maxPeriods', 'chargeHour'] as const;

/** Reads the bytes of a file; what is wrong with the file as a whole is an error of its first line, and its field `file`. */
export function readImport(bytes: Uint8Array, siteId: string): ReadFile {
  const text = decode(bytes);
  if (text === null) return broken('wrong_encoding');
  const table = tableOf(text);
  if (!Array.isArray(table)) return broken('malformed_csv', table);
  const [header, ...lines] = table;
  if (!header || lines.length === 0) return broken('empty_file');
  // No further than that was it read: how many there are nobody has counted.
  if (lines.length > MAX_IMPORT_ROWS) return broken('too_many_import_rows', { limit: MAX_IMPORT_ROWS });
  const wrong = headerErrors(header.cells);
  if (wrong.length > 0) return { rows: lines.length, read: [], partly: [], errors: wrong };
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

/** Its lines and cells, or only the line up to which it can be read. */
function tableOf(text: string): { line: number; cells: string[] }[] | { line: number } {
  const [first = ''] = text.split('\n', 1);
  const delimiter = first.split(';').length > first.split(',').length ? ';' : ',';
  // A quote that never ends takes in all the lines after it: the one that is wrong follows the last that could be read.
  let read = 0;
  try {
    const records = parse(text, {
      ...{ delimiter, trim: true, skip_empty_lines: true, relax_column_count: true, info: true },
      to: MAX_IMPORT_ROWS + 2,
      on_record: (record: string[], { lines }) => {
        read = lines;
        return record;
      },
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return records.map(({ record, info }) => ({ line: info.lines, cells: record }));
  } catch {
    return { line: read + 1 };
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
  const file: ReadFile = { rows: lines.length, read: [], partly: [], errors: [] };
  const seen = new Set<string>();
  for (const { line, cells } of lines) {
    const row = Object.fromEntries(names.map((name, at) => [name, cells[at] ?? ''])) as Cells;
    // Nobody knows which cell belongs to which column.
    if (cells.length !== names.length) {
      file.errors.push({ line, field: 'row', why: 'other_columns' });
      continue;
    }
    const input = inputOf(row, siteId);
    const wrong = cellErrors(row);
    const parsed = createScheduleSchema.safeParse(input);
    // Of a cell that cannot be understood there is nothing more to say.
    const told = new Set(wrong.map(([field]) => field));
    const issues = parsed.error?.issues.map((each) => issue(each, input)) ?? [];
    wrong.push(...issues.filter(([field]) => !told.has(field)));
    const { reference = '' } = row;
    if (reference !== '' && seen.has(reference)) wrong.push(['reference', 'row_twice']);
    seen.add(reference);
    if (wrong.length === 0 && parsed.success) {
      file.read.push({ line, input: parsed.data });
      continue;
    }
    file.errors.push(...wrong.map(([field, why]) => ({ line, field, why })));
    file.partly.push({ line, known: knownOf(input, new Set(wrong.map(([field]) => field))) });
  }
  return file;
}

/** What the cells themselves say against the row, before anything is understood. */
function cellErrors(row: Cells): Fault[] {
  const cells = Object.entries<string>(row);
  const wrong = cells.filter(([, text]) => FORMULA.test(text)).map(([field]): Fault => [field, 'formula']);
  const { amount = '', currency = '' } = row;
  if (currency !== '' && !isCurrency(currency)) wrong.push(['currency', 'unknown_currency']);
  // Without its currency nobody knows how many decimals an amount may have.
  const why = isCurrency(currency)
    ? whyNotRead(amount, currency)
    : DECIMAL.test(amount)
      ? null
      : 'not_a_decimal';
  if (amount !== '' && !FORMULA.test(amount) && why) wrong.push(['amount', why]);
  return wrong;
}

/** Null where it cannot be read; of nothing and of too much what the whole row is refused for. */
function minorOf(amount: string, currency: Currency): number | null {
  const read = readDecimal(amount, currency);
  if (read.ok) return read.amountMinor;
  if (read.problem === 'not_positive') return 0;
  return read.problem === 'too_large' ? MAX_AMOUNT_MINOR + 1 : null;
}

function whyNotRead(amount: string, currency: Currency): string | null {
  if (minorOf(amount, currency) !== null) return null;
  const read = readDecimal(amount, currency);
  return !read.ok && read.problem === 'ambiguous' ? 'ambiguous_amount' : 'not_a_decimal';
}

function knownOf(input: Record<string, unknown>, wrong: ReadonlySet<string>): Known {
  const right = KNOWN.filter((name) => input[name] !== undefined && !wrong.has(name));
  return Object.fromEntries(right.map((name) => [name, input[name]]));
}

function inputOf(row: Cells, siteId: string): Record<string, unknown> {
  const { amount = '', ...texts } = row;
  const { currency = '' } = texts;
  const numbers = NUMBERS.filter((name) => texts[name]).map((name): [string, number] => [
    name,
    Number(texts[name]),
  ]);
  const plain = Object.entries(texts).filter(
    ([name, text]) => text !== '' && !(NUMBERS as readonly string[]).includes(name),
  );
  const minor = isCurrency(currency) ? minorOf(amount, currency) : null;
  // What is there and cannot be read has been told: any amount stands in for it.
  const amountMinor = amount === '' ? {} : { amountMinor: minor ?? 1 };
  return { siteId, ...Object.fromEntries<string | number>([...plain, ...numbers]), ...amountMinor };
}

/** Our own rules carry their key as the message; the amount is `amount` in a file. */
function issue(
  { path, message, code }: { path: PropertyKey[]; message: string; code: string },
  input: Record<string, unknown>,
): Fault {
  const field = String(path[0] ?? 'row');
  const missing = input[field] === undefined;
  const why = /^[a-z]+(_[a-z]+)*$/.test(message) ? message : missing ? 'required' : code;
  return [field === 'amountMinor' ? 'amount' : field, why];
}

const broken = (why: string, more: Partial<Pick<RowError, 'limit' | 'line'>> = {}): ReadFile => ({
  ...{ rows: 0, read: [], partly: [] },
  errors: [{ line: 1, field: 'file', why, ...more }],
});
