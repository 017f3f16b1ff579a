import { Controller, Get, Header, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  idSchema,
  transactionCountsSchema,
  transactionDetailSchema,
  transactionExportQuerySchema,
  transactionFilterSchema,
  transactionListQuerySchema,
  transactionPageSchema,
  type Page,
  type TransactionCounts,
  type TransactionDetail,
  type TransactionExportQuery,
  type TransactionFilter,
  type TransactionItem,
  type TransactionListQuery,
} from '@recaudo/shared';
import type { Readable } from 'node:stream';
import { Answers } from '../platform/http.js';
import { ProblemError } from '../platform/problem.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { Allow, Me, type Principal } from '../staff/access.js';
import { PeopleService } from '../staff/people.service.js';
import { TransactionExportService } from './transaction-export.service.js';
import { TransactionReadingService } from './transaction-reading.service.js';

@ApiTags('transactions')
@Controller('transactions')
export class TransactionsController {
  constructor(
    private readonly reading: TransactionReadingService,
    private readonly exports: TransactionExportService,
    private readonly sessions: SessionsService,
    private readonly people: PeopleService,
  ) {}

  @Get()
  @Allow('sessions:read')
  @Answers(transactionPageSchema)
  list(
    @Me() me: Principal,
    @Query({ schema: transactionListQuerySchema }) query: TransactionListQuery,
  ): Promise<Page<TransactionItem>> {
    return this.reading.list(me.scope, query);
  }

  @Get('counts')
  @Allow('sessions:read')
  @Answers(transactionCountsSchema)
  counts(
    @Me() me: Principal,
    @Query({ schema: transactionFilterSchema }) filter: TransactionFilter,
  ): Promise<TransactionCounts> {
    return this.reading.counts(me.scope, filter);
  }

  /** Exactly the filtered list. */
  @Get('export')
  @Allow('sessions:export')
  @Header('content-type', 'text/csv; charset=utf-8')
  @Header('content-disposition', 'attachment; filename="transacciones.csv"')
  async export(
    @Me() me: Principal,
    @Query({ schema: transactionExportQuerySchema }) query: TransactionExportQuery,
  ): Promise<Readable> {
    const { zone } = await this.people.get(me.id);
    return this.exports.csv(me.scope, query, zone);
  }

  @Get(':id')
  @Allow('sessions:read', { keys: true })
  @Answers(transactionDetailSchema)
  page(@Me() me: Principal, @Param('id', { schema: idSchema }) id: string): Promise<TransactionDetail> {
    return this.reading.detail(me, id);
  }

  /** Asks the gateway now about the session it belongs to. */
  @Post(':id/check')
  @HttpCode(200)
  @Allow('sessions:check')
  @Answers(transactionDetailSchema)
  async check(
    @Me() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<TransactionDetail> {
    const { sessionId } = await this.reading.item(me, id);
    if (!sessionId || (await this.sessions.ask(sessionId, 'check', me)) === 'no_answer')
      throw new ProblemError('gateway_unreachable');
    return this.reading.detail(me, id);
  }
}
