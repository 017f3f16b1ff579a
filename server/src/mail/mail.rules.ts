import type { MailReason } from '@recaudo/shared';
import { z } from 'zod';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** So long a letter waits after each sending that came to nothing; after the last it has failed. House rule. */
const RETRY_AFTER_MS = [MINUTE_MS, 5 * MINUTE_MS, 30 * MINUTE_MS, 2 * HOUR_MS, 12 * HOUR_MS] as const;
const MOST_SENDS = RETRY_AFTER_MS.length + 1;

/** What waited longer than that, perhaps because no mail server was set, would surprise more than it tells. */
const OLDEST_MS = 72 * HOUR_MS;

/** A sending that came to nothing. `final`: nothing that we could wait for would change it. */
export interface Refusal {
  reason: MailReason;
  /** The mail server's own words, cut. */
  answer: string | null;
  final: boolean;
}

/** When a letter is tried again after so many sendings; null: it has failed. */
export function nextTry(refusal: Refusal, sends: number, now: Date): Date | null {
  const wait = RETRY_AFTER_MS[sends - 1];
  return refusal.final || wait === undefined ? null : new Date(now.getTime() + wait);
}

/** Why a letter is not even handed over. `sends` counts the one that would come now. */
export function notToBeSent(queuedAt: Date, sends: number, now: Date): Refusal | null {
  if (now.getTime() - queuedAt.getTime() > OLDEST_MS) return { reason: 'too_old', answer: null, final: true };
  // Each of its sendings was counted, and none came back: whatever it is, it ends our processes.
  if (sends > MOST_SENDS) return { reason: 'interrupted', answer: null, final: true };
  return null;
}

const addressSchema = z.email().max(254);

export function isAddress(text: string): boolean {
  return addressSchema.safeParse(text).success;
}

/** What a mail library's error tells of the mail server. */
export interface SmtpError {
  code?: string | undefined;
  command?: string | undefined;
  response?: string | undefined;
  responseCode?: number | undefined;
}

/**
 * A refusal for good ends a letter only where it is about this recipient or this letter (RFC 5321, 4.2.1). One of our
 * login or of our sender is a setting that somebody will mend.
 */
export function readRefusal({ code, command = '', response, responseCode }: SmtpError): Refusal {
  const answer = response ? response.replace(/\s+/g, ' ').slice(0, 300) : null;
  const forGood = responseCode !== undefined && responseCode >= 500 && responseCode !== 503;
  const put = (reason: MailReason, final = false): Refusal => ({ reason, answer, final });
  if (code === 'EABORT') return put('interrupted');
  if (code === 'ETLS' || code === 'EREQUIRETLS') return put('no_tls');
  if (code === 'EAUTH' || code === 'ENOAUTH') return put('login_refused');
  if (responseCode === undefined) return put('unreachable');
  if (forGood && command === 'RCPT TO') return put('recipient_refused', true);
  if (forGood && command === 'DATA') return put('content_refused', true);
  if (forGood && command === 'MAIL FROM') return put('sender_refused');
  return put('put_off');
}
