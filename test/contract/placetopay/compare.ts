/** How a gateway's answer is held against a pair, pure: keys, types, nulls and order all count. */
import { isDeepStrictEqual } from 'node:util';
import type { GoldenAnswer, GoldenPair, Json } from './golden-pair.js';
import { at, expand, has, without, withValue } from './paths.js';

/** As it goes over the wire: what is undefined is absent. */
const onTheWire = (body: Json): Json => JSON.parse(JSON.stringify(body)) as Json;

/**
 * What distinguishes an answer from the pair's, in sentences; none when the gateway answered as the document says.
 * Values of `free` paths must look as they must, and be text or numbers; `optional` paths count where both have them.
 */
export function differences(pair: GoldenPair, answer: GoldenAnswer): string[] {
  const found: string[] = [];
  let wanted = onTheWire(pair.answer.body);
  let given = onTheWire(answer.body);
  for (const path of paths(pair.optional ?? [], wanted, given)) {
    if (has(wanted, path) && has(given, path)) continue;
    wanted = without(wanted, path);
    given = without(given, path);
  }
  for (const [pattern, look] of Object.entries(pair.free)) {
    for (const path of expand(wanted, pattern)) {
      if (!has(wanted, path)) continue;
      const value = at(given, path);
      if (looksLike(value, look)) given = withValue(given, path, at(wanted, path));
      else found.push(`${path}: ${show(value)} does not look like ${String(look)}`);
    }
  }
  for (const [one, other] of pair.same ?? []) {
    if (!isDeepStrictEqual(at(answer.body, one), at(answer.body, other)))
      found.push(`${one} is not ${other}`);
  }
  if (answer.http !== pair.answer.http) found.push(`HTTP ${answer.http} instead of ${pair.answer.http}`);
  return [...found, ...differ('', wanted, given)];
}

/** Text, a number, or a list of numbers with commas between them. */
export const looksLike = (value: unknown, look: RegExp): boolean =>
  (Array.isArray(value) ? value : [value]).every((each) => isPlain(each)) && look.test(String(value));

const isPlain = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number';

function paths(patterns: string[], ...bodies: Json[]): string[] {
  return [...new Set(patterns.flatMap((pattern) => bodies.flatMap((body) => expand(body, pattern))))];
}

const show = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value));

function differ(path: string, wanted: unknown, given: unknown): string[] {
  if (isDeepStrictEqual(wanted, given)) return [];
  if (!isBranch(wanted) || !isBranch(given) || Array.isArray(wanted) !== Array.isArray(given)) {
    return [`${path || 'body'}: ${show(given)} instead of ${show(wanted)}`];
  }
  const keys = new Set([...Object.keys(wanted), ...Object.keys(given)]);
  return [...keys].flatMap((key) => differ(path ? `${path}.${key}` : key, wanted[key], given[key]));
}

const isBranch = (value: unknown): value is Json => typeof value === 'object' && value !== null;
