import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, In } from 'typeorm';
import type { AskedRow, BatchHandler, JudgedRow, PossibleRow } from '../batches/batch.rules.js';
import { Clock } from '../platform/clock.js';
import { ProblemError } from '../platform/problem.js';
import { HoldStepsService } from '../preauthorizations/hold-steps.service.js';
import { PreauthorizationRow } from '../preauthorizations/preauthorization.entity.js';
import { holdWhy, amountWhy } from '../preauthorizations/preauthorization.rules.js';
import { SiteRow } from '../sites/site.entity.js';
import type { Principal } from '../staff/access.js';
import { TransactionRow } from '../transactions/transaction.entity.js';
import { isLiveOperation, LIVE_OPERATION_STATES } from '../transactions/transaction.states.js';
import { judgeRefund } from './refund-check.rules.js';
import { RefundFactsService } from './refund-facts.service.js';
import { RefundLimitsService } from './refund-limits.service.js';
import { RefundsService } from './refunds.service.js';
import { TransactionListStore } from './transaction-list.store.js';

/** What refunds, captures and releases lend to batches: how each row is judged, and how it is carried out. */
@Injectable()
export class BatchHandlersService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly refunds: RefundsService,
    private readonly facts: RefundFactsService,
    private readonly limits: RefundLimitsService,
    private readonly steps: HoldStepsService,
    private readonly lists: TransactionListStore,
    private readonly clock: Clock,
  ) {}

  reverse(): BatchHandler {
    return {
      permission: 'transactions:reverse',
      judge: (me, rows) => this.judgeRefunds(me, rows),
      approval: (me, rows) => this.approval(me, rows),
      send: (maker, row, batch, begun) =>
        this.refunds.ofBatch(maker, row.targetId, {
          amountMinor: row.amountMinor,
          reason: batch.reason,
          key: `batch-row:${row.id}`,
          approvalId: batch.approvalId,
          begun: (manager, operation) => begun(manager, operation.id),
        }),
    };
  }

  ofHolds(action: 'checkout' | 'release'): BatchHandler {
    return {
      permission: 'preauthorizations:act',
      judge: (me, rows) => this.judgeHolds(me, action, rows),
      approval: () => Promise.resolve(null),
      send: (maker, row, batch, begun) =>
        this.steps.ofBatch(maker, row.targetId, {
          action,
          amountMinor: action === 'release' ? 0 : row.amountMinor,
          reason: batch.reason,
          key: `batch-row:${row.id}`,
          begun: (manager, operation) => begun(manager, operation.id),
        }),
    };
  }

  private async judgeRefunds(me: Principal, rows: readonly AskedRow[]): Promise<JudgedRow[]> {
    const facts = await this.facts.ofMany(me, idsOf(rows));
    const none = await this.facts.whyNone(
      me,
      idsOf(rows).filter((id) => !facts.has(id)),
    );
    const now = this.clock.now();
    return this.each(me, rows, ({ transactionId, amountMinor }) => {
      const known = facts.get(transactionId);
      if (!known) return unknown(none.get(transactionId) ?? 'refund_impossible');
      return { ...judgeRefund(known, amountMinor ?? null, now), currency: known.refundable.currency };
    });
  }

  private async judgeHolds(
    me: Principal,
    action: 'checkout' | 'release',
    rows: readonly AskedRow[],
  ): Promise<JudgedRow[]> {
    const { manager } = this.database;
    const ids = In(idsOf(rows));
    const holds = new Map(
      (await manager.findBy(PreauthorizationRow, { id: ids })).map((row) => [row.id, row]),
    );
    const steps = await manager.findBy(TransactionRow, {
      parentId: ids,
      state: In([...LIVE_OPERATION_STATES]),
    });
    const live = new Set(steps.filter(isLiveOperation).map(({ parentId }) => parentId));
    const sites = await manager.findBy(SiteRow, { id: In([...holds.values()].map(({ siteId }) => siteId)) });
    const countries = new Map(sites.map(({ id, country }) => [id, country]));
    return this.each(me, rows, (row) => {
      const hold = holds.get(row.transactionId);
      const country = hold && countries.get(hold.siteId);
      if (!hold || !country) return unknown('not_found');
      const amountMinor = action === 'release' ? hold.mostMinor : (row.amountMinor ?? hold.leastMinor);
      const why = holdWhy(action, { ...hold, country, live: live.has(hold.id) }, this.clock.now());
      // More than is held is captured one by one, each with a second person's word.
      const amounts = { ...hold, overCapture: false, increaseOnly: false };
      const wrong = action === 'checkout' ? amountWhy('checkout', amountMinor, amounts) : null;
      return { amountMinor, currency: hold.currency, why: why ?? wrong, later: null };
    });
  }

  /** Those that the reader may see, with the names that stand in lists. */
  private async each(
    me: Principal,
    rows: readonly AskedRow[],
    judge: (row: AskedRow) => Pick<JudgedRow, 'amountMinor' | 'currency' | 'why' | 'later'>,
  ): Promise<JudgedRow[]> {
    const listed = new Map((await this.lists.byIds(me.scope, idsOf(rows))).map((row) => [row.id, row]));
    return rows.flatMap((row) => {
      const known = listed.get(row.transactionId);
      if (!known) return [];
      const { site_id: siteId, gateway_reference: reference, name, surname } = known;
      const payerName = [name, surname].filter(Boolean).join(' ') || null;
      return { transactionId: row.transactionId, siteId, reference, payerName, ...judge(row), by: null };
    });
  }

  private async approval(me: Principal, rows: PossibleRow[]): Promise<string | null> {
    const facts = await this.facts.ofMany(me, idsOf(rows));
    const refunds = rows.map(({ transactionId, amountMinor }) => {
      const known = facts.get(transactionId);
      if (!known) throw new ProblemError('not_found');
      return { facts: known, amountMinor };
    });
    return this.limits.exceededByMany(me, refunds);
  }
}

const idsOf = (rows: readonly { transactionId: string }[]): string[] =>
  rows.map(({ transactionId }) => transactionId);

const unknown = (why: string) => ({ amountMinor: null, currency: null, why, later: null });
