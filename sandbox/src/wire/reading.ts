/**
 * Reading single values of a request. Official clients send numbers as strings, empty strings and nulls for what they do
 * not have (protocol 11): null and "" count as absent everywhere.
 */
import { Refusal } from './refusal.js';

export type Json = Record<string, unknown>;

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

/** An optional text. A number counts as its digits. Throws Refusal when it is neither or longer than `max`. */
export function readText(value: unknown, field: string, max: number): string | undefined {
  if (isAbsent(value)) return undefined;
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string') throw new Refusal(field, 'string');
  if (text.length > max) throw new Refusal(field, 'tooLong', String(max));
  return text;
}

export function requireText(value: unknown, field: string, max: number): string {
  const text = readText(value, field, max);
  if (text === undefined || text.trim() === '') throw new Refusal(field, 'required');
  return text;
}

const REFERENCE = /^[\p{L}\p{N} _\-#/$:.,+@*=|()[\]&%!]+$/u;

/** A merchant's own reference (protocol 3.1). */
export function readReference(value: unknown, field: string): string {
  const reference = requireText(value, field, 32);
  if (!REFERENCE.test(reference)) throw new Refusal(field, 'characters');
  return reference;
}

/** An http or https address; anything else could not be gone back to, or would run code in the payer's browser. */
export function readUrl(value: unknown, field: string, max: number): string | undefined {
  const text = readText(value, field, max);
  if (text === undefined) return undefined;
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) throw new Refusal(field, 'url');
  return text;
}

export function readBoolean(value: unknown, field: string): boolean | undefined {
  if (isAbsent(value)) return undefined;
  if (value === true || value === 'true' || value === 1 || value === '1') return true;
  if (value === false || value === 'false' || value === 0 || value === '0') return false;
  throw new Refusal(field, 'boolean');
}

export function readObject(value: unknown, field: string): Json | undefined {
  if (isAbsent(value)) return undefined;
  // PHP writes an empty object as an empty list.
  if (Array.isArray(value) && value.length === 0) return undefined;
  if (!isObject(value)) throw new Refusal(field, 'object');
  return value;
}

export function readList(value: unknown, field: string): unknown[] {
  if (isAbsent(value)) return [];
  if (!Array.isArray(value)) throw new Refusal(field, 'list');
  return value;
}

/** Cuts a text silently; leaves other values as they are. */
export function cut(value: unknown, max: number): unknown {
  return typeof value === 'string' ? value.slice(0, max) : value;
}

/** The object without its undefined entries: what is absent stays absent on the wire. */
export function compact<T extends object>(entries: T): T {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)) as T;
}

const CARD_NUMBER = /\d(?:[ -]?\d){12,18}/;

export function holdsCardNumber(text: string): boolean {
  return CARD_NUMBER.test(text);
}
