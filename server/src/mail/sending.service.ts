import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { MailDelivery } from '@recaudo/shared';
import { DataSource } from 'typeorm';
import { SYSTEM } from '../audit/audit.service.js';
import { Clock } from '../platform/clock.js';
import { SETTINGS, type Settings } from '../platform/config.js';
import { dueRows } from '../platform/due-rows.js';
import { MailRow } from './mail.entity.js';
import { nextTry, notToBeSent, type Refusal } from './mail.rules.js';
import { MailService } from './mail.service.js';
import { SmtpService } from './smtp.service.js';
import { renderMail } from './templates.rules.js';

/** Four times the time that a letter may take to be handed over. */
const LEASE_MS = 120_000;

/** Takes letters out of the outbox. A sending is counted before it is made and told after it, each in a commit of its own. */
@Injectable()
export class SendingService implements OnApplicationBootstrap {
  private readonly logger = new Logger('mail');

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly smtp: SmtpService,
    private readonly mail: MailService,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    if (this.delivery === 'waits')
      this.logger.warn('SMTP_URL is not set: e-mail waits in the outbox and is not sent.');
  }

  get delivery(): MailDelivery {
    if (this.smtp.isSet) return 'sent';
    return this.settings.production ? 'waits' : 'shown';
  }

  /** Where nothing can be sent nothing is claimed: it stays due, and is counted as such. */
  due(): ReturnType<typeof dueRows> {
    const rows = dueRows(this.database, { table: 'mails', column: 'next_try_at', leaseMs: LEASE_MS });
    return { ...rows, claim: async (...asked) => (this.delivery === 'waits' ? [] : rows.claim(...asked)) };
  }

  async send(id: string): Promise<void> {
    const row = await this.begin(id);
    if (!row) return;
    const refusal = await this.deliver(row);
    if (refusal === null) return this.succeed(row);
    const next = nextTry(refusal, row.sends, this.clock.worker());
    if (next) return this.putOff(row, refusal, next);
    await this.fail(row, refusal);
  }

  private async begin(id: string): Promise<MailRow | null> {
    return this.database.transaction(async (manager) => {
      const lock = { mode: 'pessimistic_write' } as const;
      const row = await manager.findOne(MailRow, { where: { id, state: 'queued' }, lock });
      if (!row) return null;
      row.sends += 1;
      await manager.update(MailRow, id, { sends: row.sends });
      return row;
    });
  }

  private async deliver(row: MailRow): Promise<Refusal | null> {
    const rendered = renderMail(row.template, row.data, row.language);
    if (!rendered) return { reason: 'unreadable', answer: null, final: true };
    if (this.delivery === 'shown') return null;
    const refused = notToBeSent(row.queuedAt, row.sends, this.clock.worker());
    if (refused) return refused;
    return this.smtp.send({ ...rendered, id: row.id, recipient: row.recipient, date: row.createdAt });
  }

  /** True whatever another process, whose lease this was too, thinks of it. */
  private async succeed({ id }: MailRow): Promise<void> {
    await this.database.manager.update(
      MailRow,
      { id, state: 'queued' },
      {
        ...{ state: this.smtp.isSet ? ('sent' as const) : ('shown' as const), sentAt: this.clock.worker() },
        ...{ nextTryAt: null, reason: null, answer: null },
      },
    );
  }

  private async putOff({ id, sends }: MailRow, refusal: Refusal, nextTryAt: Date): Promise<void> {
    const { reason, answer } = refusal;
    // Unless somebody else has begun another sending meanwhile: that one tells how it ended.
    await this.database.manager.update(
      MailRow,
      { id, state: 'queued', sends },
      { nextTryAt, reason, answer },
    );
  }

  private async fail({ id, sends }: MailRow, { reason, answer }: Refusal): Promise<void> {
    await this.database.transaction(async (manager) => {
      const lock = { mode: 'pessimistic_write' } as const;
      const row = await manager.findOne(MailRow, { where: { id, state: 'queued', sends }, lock });
      if (!row) return;
      await manager.update(MailRow, id, { state: 'failed', nextTryAt: null, reason, answer });
      await this.mail.record(manager, SYSTEM, 'mail.failed', { ...row, reason });
    });
  }
}
