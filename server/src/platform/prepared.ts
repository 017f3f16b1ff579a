import { Client } from 'pg';

/** Statements of the code are far fewer; what makes texts without end must not fill the server's memory. */
const MOST_NAMED = 400;

/** By its id a row is found in one way only, whatever the id is. */
const BY_ID = /"id" = \$\d+\)*(?: LIMIT 1)?(?: FOR (?:UPDATE|SHARE))?$/;
/** One row is inserted; several are a text of their own for each number of rows. */
const ONE_ROW = /\bVALUES\s*\([^()]*\)(?:\s*(?:ON CONFLICT|RETURNING)[^;]*)?$/;

const names = new Map<string, string>();

/**
 * The name under which PostgreSQL keeps a statement once it has planned it; null: it is planned anew each time. Only what
 * has one plan for all values is kept: the plan of a list depends on what is asked for.
 */
export function nameOf(text: string): string | null {
  const known = names.get(text);
  if (known !== undefined) return known;
  if (names.size >= MOST_NAMED || !(BY_ID.test(text) || (ONE_ROW.test(text) && !/\bSELECT\b/.test(text))))
    return null;
  const name = `recaudo_${names.size}`;
  names.set(text, name);
  return name;
}

type Ask = (this: Client, ...forms: unknown[]) => never;

/** A connection that has PostgreSQL plan the simplest statements once, not each time. */
export class PreparingClient extends Client {
  // The base class has many forms; TypeORM asks by the one with a text and its values.
  override query(...asked: unknown[]): never {
    const [text, values, ...rest] = asked;
    const name = typeof text === 'string' && Array.isArray(values) ? nameOf(text) : null;
    const ask = Reflect.get(Client.prototype, 'query') as Ask;
    return ask.apply(this, name === null ? asked : [{ name, text, values }, ...rest]);
  }
}
