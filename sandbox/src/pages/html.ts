import { createHash } from 'node:crypto';

/** A piece of HTML that is safe to put on a page as it is. */
export class Html {
  constructor(readonly text: string) {}
}

type Value = Html | string | number | null | undefined | false | Value[];

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function write(value: Value): string {
  if (value instanceof Html) return value.text;
  if (Array.isArray(value)) return value.map(write).join('');
  if (value === null || value === undefined || value === false) return '';
  return String(value).replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}

/** Builds HTML from a template; every value is escaped unless it is Html itself. */
export function html(parts: TemplateStringsArray, ...values: Value[]): Html {
  return new Html(
    parts.map((part, index) => part + (index < values.length ? write(values[index]) : '')).join(''),
  );
}

/** A whole page and the policy that lets run exactly what stands on it. */
export interface Page {
  text: string;
  securityPolicy: string;
}

export function policyFor(style: string, script: string): string {
  const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  // No form-action: a browser would hold it against the redirect back to the shop as well.
  return [
    "default-src 'none'",
    'img-src data:',
    "connect-src 'self'",
    "base-uri 'none'",
    `style-src ${hash(style)}`,
    `script-src ${script ? hash(script) : "'none'"}`,
  ].join('; ');
}
