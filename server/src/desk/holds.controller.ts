import { Body, Controller, Headers, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  actResultSchema,
  holdStepSchema,
  idSchema,
  releaseSchema,
  settleHoldSchema,
  type ActResult,
  type HoldStep,
  type Release,
  type SettleHold,
} from '@recaudo/shared';
import { Answers, idempotencyKey, KeyHeader } from '../platform/http.js';
import { HoldStepsService } from '../preauthorizations/hold-steps.service.js';
import { Allow, Me, type Principal } from '../staff/access.js';
import { HoldSettlementsService } from './hold-settlements.service.js';
import { ResultsService } from './results.service.js';

/** What people and shops do to a hold. */
@ApiTags('preauthorizations')
@Controller('preauthorizations')
export class HoldsController {
  constructor(
    private readonly steps: HoldStepsService,
    private readonly settlements: HoldSettlementsService,
    private readonly results: ResultsService,
  ) {}

  /** Takes what is held, or part of it, and closes the hold. */
  @Post(':id/checkout')
  @HttpCode(200)
  @Allow('preauthorizations:act', { keys: true, money: true })
  @KeyHeader()
  @Answers(actResultSchema)
  async checkout(
    @Me() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
    @Headers('idempotency-key') key: string | undefined,
    @Body({ schema: holdStepSchema }) body: HoldStep,
  ): Promise<ActResult> {
    const acted = await this.steps.take(me, id, 'checkout', body, idempotencyKey(key));
    return this.results.of(me, acted);
  }

  /** Holds another amount instead. */
  @Post(':id/reauthorization')
  @HttpCode(200)
  @Allow('preauthorizations:act', { keys: true, money: true })
  @KeyHeader()
  @Answers(actResultSchema)
  async reauthorization(
    @Me() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
    @Headers('idempotency-key') key: string | undefined,
    @Body({ schema: holdStepSchema }) body: HoldStep,
  ): Promise<ActResult> {
    const acted = await this.steps.take(me, id, 'reauthorization', body, idempotencyKey(key));
    return this.results.of(me, acted);
  }

  /** Lets go of everything. */
  @Post(':id/release')
  @HttpCode(200)
  @Allow('preauthorizations:act', { keys: true, money: true })
  @KeyHeader()
  @Answers(actResultSchema)
  async release(
    @Me() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
    @Headers('idempotency-key') key: string | undefined,
    @Body({ schema: releaseSchema }) body: Release,
  ): Promise<ActResult> {
    const acted = await this.steps.release(me, id, body, idempotencyKey(key));
    return this.results.of(me, acted);
  }

  /** How it ended, where nobody could find out: a second person is asked. */
  @Post(':id/settle')
  @HttpCode(200)
  @Allow('transactions:settle', { keys: false, money: true })
  @Answers(actResultSchema)
  async settle(
    @Me() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: settleHoldSchema }) body: SettleHold,
  ): Promise<ActResult> {
    const approval = await this.settlements.request(me, id, body);
    return this.results.of(me, { operation: null, approval });
  }
}
