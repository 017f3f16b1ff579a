import { Client } from 'pg';

/** Statements of the code are far fewer; what makes texts without end must not fill the server's memory. */
const MOST_NAMED = 400;

/** By one of these a row, or the few that belong together, is found in one way only, whatever its value is. */
const KEYS = [
  ...['id', 'order_id', 'session_id', 'schedule_id', 'obligation_id', 'parent_id'],
  ...['reference', 'gateway_reference', 'gateway_number', 'internal_reference', 'subject'],
];
const BY_KEY = new RegExp(`\\b(?:${KEYS.join('|')})"? = \\$\\d+\\b`);
/** What may leave the key aside, or is put together by what a person asks for. */
const BROAD = /\bOR\b|\bANY\s*\(|\bUNION\b|\bcount\s*\(|\bOFFSET\b|\bLIMIT \$/i;
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
  if (names.size >= MOST_NAMED || !hasOnePlan(text)) return null;
  const name = `recaudo_${names.size}`;
  names.set(text, name);
  return name;
}

function hasOnePlan(text: string): boolean {
  const asked = text.slice(text.lastIndexOf('WHERE'));
  if (BY_KEY.test(asked)) return !BROAD.test(text);
  return ONE_ROW.test(text) && !/\bSELECT\b/.test(text);
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
