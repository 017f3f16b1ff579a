import { Body, Controller, Get, Header, Headers, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  actResultSchema,
  chargebackReversalSchema,
  chargebackSchema,
  idSchema,
  reversePreviewQuerySchema,
  reversePreviewSchema,
  reverseSchema,
  sendReceiptSchema,
  settleSchema,
  withdrawSchema,
  type ActResult,
  type Chargeback,
  type ChargebackReversal,
  type Reverse,
  type ReversePreview,
  type SendReceipt,
  type Settle,
  type Withdraw,
} from '@recaudo/shared';
import { z } from 'zod';
import { Answers, idempotencyKey, KeyHeader } from '../platform/http.js';
import { Allow, Me, type Principal } from '../staff/access.js';
import { ChargebacksService } from './chargebacks.service.js';
import { LettersService } from './letters.service.js';
import { ReceiptsService } from './receipts.service.js';
import { RefundsService } from './refunds.service.js';
import { ResultsService } from './results.service.js';
import { SettlementsService } from './settlements.service.js';
import { WithdrawalService } from './withdrawal.service.js';

/** What people and shops do to captured money; the answer says what truly came of it. */
@ApiTags('transactions')
@Controller('transactions')
export class ActsController {
  constructor(
    private readonly refunds: RefundsService,
    private readonly withdrawal: WithdrawalService,
    private readonly settlements: SettlementsService,
    private readonly chargebacks: ChargebacksService,
    private readonly letters: LettersService,
    private readonly receipts: ReceiptsService,
    private readonly results: ResultsService,
  ) {}

  @Get(':id/reverse')
  @Allow('transactions:reverse', { keys: true })
  @Answers(reversePreviewSchema)
  preview(
    @Me() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
    @Query({ schema: reversePreviewQuerySchema }) query: z.infer<typeof reversePreviewQuerySchema>,
  ): Promise<ReversePreview> {
    return this.refunds.preview(me, id, query.amountMinor ?? null);
  }

  @Post(':id/reverse')
  @HttpCode(200)
  @Allow('transactions:reverse', { keys: true, money: true })
  @KeyHeader()
  @Answers(actResultSchema)
  async reverse(
    @Me() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
    @Headers('idempotency-key') key: string | undefined,
    @Body({ schema: reverseSchema }) body: Reverse,
  ): Promise<ActResult> {
    return this.results.of(me, await this.refunds.reverse(me, id, body, idempotencyKey(key)));
  }

  /** A refund that waits for its hour is not sent. */
  @Post(':id/withdraw')
  @HttpCode(200)
  @Allow('transactions:reverse')
  @Answers(actResultSchema)
  async withdraw(
    @Me() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: withdrawSchema }) body: Withdraw,
  ): Promise<ActResult> {
    const operation = await this.withdrawal.withdraw(me, id, body.reason);
    return this.results.of(me, { operation, approval: null });
  }

  @Post(':id/settle')
  @HttpCode(200)
  @Allow('transactions:settle', { keys: false, money: true })
  @Answers(actResultSchema)
  async settle(
    @Me() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: settleSchema }) body: Settle,
  ): Promise<ActResult> {
    const approval = await this.settlements.request(me, id, body);
    return this.results.of(me, { operation: null, approval });
  }

  @Post(':id/chargeback')
  @HttpCode(200)
  @Allow('transactions:chargeback', { keys: false, money: true })
  @KeyHeader()
  @Answers(actResultSchema)
  async chargeback(
    @Me() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
    @Headers('idempotency-key') key: string | undefined,
    @Body({ schema: chargebackSchema }) body: Chargeback,
  ): Promise<ActResult> {
    const operation = await this.chargebacks.record(me, id, body, idempotencyKey(key));
    return this.results.of(me, { operation, approval: null });
  }

  @Post(':id/chargeback-reversal')
  @HttpCode(200)
  @Allow('transactions:chargeback', { keys: false, money: true })
  @KeyHeader()
  @Answers(actResultSchema)
  async chargebackReversal(
    @Me() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
    @Headers('idempotency-key') key: string | undefined,
    @Body({ schema: chargebackReversalSchema }) body: ChargebackReversal,
  ): Promise<ActResult> {
    const operation = await this.chargebacks.reverse(me, id, body, idempotencyKey(key));
    return this.results.of(me, { operation, approval: null });
  }

  /** The letter of late reversal that carries a refund, in Spanish. */
  @Get(':id/letter')
  @Allow('sessions:read')
  @Header('content-type', 'application/pdf')
  @Header('content-disposition', 'attachment; filename="carta-de-reverso.pdf"')
  letter(@Me() me: Principal, @Param('id', { schema: idSchema }) id: string): Promise<Buffer> {
    return this.letters.write(me, id);
  }

  @Post(':id/receipt')
  @HttpCode(204)
  @Allow('sessions:create')
  async receipt(
    @Me() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: sendReceiptSchema }) body: SendReceipt,
  ): Promise<void> {
    await this.receipts.send(me, id, body.email);
  }
}
