/** Values in JSON by dotted path (`payment.0.status.reason`), pure. `*` stands for every entry of a list. */
import type { Json } from './golden-pair.js';

type Node = Record<string, unknown>;

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

export function at(body: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((inner, key) => (isNode(inner) ? inner[key] : undefined), body);
}

export function has(body: unknown, path: string): boolean {
  const { holder, key } = holderOf(body, path);
  return isNode(holder) && Object.hasOwn(holder, key);
}

function holderOf(body: unknown, path: string): { holder: unknown; key: string } {
  const cut = path.lastIndexOf('.');
  return { holder: cut < 0 ? body : at(body, path.slice(0, cut)), key: path.slice(cut + 1) };
}

/** A copy with another value there. */
export function withValue(body: Json, path: string, value: unknown): Json {
  const copy = structuredClone(body);
  const { holder, key } = holderOf(copy, path);
  if (isNode(holder)) holder[key] = value;
  return copy;
}

/** A copy without the key. */
export function without(body: Json, path: string): Json {
  const copy = structuredClone(body);
  const { holder, key } = holderOf(copy, path);
  if (isNode(holder)) delete holder[key];
  return copy;
}

/** Every path that a pattern with `*` stands for in this body. */
export function expand(body: unknown, pattern: string): string[] {
  const star = pattern.split('.').indexOf('*');
  if (star < 0) return [pattern];
  const keys = pattern.split('.');
  const list = keys.slice(0, star).join('.');
  const entries = star === 0 ? body : at(body, list);
  if (!Array.isArray(entries)) return [];
  return entries.flatMap((_entry, index) =>
    expand(body, [...keys.slice(0, star), String(index), ...keys.slice(star + 1)].join('.')),
  );
}
