import type { Options } from 'csv-stringify';

/** What a spreadsheet would run, in wide letters too. */
const FORMULA = /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/;
const NUMBER = /^-?\d+(\.\d+)?$/;

/** How every file of ours is written. A cell that a spreadsheet would run is made text; a number below zero stays a number. */
export const CSV: Options = {
  ...{ header: true, bom: true, record_delimiter: '\r\n' },
  cast: { string: (value) => (FORMULA.test(value) && !NUMBER.test(value) ? `'${value}` : value) },
};
