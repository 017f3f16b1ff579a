import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { InstrumentView } from '@recaudo/shared';
import { DataSource, type EntityManager } from 'typeorm';
import { GATEWAY } from '../audit/audit.service.js';
import type { InvalidateAnswer } from '../gateways/gateway.port.js';
import { GatewaysService } from '../gateways/gateways.service.js';
import { Clock } from '../platform/clock.js';
import { dueRows } from '../platform/due-rows.js';
import { ProblemError } from '../platform/problem.js';
import { Sealing } from '../platform/sealing.js';
import { ReviewsService } from '../reviews/reviews.service.js';
import { SitesService } from '../sites/sites.service.js';
import { maySee, type Principal } from '../staff/access.js';
import { InstrumentRow } from './instrument.entity.js';
import { instrumentForShop } from './instrument.rules.js';
import { instrumentView } from './instrument.view.js';
import { InstrumentsService } from './instruments.service.js';

/** Longer than the adapter's deadline for money. */
const LEASE_MS = 45_000;
const MINUTE = 60_000;
/** Asked again after so long, then every time after the last: for a week in all. */
const AGAIN_AFTER = [MINUTE, 10 * MINUTE, 60 * MINUTE, 6 * 60 * MINUTE];
const MOST_SENDS = 31;
const NO_TOKEN: InvalidateAnswer = { kind: 'unknown', why: 'it has no token' };

/**
 * Ends a stored means of payment. It is unusable here from the request on; the gateway is asked until it says that it is
 * dead there too, because to ask twice moves nothing (protocol 3.7).
 */
@Injectable()
export class RevocationsService {
  private readonly logger = new Logger('instruments');

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly sealing: Sealing,
    private readonly sites: SitesService,
    private readonly gateways: GatewaysService,
    private readonly reviews: ReviewsService,
    private readonly instruments: InstrumentsService,
    private readonly clock: Clock,
  ) {}

  /** Of one that is being ended the gateway is asked once more. Errors: not_found. */
  async revoke(me: Principal, id: string, reason: string): Promise<InstrumentView> {
    const asked = await this.database.transaction(async (manager) => {
      const row = await this.instruments.lock(manager, id);
      if (!maySee(me.scope, row.siteId)) throw new ProblemError('not_found');
      if (row.state !== 'active' && row.state !== 'suspended') return row;
      const change = {
        ...{ state: 'revoking' as const, revokeReason: reason },
        ...{ revokeAskedAt: this.clock.now(), revokeAskedByName: me.name, nextTryAt: this.lease() },
      };
      await manager.update(InstrumentRow, id, change);
      await this.instruments.record(manager, me, row, 'instrument.revoke_asked', { reason });
      return { ...row, ...change };
    });
    const view = instrumentView(await this.ask(asked));
    return me.type === 'key' ? instrumentForShop(view) : view;
  }

  due(): ReturnType<typeof dueRows> {
    return dueRows(this.database, { table: 'instruments', column: 'next_try_at', leaseMs: LEASE_MS });
  }

  async askAgain(id: string): Promise<void> {
    const row = await this.database.manager.findOneBy(InstrumentRow, { id });
    if (row) await this.ask(row);
  }

  private async ask(row: InstrumentRow): Promise<InstrumentRow> {
    if (row.state !== 'revoking') return row;
    const answer = row.type === 'token' ? await this.invalidate(row) : NO_TOKEN;
    return this.database.transaction((manager) => this.conclude(manager, row, answer));
  }

  /** A try that fails here, because a key of the ring is gone say, is a try as well. */
  private async invalidate(row: InstrumentRow): Promise<InvalidateAnswer> {
    try {
      const { row: account, credentials } = await this.sites.openAccount(row.gatewayAccountId);
      const token = this.sealing.open(row.secretSealed, row.id);
      const answer = await this.gateways.port(account.gateway).invalidate(credentials, token);
      if (answer.kind === 'refused' && answer.authentication)
        await this.sites.flag(account.id, answer.message);
      return answer;
    } catch (error) {
      this.logger.error(`instrument ${row.id} was not ended: ${String(error)}`);
      return { kind: 'unknown', why: 'nothing was asked' };
    }
  }

  private async conclude(
    manager: EntityManager,
    { id, type }: InstrumentRow,
    answer: InvalidateAnswer,
  ): Promise<InstrumentRow> {
    const row = await this.instruments.lock(manager, id);
    if (row.state !== 'revoking') return row;
    const revokeSends = row.revokeSends + 1;
    const subject = `instrument:${id}`;
    if (answer.kind === 'invalidated') {
      const change = { state: 'revoked' as const, revokeSends, nextTryAt: null };
      await manager.update(InstrumentRow, id, change);
      await this.instruments.record(manager, GATEWAY, row, 'instrument.revoked');
      await this.reviews.close(manager, row.siteId, 'revoke_unproven', subject);
      return { ...row, ...change };
    }
    // An account has no token that the gateway could be asked to end (protocol 4.8): a person does it there.
    const isLast = type !== 'token' || revokeSends >= MOST_SENDS;
    const change = { revokeSends, nextTryAt: isLast ? null : this.nextTry(revokeSends) };
    await manager.update(InstrumentRow, id, change);
    if (isLast) {
      const { siteId, sessionId, lastFour, brandName } = row;
      const data = { lastFour, brand: brandName };
      await this.reviews.open(manager, { kind: 'revoke_unproven', siteId, subject, sessionId, data });
    }
    return { ...row, ...change };
  }

  private nextTry(sends: number): Date {
    const wait = AGAIN_AFTER[Math.min(sends, AGAIN_AFTER.length) - 1] ?? MINUTE;
    return new Date(this.clock.worker().getTime() + wait);
  }

  private lease(): Date {
    return new Date(this.clock.worker().getTime() + LEASE_MS);
  }
}
