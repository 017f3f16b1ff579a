import type { MailDetail, MailTemplate, MailView } from '@recaudo/shared';
import { maySee, type Principal } from '../staff/access.js';
import type { MailRow } from './mail.entity.js';
import { isAddress } from './mail.rules.js';
import type { Rendered } from './templates/layout.js';
import { renderMail } from './templates.rules.js';

/** A letter as the list's SQL tells it. */
export interface ListedMail {
  row: MailRow;
  reference: string | null;
}

export function maySeeMail(me: Pick<Principal, 'scope' | 'permissions'>, { siteId }: MailRow): boolean {
  return siteId === null ? seesPeoplesMail(me) : maySee(me.scope, siteId);
}

/** Letters about no site are letters to people of the house. */
export function seesPeoplesMail({ permissions }: Pick<Principal, 'permissions'>): boolean {
  return permissions.has('people:manage');
}

/** Whether it can be sent again, and if not, why. */
export function againOf(row: MailRow, { permissions }: Pick<Principal, 'permissions'>) {
  const why = whyNotAgain(row, permissions);
  return { action: 'again' as const, allowed: why === null, why };
}

function whyNotAgain(row: MailRow, permissions: Principal['permissions']): string | null {
  if (row.state !== 'failed') return 'mail_not_failed';
  if (!isAddress(row.recipient)) return 'mail_address';
  if (!renderMail(row.template, row.data, row.language)) return 'mail_unreadable';
  return permissions.has('mails:send') ? null : 'no_permission';
}

export function mailView(mail: ListedMail, me: Principal): MailView {
  return viewOf(mail, me, renderMail(mail.row.template, mail.row.data, mail.row.language));
}

export function mailDetail(mail: ListedMail, me: Principal): MailDetail {
  const rendered = renderMail(mail.row.template, mail.row.data, mail.row.language);
  return { ...viewOf(mail, me, rendered), text: rendered?.text ?? null, html: rendered?.html ?? null };
}

function viewOf({ row, reference }: ListedMail, me: Principal, rendered: Rendered | null): MailView {
  const { id, siteId, language, recipient, state, sends, reason, answer } = row;
  return {
    ...{ id, siteId, reference, language, recipient, state, sends, reason, answer },
    template: row.template as MailTemplate,
    subject: rendered?.subject ?? null,
    createdAt: row.createdAt.toISOString(),
    nextTryAt: row.nextTryAt?.toISOString() ?? null,
    sentAt: row.sentAt?.toISOString() ?? null,
    availableActions: [againOf(row, me)],
  };
}
