import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { practiceSchema, type PracticeView } from '@recaudo/shared';
import { z } from 'zod';
import { Answers } from '../platform/http.js';
import { Allow, Public } from '../staff/access.js';
import { PracticeService } from './practice.service.js';

/** At most a year at a time, forwards only: time that has passed cannot be taken back. */
const advanceSchema = z
  .object({
    advanceMs: z
      .int()
      .min(0)
      .max(366 * 86_400_000),
  })
  .meta({ id: 'AdvanceClock' });

@ApiTags('practice')
@Controller('practice')
export class PracticeController {
  constructor(private readonly practice: PracticeService) {}

  @Get()
  @Public()
  @Answers(practiceSchema)
  read(): Promise<PracticeView> {
    return this.practice.view();
  }

  @Post('clock')
  @HttpCode(200)
  @Allow('jobs:manage')
  @Answers(practiceSchema)
  advance(@Body({ schema: advanceSchema }) body: z.infer<typeof advanceSchema>): Promise<PracticeView> {
    return this.practice.advanceClock(body.advanceMs);
  }
}
