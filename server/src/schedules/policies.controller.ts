import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  createPolicySchema,
  defaultPolicySchema,
  idSchema,
  labResultSchema,
  labSchema,
  policySchema,
  updatePolicySchema,
  type CreatePolicy,
  type DefaultPolicy,
  type Lab,
  type LabResult,
  type PolicyView,
  type UpdatePolicy,
} from '@recaudo/shared';
import { Answers, itemsSchema } from '../platform/http.js';
import { Allow, Me, type Principal } from '../staff/access.js';
import { PoliciesService } from './policies.service.js';

/** What follows a charge that is refused. */
@ApiTags('policies')
@Controller('policies')
export class PoliciesController {
  constructor(private readonly policies: PoliciesService) {}

  @Get()
  @Allow('sessions:read')
  @Answers(itemsSchema(policySchema))
  async list(@Me() me: Principal): Promise<{ items: PolicyView[] }> {
    return { items: await this.policies.list(me.scope) };
  }

  @Post()
  @Allow('policies:manage')
  @Answers(policySchema, 201)
  create(@Me() me: Principal, @Body({ schema: createPolicySchema }) body: CreatePolicy): Promise<PolicyView> {
    return this.policies.create(me, body);
  }

  /** Which one holds for schedules that name none. */
  @Post('default')
  @HttpCode(204)
  @Allow('policies:manage')
  makeDefault(
    @Me() me: Principal,
    @Body({ schema: defaultPolicySchema }) body: DefaultPolicy,
  ): Promise<void> {
    return this.policies.makeDefault(me, body.siteId, body.policyId);
  }

  /** What rules would have made of the refusals of the last 90 days; nothing is written. */
  @Post('lab')
  @HttpCode(200)
  @Allow('sessions:read')
  @Answers(labResultSchema)
  lab(@Me() me: Principal, @Body({ schema: labSchema }) body: Lab): Promise<LabResult> {
    return this.policies.lab(me, body.siteId, body.rules);
  }

  @Put(':id')
  @Allow('policies:manage')
  @Answers(policySchema)
  update(
    @Me() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: updatePolicySchema }) body: UpdatePolicy,
  ): Promise<PolicyView> {
    return this.policies.update(me, id, body);
  }
}
