import { Injectable, type OnModuleInit } from '@nestjs/common';
import { localDay, type ChargeOutcome } from '@recaudo/shared';
import type { EntityManager } from 'typeorm';
import { InstrumentRow } from '../../instruments/instrument.entity.js';
import { reasonClass } from '../../schedules/dunning.rules.js';
import { CollectRow } from '../../sessions/collect.entity.js';
import type { SessionRow } from '../../sessions/session.entity.js';
import { SessionNews } from '../../sessions/session-news.service.js';
import { SiteRow } from '../../sites/site.entity.js';
import { TransactionsService } from '../../transactions/transactions.service.js';
import { CollectResultRow } from './collect-result.entity.js';

const REFUSED = ['rejected', 'failed', 'cancelled', 'expired'];

/** Keeps how every charge of a stored means of payment ended, in the commit in which that became known. */
@Injectable()
export class CollectResultsService implements OnModuleInit {
  constructor(
    private readonly news: SessionNews,
    private readonly transactions: TransactionsService,
  ) {}

  onModuleInit(): void {
    this.news.onMoved(async (manager, session) => {
      if (session.collected && (session.state === 'approved' || REFUSED.includes(session.state)))
        await this.keep(manager, session);
    });
  }

  private async keep(manager: EntityManager, session: SessionRow): Promise<void> {
    const { id, siteId, currency, amountMinor, state } = session;
    const collect = await manager.findOneByOrFail(CollectRow, { id });
    const { zone } = await manager.findOneByOrFail(SiteRow, { id: siteId });
    const [attempt] = await this.transactions.ofSession(manager, id);
    const stored = await manager.findOneBy(InstrumentRow, { id: collect.instrumentId });
    const reason = state === 'approved' ? null : (attempt?.reason ?? session.reason ?? '');
    const outcome: ChargeOutcome = reason === null ? 'approved' : reasonClass(reason);
    const row = {
      ...{ id, siteId, at: collect.sentAt, day: localDay(collect.sentAt, zone), currency, amountMinor },
      issuer: attempt?.issuer ?? stored?.issuer ?? '',
      brand: attempt?.franchise ?? stored?.brand ?? attempt?.methodName ?? '',
      ...{ outcome, reason },
    };
    await manager.upsert(CollectResultRow, row, ['id']);
  }
}
