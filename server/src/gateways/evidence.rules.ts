import type { JsonValue } from '../audit/audit.entity.js';

const KEPT_DEPTH = 8;
const SECRET_KEYS = /^(auth|token|subtoken|cvv|otp|pin|password|tranKey|secretKey|number|processUrl)$/i;
const PERSON_KEYS = /^(payer|buyer|shipping)$/;

/** What we keep of an answer: no credentials, no tokens, no addresses to pay at, no personal data. */
export function redact(value: unknown, depth = 0): JsonValue {
  if (depth > KEPT_DEPTH) return '…';
  if (Array.isArray(value)) return value.slice(0, 60).map((each) => redactField(each, depth));
  if (typeof value === 'object' && value !== null) {
    const kept = Object.entries(value).slice(0, 80);
    return Object.fromEntries(
      kept.map(([key, each]) => [
        key,
        SECRET_KEYS.test(key) || PERSON_KEYS.test(key) ? '(kept out)' : redact(each, depth + 1),
      ]),
    );
  }
  if (typeof value === 'string') return value.slice(0, 500);
  return typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

function redactField(value: unknown, depth: number): JsonValue {
  const keyword = (value as { keyword?: unknown } | null)?.keyword;
  if (typeof keyword === 'string' && /token|_processUrl_|expiration|accountNumber/i.test(keyword)) {
    return { keyword, value: '(kept out)' };
  }
  return redact(value, depth + 1);
}
