import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { ChargeOutcome } from '@recaudo/shared';
import type { EntityManager } from 'typeorm';
import { one } from '../../platform/database.js';
import { reasonClass } from '../../schedules/dunning.rules.js';
import type { SessionRow } from '../../sessions/session.entity.js';
import { SessionNews } from '../../sessions/session-news.service.js';
import { CollectResultRow } from './collect-result.entity.js';

const REFUSED = ['rejected', 'failed', 'cancelled', 'expired'];

/** When it was sent, in the site's zone too, and what the newest attempt or else the stored means of payment says. */
const TRIED = `SELECT c.sent_at AS at, (c.sent_at AT TIME ZONE w.zone)::date::text AS day,
  coalesce(t.issuer, i.issuer, '') AS issuer, coalesce(t.method_name, i.brand_name, t.franchise, '') AS brand
  FROM collects c JOIN sites w ON w.id = c.site_id JOIN instruments i ON i.id = c.instrument_id
  LEFT JOIN LATERAL (SELECT * FROM transactions a WHERE a.session_id = c.id
    ORDER BY a.happened_at DESC, a.id DESC LIMIT 1) t ON true
  WHERE c.id = $1`;

type Tried = Pick<CollectResultRow, 'at' | 'day' | 'issuer' | 'brand'>;

/** Keeps how every charge of a stored means of payment ended, in the commit in which that became known. */
@Injectable()
export class CollectResultsService implements OnModuleInit {
  constructor(private readonly news: SessionNews) {}

  onModuleInit(): void {
    this.news.onMoved(async (manager, { session }) => {
      if (session.collected && (session.state === 'approved' || REFUSED.includes(session.state)))
        await this.keep(manager, session);
    });
  }

  private async keep(manager: EntityManager, session: SessionRow): Promise<void> {
    const { id, siteId, currency, amountMinor, state } = session;
    const tried = await one<Tried>(manager, TRIED, [id]);
    if (!tried) return;
    const reason = state === 'approved' ? null : (session.reason ?? '');
    const outcome: ChargeOutcome = reason === null ? 'approved' : reasonClass(reason);
    const row = { ...tried, id, siteId, currency, amountMinor, outcome, reason };
    await manager.upsert(CollectResultRow, row, ['id']);
  }
}
