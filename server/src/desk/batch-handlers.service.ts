import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Currency } from '@recaudo/shared';
import { DataSource } from 'typeorm';
import type { AskedRow, BatchHandler, JudgedRow, PossibleRow } from '../batches/batch.rules.js';
import { ProblemError } from '../platform/problem.js';
import { HoldStepsService } from '../preauthorizations/hold-steps.service.js';
import { holdWhy, amountWhy } from '../preauthorizations/preauthorization.rules.js';
import { SitesService } from '../sites/sites.service.js';
import type { Principal } from '../staff/access.js';
import { TransactionRow } from '../transactions/transaction.entity.js';
import { isLiveOperation } from '../transactions/transaction.states.js';
import { RefundLimitsService } from './refund-limits.service.js';
import { RefundsService } from './refunds.service.js';
import { TransactionListStore, type ListedTransaction } from './transaction-list.store.js';

/** What refunds, captures and releases lend to batches: how each row is judged, and how it is carried out. */
@Injectable()
export class BatchHandlersService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly refunds: RefundsService,
    private readonly limits: RefundLimitsService,
    private readonly steps: HoldStepsService,
    private readonly sites: SitesService,
    private readonly lists: TransactionListStore,
  ) {}

  reverse(): BatchHandler {
    return {
      permission: 'transactions:reverse',
      judge: (me, rows) => this.each(me, rows, (row, listed) => this.judgeRefund(me, row, listed)),
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
      judge: (me, rows) => this.each(me, rows, (row) => this.judgeHold(me, action, row)),
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

  private async each(
    me: Principal,
    rows: readonly AskedRow[],
    judge: (
      row: AskedRow,
      listed: ListedTransaction,
    ) => Promise<{ amountMinor: number; currency: Currency; why: string | null }>,
  ): Promise<JudgedRow[]> {
    const ids = rows.map(({ transactionId }) => transactionId);
    const known = new Map((await this.lists.byIds(me.scope, ids)).map((row) => [row.id, row]));
    const judged: JudgedRow[] = [];
    for (const row of rows) {
      const listed = known.get(row.transactionId);
      if (!listed) continue;
      const verdict = await judge(row, listed).catch((error: unknown) => {
        if (!(error instanceof ProblemError)) throw error;
        return { amountMinor: null, currency: null, why: error.code };
      });
      judged.push({
        transactionId: row.transactionId,
        siteId: listed.site_id,
        reference: listed.gateway_reference,
        payerName: [listed.name, listed.surname].filter(Boolean).join(' ') || null,
        ...verdict,
      });
    }
    return judged;
  }

  private async judgeRefund(me: Principal, row: AskedRow, listed: ListedTransaction) {
    const { amountMinor, why } = await this.refunds.judge(me, row.transactionId, row.amountMinor ?? null);
    const currency = (listed.from_currency ?? listed.asked_currency) as Currency;
    return { amountMinor, currency, why };
  }

  private async judgeHold(me: Principal, action: 'checkout' | 'release', row: AskedRow) {
    const hold = await this.steps.require(me, row.transactionId);
    const { site, row: account } = await this.sites.openAccount(hold.gatewayAccountId);
    const steps = await this.database.manager.findBy(TransactionRow, { parentId: hold.id });
    const situation = {
      state: hold.state,
      country: site.country,
      live: steps.some(isLiveOperation),
    };
    const amountMinor = action === 'release' ? hold.mostMinor : (row.amountMinor ?? hold.leastMinor);
    const amounts = { ...hold, overCapture: false, increaseOnly: account.increaseOnly };
    const wrong = action === 'checkout' ? amountWhy('checkout', amountMinor, amounts) : null;
    return { amountMinor, currency: hold.currency, why: holdWhy(action, situation) ?? wrong };
  }

  /** Each row by its own limits, with what the batch has already spent of the day's. */
  private async approval(me: Principal, rows: PossibleRow[]): Promise<string | null> {
    const spent = new Map<string, number>();
    for (const { transactionId, amountMinor, siteId, currency } of rows) {
      const { payment, operations } = await this.refunds.judge(me, transactionId, amountMinor);
      const day = `${siteId} ${currency}`;
      const before = spent.get(day) ?? 0;
      const { manager } = this.database;
      const exceeded = await this.limits.exceeded(manager, me, payment, amountMinor, operations, before);
      if (exceeded) return exceeded;
      spent.set(day, before + amountMinor);
    }
    return null;
  }
}
