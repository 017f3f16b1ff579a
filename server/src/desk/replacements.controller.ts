import { Body, Controller, Headers, Param, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  idSchema,
  replaceInstrumentSchema,
  replacementSchema,
  type ReplaceInstrument,
  type Replacement,
} from '@recaudo/shared';
import type { FastifyRequest } from 'fastify';
import { Answers, idempotencyKey, KeyHeader } from '../platform/http.js';
import { Allow, Me, type Principal } from '../staff/access.js';
import { ReplacementsService } from './replacements.service.js';

@ApiTags('instruments')
@Controller('instruments')
export class ReplacementsController {
  constructor(private readonly replacements: ReplacementsService) {}

  /** A link at which the payer stores another means of payment in the place of this one; mailed where an address is known. */
  @Post(':id/replacement')
  @Allow('sessions:create', { keys: true })
  @KeyHeader()
  @Answers(replacementSchema, 201)
  send(
    @Me() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: replaceInstrumentSchema }) input: ReplaceInstrument,
    @Headers('idempotency-key') key: string | undefined,
    @Req() request: FastifyRequest,
  ): Promise<Replacement> {
    const userAgent = (request.headers['user-agent'] ?? 'recaudo').slice(0, 255);
    const device = { ipAddress: request.ip, userAgent };
    return this.replacements.send(me, id, { input, key: idempotencyKey(key), device });
  }
}
