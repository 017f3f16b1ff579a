import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { idSchema, instrumentSchema, revokeSchema, type InstrumentView, type Revoke } from '@recaudo/shared';
import { Answers } from '../platform/http.js';
import { Allow, Me, type Principal } from '../staff/access.js';
import { RevocationsService } from './revocations.service.js';

/** Stored means of payment. */
@ApiTags('instruments')
@Controller('instruments')
export class InstrumentsController {
  constructor(private readonly revocations: RevocationsService) {}

  /** Ends it: here at once, at the gateway as soon as that says so. */
  @Post(':id/revoke')
  @HttpCode(200)
  @Allow('instruments:revoke', { keys: true })
  @Answers(instrumentSchema)
  revoke(
    @Me() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: revokeSchema }) body: Revoke,
  ): Promise<InstrumentView> {
    return this.revocations.revoke(me, id, body.reason);
  }
}
