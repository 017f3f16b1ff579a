import { createHash } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { GatewaysService } from '../gateways/gateways.service.js';
import { Clock } from '../platform/clock.js';
import { requestContext } from '../platform/context.js';
import { dueRows } from '../platform/due-rows.js';
import { Jobs } from '../platform/jobs.js';
import { ProblemError } from '../platform/problem.js';
import { ReviewsService } from '../reviews/reviews.service.js';
import { SitesService } from '../sites/sites.service.js';
import { NotificationRow } from './notification.entity.js';

/**
 * `unmatched`: nothing of ours, kept for a person to see. `retry`: the gateway could not be asked yet;
 * `retry_unmatched`: neither could it be asked, nor is it known to be ours, so that in the end a person must see it.
 */
export type InboxVerdict = 'handled' | 'unmatched' | 'retry' | 'retry_unmatched';
export type InboxHandler = (notification: NotificationRow) => Promise<InboxVerdict>;

const LEASE_MS = 60_000;
/** Seconds to wait before each further try; afterwards the probe is left to find out. */
const RETRY_AFTER_S = [2, 5, 15, 60, 300, 900];

/** Notifications of every gateway: verified, stored, answered; then handled from the stored row. */
@Injectable()
export class InboxService implements OnModuleInit {
  private readonly handlers = new Map<NotificationRow['kind'], InboxHandler>();

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly sites: SitesService,
    private readonly gateways: GatewaysService,
    private readonly reviews: ReviewsService,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.register<string>({
      name: 'inbox',
      everyMs: 1_000,
      batch: 100,
      concurrency: 8,
      ...dueRows(this.database, { table: 'notifications', column: 'next_attempt_at', leaseMs: LEASE_MS }),
      handle: (id) => this.process(id),
    });
  }

  /** Higher slices say what a kind of notification means. */
  handle(kind: NotificationRow['kind'], handler: InboxHandler): void {
    this.handlers.set(kind, handler);
  }

  /**
   * Verifies and stores; returns once it is committed. A repeat changes nothing. Errors: not_found for an unknown
   * account, bad_signature, validation naming the field.
   */
  async receive(accountId: string, body: unknown): Promise<void> {
    const account = await this.sites.openAccount(accountId);
    const reading = this.gateways.port(account.row.gateway).readNotification(body, account.secrets);
    if (reading.kind === 'badSignature')
      throw new ProblemError('bad_signature', { errors: { signature: ['bad_signature'] } });
    if (reading.kind === 'malformed')
      throw new ProblemError('validation', { errors: { [reading.field]: ['invalid_format'] } });
    const practiceNow = requestContext.getStore()?.practiceNow;
    const stored = await this.database.query<{ id: string }[]>(
      `INSERT INTO notifications (id, site_id, gateway_account_id, kind, gateway_number, reference, digest, body, claim,
         state, tries, next_attempt_at, practice_at, received_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'received', 0, $10, $11, $12)
       ON CONFLICT ON CONSTRAINT notifications_digest_key DO NOTHING RETURNING id`,
      [
        uuidv7(),
        account.row.siteId,
        account.row.id,
        reading.kind,
        reading.kind === 'session' ? reading.number : reading.charge.internalReference,
        (reading.kind === 'session' ? reading : reading.charge).reference.slice(0, 64),
        createHash('sha256').update(JSON.stringify(body)).digest('hex'),
        JSON.stringify(reading.evidence),
        JSON.stringify(reading.kind === 'recurring' ? reading.charge : reading.end),
        this.clock.worker(),
        practiceNow === undefined ? null : new Date(practiceNow),
        this.clock.now(),
      ],
    );
    if (stored.length > 0) this.jobs.nudge('inbox');
  }

  private async process(id: string): Promise<void> {
    const row = await this.database.manager.findOneBy(NotificationRow, { id });
    const handler = row && this.handlers.get(row.kind);
    if (!row || !handler) throw new Error(`no handler for notification ${id}`);
    const context = {
      requestId: `notification-${id}`,
      ...(row.practiceAt ? { practiceNow: row.practiceAt.getTime() } : {}),
    };
    await requestContext.run(context, async () => {
      const verdict = await handler(row).catch(async (error: unknown) => {
        // One that fails each time must come to an end too: the probe asks about its session in any case.
        await this.retry(row, 'retry');
        throw error;
      });
      if (verdict === 'retry' || verdict === 'retry_unmatched') await this.retry(row, verdict);
      else await this.finish(row, verdict);
    });
  }

  private async finish(row: NotificationRow, state: 'handled' | 'unmatched' | 'given_up'): Promise<void> {
    const change = { state, tries: row.tries + 1, nextAttemptAt: null, handledAt: this.clock.now() };
    if (state !== 'unmatched') {
      await this.database.manager.update(NotificationRow, row.id, change);
      return;
    }
    await this.database.transaction(async (manager) => {
      await manager.update(NotificationRow, row.id, change);
      await this.reviews.open(manager, {
        kind: 'opened_elsewhere',
        siteId: row.siteId,
        subject: `number:${row.gatewayAccountId}:${row.gatewayNumber}`,
        reference: row.reference,
        data: { gatewayNumber: row.gatewayNumber, notificationId: row.id },
      });
    });
  }

  private async retry(row: NotificationRow, verdict: 'retry' | 'retry_unmatched'): Promise<void> {
    const wait = RETRY_AFTER_S[row.tries];
    if (wait === undefined) return this.finish(row, verdict === 'retry_unmatched' ? 'unmatched' : 'given_up');
    await this.database.manager.update(NotificationRow, row.id, {
      tries: row.tries + 1,
      nextAttemptAt: new Date(this.clock.worker().getTime() + wait * 1_000),
    });
  }
}
