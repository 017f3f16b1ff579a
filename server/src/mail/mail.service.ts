import { Injectable } from '@nestjs/common';
import type { Language } from '@recaudo/shared';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { JsonValue } from '../audit/audit.entity.js';
import { Clock } from '../platform/clock.js';
import { MailRow } from './mail.entity.js';

export interface Mail {
  template: string;
  /** A second mail with the same words here is not written. */
  dedupe: string;
  recipient: string;
  language: Language;
  siteId: string | null;
  orderId: string | null;
  data: Record<string, JsonValue>;
}

/** The outbox of e-mail. Rows wait in it; nothing sends them yet. */
@Injectable()
export class MailService {
  constructor(private readonly clock: Clock) {}

  /** In the caller's transaction: what is told of and its mail are written both or neither. */
  async queue(manager: EntityManager, mail: Mail): Promise<void> {
    await manager
      .createQueryBuilder()
      .insert()
      .into(MailRow)
      .values({ ...mail, id: uuidv7(), state: 'queued', createdAt: this.clock.now() })
      .orIgnore()
      .execute();
  }
}
