/** Sending pages and reading their forms, for payers and for staff alike. */
import type { FastifyReply } from 'fastify';
import type { Page } from '../pages/html.js';

/** What a form sent, by the names of its fields. */
export type Form = Record<string, string>;

export const FORM_LIMIT_BYTES = 64 * 1024;

/** Fields that come twice, or are not text, are no fields of our forms. */
export function readForm(body: unknown): Form {
  if (typeof body !== 'object' || body === null) return {};
  const entries = Object.entries(body).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  // Control characters cannot be typed into a field, and NUL cannot be stored.
  return Object.fromEntries(entries.map(([name, text]) => [name, text.replace(/\p{Cc}/gu, ' ')]));
}

/** `referrerPolicy`: addresses of payers' pages are secrets; staff's forms have to say where they come from. */
export function sendPage(
  reply: FastifyReply,
  http: number,
  page: Page,
  referrerPolicy: 'no-referrer' | 'same-origin' = 'no-referrer',
): FastifyReply {
  return reply
    .code(http)
    .type('text/html; charset=utf-8')
    .headers({
      'cache-control': 'no-store',
      'referrer-policy': referrerPolicy,
      'x-content-type-options': 'nosniff',
      'content-security-policy': page.securityPolicy,
    })
    .send(page.text);
}

export function leave(reply: FastifyReply, url: string): FastifyReply {
  return reply.header('cache-control', 'no-store').redirect(url, 303);
}
