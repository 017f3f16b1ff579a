import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Language } from '@recaudo/shared';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { AuditService, SYSTEM, type Actor } from '../audit/audit.service.js';
import { Clock } from '../platform/clock.js';
import { requestContext } from '../platform/context.js';
import { ProblemError } from '../platform/problem.js';
import type { Principal } from '../staff/access.js';
import { MailRow } from './mail.entity.js';
import { isAddress } from './mail.rules.js';
import { againOf, maySeeMail } from './mail.view.js';
import type { MailContent } from './templates.rules.js';

export type Mail = MailContent & {
  /** A second mail with the same words here is not written. */
  dedupe: string;
  recipient: string;
  language: Language;
  /** Null: to a person of the house, about no site. */
  siteId: string | null;
  orderId: string | null;
};

/** The outbox of e-mail: what is written into it, by whomever. */
@Injectable()
export class MailService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /**
   * In the caller's transaction: what is told of and its mail are written both or neither. An address that cannot be
   * one fails the letter, and never the caller.
   */
  async queue(manager: EntityManager, mail: Mail): Promise<void> {
    const now = this.clock.now();
    const row: MailRow = {
      ...mail,
      id: uuidv7(),
      createdAt: now,
      queuedAt: this.clock.worker(),
      ...{ sends: 0, sentAt: null, reason: null, answer: null },
      ...{ state: 'queued', nextTryAt: this.clock.due(now) },
    };
    if (!isAddress(mail.recipient))
      Object.assign(row, { state: 'failed', reason: 'invalid_address', nextTryAt: null });
    // Of a history that is only told nobody gets a letter.
    else if (requestContext.getStore()?.practiceNow !== undefined)
      Object.assign(row, { state: 'shown', sentAt: now, nextTryAt: null });
    const written = await manager
      .createQueryBuilder()
      .insert()
      .into(MailRow)
      .values(row)
      .orIgnore()
      .returning('id')
      .execute();
    const isNew = (written.raw as unknown[]).length > 0;
    if (isNew && row.state === 'failed') await this.record(manager, SYSTEM, 'mail.failed', row);
  }

  /** Has a letter that failed sent once more. Errors: not_found; conflict where there is nothing to send again. */
  async again(me: Principal, id: string): Promise<void> {
    await this.database.transaction(async (manager) => {
      const lock = { mode: 'pessimistic_write' } as const;
      const row = await manager.findOne(MailRow, { where: { id }, lock });
      if (!row || !maySeeMail(me, row)) throw new ProblemError('not_found');
      const { why } = againOf(row, me);
      if (why) throw new ProblemError('conflict', { detail: why });
      const now = this.clock.worker();
      const queued = { state: 'queued', queuedAt: now, nextTryAt: now, sends: 0 } as const;
      await manager.update(MailRow, id, queued);
      await this.record(manager, me, 'mail.again', row);
    });
  }

  async record(manager: EntityManager, actor: Actor, kind: string, row: MailRow): Promise<void> {
    const { id, siteId, orderId, template, recipient, reason } = row;
    await this.audit.record(manager, {
      ...{ kind, actor, siteId, subject: { type: 'mail', id } },
      ...(orderId ? { orderId } : {}),
      data: { template, recipient, reason },
    });
  }
}
