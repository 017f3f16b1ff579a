import { Body, Controller, Headers, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  actResultSchema,
  holdStepSchema,
  idSchema,
  releaseSchema,
  type ActResult,
  type HoldStep,
  type Release,
} from '@recaudo/shared';
import { Answers, idempotencyKey, KeyHeader } from '../platform/http.js';
import { HoldStepsService } from '../preauthorizations/hold-steps.service.js';
import { Allow, Me, type Principal } from '../staff/access.js';
import { ResultsService } from './results.service.js';

/** What people and shops do to a hold. */
@ApiTags('preauthorizations')
@Controller('preauthorizations')
export class HoldsController {
  constructor(
    private readonly steps: HoldStepsService,
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
}
