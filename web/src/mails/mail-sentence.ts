import type { MailDelivery, MailReason, MailView } from '@recaudo/shared';
import type { Translate } from '../fields/reader.js';

type Told = Pick<MailView, 'state' | 'sends' | 'reason' | 'sentAt' | 'nextTryAt'>;

/** With these it was never handed over, or not any more. */
const UNSENT: readonly (MailReason | null)[] = ['invalid_address', 'unreadable', 'too_old'];

/** What became of the letter and what comes next. `delivery`: undefined until it is known. */
export function mailSentence(
  { state, sends, reason, sentAt, nextTryAt }: Told,
  delivery: MailDelivery | undefined,
  { t, clock }: { t: Translate; clock: (iso: string) => string },
): string {
  const why = reason ? t(`mails.reason.${reason}`) : '';
  if (state === 'sent') return t('mails.said.sent', { at: clock(sentAt ?? '') });
  if (state === 'shown') return t('mails.said.shown');
  if (state === 'failed')
    return UNSENT.includes(reason)
      ? t('mails.said.failed_unsent', { why })
      : t('mails.said.failed', { why, smart_count: sends });
  if (delivery === 'waits') return t('mails.said.waits');
  if (reason && nextTryAt) return t('mails.said.again', { why, at: clock(nextTryAt) });
  return t('mails.said.queued');
}
