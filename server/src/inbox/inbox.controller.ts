import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { SkipThrottle } from '@nestjs/throttler';
import { idSchema } from '@recaudo/shared';
import { z } from 'zod';
import { Public } from '../staff/access.js';
import { InboxService } from './inbox.service.js';

@ApiTags('notifications')
@Controller('notifications')
export class InboxController {
  constructor(private readonly inbox: InboxService) {}

  /** The address names the account, so that its secret is known before the body is believed. */
  @Post(':account')
  @HttpCode(200)
  @Public()
  @SkipThrottle()
  async receive(
    @Param('account', { schema: idSchema }) account: string,
    @Body({ schema: z.record(z.string(), z.unknown()) }) body: Record<string, unknown>,
  ): Promise<{ status: 'received' }> {
    await this.inbox.receive(account, body);
    return { status: 'received' };
  }
}
