import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { COUNT_CAP, type HomeView, type Pile } from '@recaudo/shared';
import { DataSource } from 'typeorm';
import { Clock } from '../platform/clock.js';
import { KeysService } from '../staff/keys.service.js';
import { PeopleService } from '../staff/people.service.js';
import type { Principal } from '../staff/access.js';
import { SitesService } from '../sites/sites.service.js';

const DAYS_SHOWN = 14;

/** A session is late when its time is over and nobody has said how it ended. */
const PILES = {
  waiting: `FROM sessions WHERE state = 'pending' AND expires_at >= $2`,
  late: `FROM sessions WHERE state IN ('pending', 'opening') AND expires_at < $2`,
  partial: `FROM sessions WHERE queue = 'partial' AND created_at <= $2`,
  remainder: `FROM sessions WHERE queue = 'remainder' AND created_at <= $2`,
  toConfirm: `FROM sessions WHERE queue = 'confirm' AND created_at <= $2`,
  expiring: `FROM preauthorizations WHERE state = 'active' AND expires_at <= $2::timestamptz + interval '72 hours'`,
} as const;

/** What is left of sessions that are paid in part. */
const LEFT = 'amount_minor - approved_minor';

@Injectable()
export class HomeService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly people: PeopleService,
    private readonly keys: KeysService,
    private readonly sites: SitesService,
    private readonly clock: Clock,
  ) {}

  async read(me: Principal): Promise<HomeView> {
    const payments = me.permissions.has('sessions:read') ? await this.payments(me) : null;
    const setup = me.permissions.has('sites:manage') ? await this.setup() : null;
    return { payments, setup };
  }

  private async payments(me: Principal): Promise<HomeView['payments']> {
    const now = this.clock.now();
    const { zone } = await this.people.get(me.id);
    const [waiting, late, broken, partial, remainder, toConfirm, expiring, approvedToday, days] =
      await Promise.all([
        this.pile(PILES.waiting, 'created_at', me, now),
        this.pile(PILES.late, 'expires_at', me, now),
        this.pile(`FROM reviews WHERE resolved_at IS NULL AND opened_at <= $2`, 'opened_at', me, now),
        this.pile(PILES.partial, 'queue_at', me, now, LEFT),
        this.pile(PILES.remainder, 'queue_at', me, now, LEFT),
        this.pile(PILES.toConfirm, 'queue_at', me, now),
        this.pile(PILES.expiring, 'expires_at', me, now, 'most_minor'),
        this.approvedToday(me, now, zone),
        this.days(me, now, zone),
      ]);
    return { waiting, late, broken, partial, remainder, toConfirm, expiring, approvedToday, days };
  }

  /** Counts, ages and sums what the condition finds, up to the cap: beyond it a home page needs no exact figure. */
  private async pile(
    condition: string,
    age: string,
    me: Principal,
    now: Date,
    amount = 'amount_minor',
  ): Promise<Pile> {
    const rows = await this.database.query<PileRow[]>(
      `SELECT currency, count(*)::int AS count, sum(amount)::text AS amount, min(at) AS oldest
       FROM (SELECT currency, ${amount} AS amount, ${age} AS at ${condition} AND ($1::uuid[] IS NULL OR site_id = ANY($1))
             LIMIT ${COUNT_CAP + 1}) capped
       GROUP BY currency ORDER BY currency`,
      [me.scope, now],
    );
    return pileOf(rows);
  }

  private async approvedToday(me: Principal, now: Date, zone: string): Promise<Pile> {
    const rows = await this.database.query<PileRow[]>(
      `SELECT from_currency AS currency, count(*)::int AS count, sum(from_minor)::text AS amount, min(happened_at) AS oldest
       FROM transactions
       WHERE kind = 'payment' AND state = 'approved' AND ($1::uuid[] IS NULL OR site_id = ANY($1))
         AND happened_at >= date_trunc('day', $2::timestamptz, $3) AND happened_at <= $2
       GROUP BY from_currency ORDER BY from_currency`,
      [me.scope, now, zone],
    );
    return pileOf(rows);
  }

  private async days(
    me: Principal,
    now: Date,
    zone: string,
  ): Promise<NonNullable<HomeView['payments']>['days']> {
    return this.database.query(
      `SELECT to_char(happened_at AT TIME ZONE $3, 'YYYY-MM-DD') AS day, from_currency AS currency,
         COALESCE(sum(from_minor) FILTER (WHERE state = 'approved'), 0)::float8 AS "approvedMinor",
         (count(*) FILTER (WHERE state = 'approved'))::int AS approved,
         (count(*) FILTER (WHERE state = 'rejected'))::int AS rejected
       FROM transactions
       WHERE kind = 'payment' AND ($1::uuid[] IS NULL OR site_id = ANY($1))
         AND happened_at >= date_trunc('day', $2::timestamptz, $3) - interval '${DAYS_SHOWN - 1} days' AND happened_at <= $2
       GROUP BY 1, 2 ORDER BY 1, 2`,
      [me.scope, now, zone],
    );
  }

  private async setup(): Promise<HomeView['setup']> {
    const [sites, people, keys] = await Promise.all([
      this.sites.setUp(),
      this.people.count(),
      this.keys.list(),
    ]);
    return { ...sites, people: people > 1, key: keys.some((key) => key.revokedAt === null) };
  }
}

interface PileRow {
  currency: Pile['amounts'][number]['currency'] | null;
  count: number;
  amount: string | null;
  oldest: Date | null;
}

function pileOf(rows: PileRow[]): Pile {
  const count = rows.reduce((sum, row) => sum + row.count, 0);
  const ages = rows.flatMap((row) => (row.oldest ? [row.oldest.getTime()] : []));
  return {
    count: { count: Math.min(count, COUNT_CAP), capped: count > COUNT_CAP },
    oldestAt: ages.length > 0 ? new Date(Math.min(...ages)).toISOString() : null,
    amounts: rows.flatMap((row) =>
      row.currency && row.amount !== null
        ? [{ currency: row.currency, amountMinor: Number(row.amount), count: row.count }]
        : [],
    ),
  };
}
