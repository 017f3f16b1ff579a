import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { adoptionSchema, adoptSchema, type Adopt, type Adoption } from '@recaudo/shared';
import { Answers, itemsSchema } from '../platform/http.js';
import { Allow, Me, type Principal } from '../staff/access.js';
import { AdoptionService } from './adoption.service.js';

@ApiTags('adoptions')
@Controller('adoptions')
export class AdoptionsController {
  constructor(private readonly adoption: AdoptionService) {}

  /** Takes over sessions that were opened elsewhere on the site's account, or only says what would happen. */
  @Post()
  @HttpCode(200)
  @Allow('sessions:adopt')
  @Answers(itemsSchema(adoptionSchema))
  async adopt(
    @Me() me: Principal,
    @Body({ schema: adoptSchema }) body: Adopt,
  ): Promise<{ items: Adoption[] }> {
    return { items: await this.adoption.adoptAll(me, body) };
  }
}
