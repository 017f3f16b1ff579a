import { Body, Controller, Headers, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { attestSchema, idSchema, sessionSchema, type Attest, type SessionView } from '@recaudo/shared';
import { Answers, idempotencyKey, KeyHeader } from '../platform/http.js';
import { Allow, Me, type Principal } from '../staff/access.js';
import { ConfirmationService } from './confirmation.service.js';
import { RemainderService } from './remainder.service.js';
import { SessionReadingService } from './session-reading.service.js';

/** What waits for our word, and what was only reported; the answer is the payment it belongs to. */
@ApiTags('transactions')
@Controller('transactions')
export class ConfirmationsController {
  constructor(
    private readonly confirmation: ConfirmationService,
    private readonly remainders: RemainderService,
    private readonly reading: SessionReadingService,
  ) {}

  @Post(':id/confirm')
  @HttpCode(200)
  @Allow('transactions:confirm', { keys: true, money: true })
  @KeyHeader()
  @Answers(sessionSchema)
  confirm(
    @Me() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
    @Headers('idempotency-key') key: string | undefined,
  ): Promise<SessionView> {
    return this.act(me, 'confirm', id, key);
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @Allow('transactions:confirm', { keys: true, money: true })
  @KeyHeader()
  @Answers(sessionSchema)
  cancel(
    @Me() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
    @Headers('idempotency-key') key: string | undefined,
  ): Promise<SessionView> {
    return this.act(me, 'cancel', id, key);
  }

  /** Says that a charge which was only reported did happen. */
  @Post(':id/attest')
  @HttpCode(200)
  @Allow('transactions:attest')
  @Answers(sessionSchema)
  async attest(
    @Me() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: attestSchema }) body: Attest,
  ): Promise<SessionView> {
    const sessionId = await this.reading.sessionOf(me, id);
    await this.remainders.attest(me, id, sessionId, body.note);
    return this.reading.view(me, sessionId);
  }

  private async act(
    me: Principal,
    kind: 'confirm' | 'cancel',
    id: string,
    key: string | undefined,
  ): Promise<SessionView> {
    const checked = idempotencyKey(key);
    return this.reading.view(me, await this.confirmation.act(me, kind, id, checked));
  }
}
