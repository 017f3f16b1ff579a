/** Values in JSON by dotted path (`payment.0.status.reason`), pure. `*` stands for every entry of a list. */
import type { Json } from './golden-pair.js';

const isBranch = (value: unknown): value is Json => typeof value === 'object' && value !== null;

export function at(body: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((inner, key) => (isBranch(inner) ? inner[key] : undefined), body);
}

export function has(body: unknown, path: string): boolean {
  const cut = path.lastIndexOf('.');
  const holder = cut < 0 ? body : at(body, path.slice(0, cut));
  return isBranch(holder) && Object.hasOwn(holder, path.slice(cut + 1));
}

/** With another value there; the rest is shared with the original. */
export function withValue(body: Json, path: string, value: unknown): Json {
  return changed(body, path.split('.'), (holder, key) => {
    holder[key] = value;
  }) as Json;
}

/** Without the key; the rest is shared with the original. */
export function without(body: Json, path: string): Json {
  return changed(body, path.split('.'), (holder, key) => {
    delete holder[key];
  }) as Json;
}

function changed(node: unknown, keys: string[], change: (holder: Json, key: string) => void): unknown {
  const [key, ...rest] = keys;
  if (!isBranch(node) || key === undefined) return node;
  const copy = (Array.isArray(node) ? [...(node as unknown[])] : { ...node }) as Json;
  if (rest.length === 0) change(copy, key);
  else copy[key] = changed(node[key], rest, change);
  return copy;
}

/** Every path that a pattern with `*` stands for in this body. */
export function expand(body: unknown, pattern: string): string[] {
  const keys = pattern.split('.');
  const star = keys.indexOf('*');
  if (star < 0) return [pattern];
  const entries = star === 0 ? body : at(body, keys.slice(0, star).join('.'));
  if (!Array.isArray(entries)) return [];
  return entries.flatMap((_entry, index) =>
    expand(body, [...keys.slice(0, star), String(index), ...keys.slice(star + 1)].join('.')),
  );
}
