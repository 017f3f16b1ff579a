import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  connectionTestSchema,
  createSiteSchema,
  gatewayAddressSchema,
  idSchema,
  saveAccountSchema,
  siteSchema,
  updateSiteSchema,
  type ConnectionTest,
  type CreateSite,
  type GatewayAddress,
  type SaveAccount,
  type SiteView,
  type UpdateSite,
} from '@recaudo/shared';
import { GATEWAY_ADDRESSES } from '../gateways/gateways.service.js';
import { Answers, itemsSchema } from '../platform/http.js';
import { Allow, Me, type Principal } from '../staff/access.js';
import { SitesService } from './sites.service.js';

@ApiTags('sites')
@Controller('sites')
export class SitesController {
  constructor(private readonly sites: SitesService) {}

  @Get()
  @Allow('sites:manage')
  @Answers(itemsSchema(siteSchema))
  async list(): Promise<{ items: SiteView[] }> {
    return { items: await this.sites.list(null) };
  }

  @Post()
  @Allow('sites:manage')
  @Answers(siteSchema, 201)
  create(@Me() me: Principal, @Body({ schema: createSiteSchema }) body: CreateSite): Promise<SiteView> {
    return this.sites.create(me, body);
  }

  @Get(':id')
  @Allow('sites:manage')
  @Answers(siteSchema)
  get(@Param('id', { schema: idSchema }) id: string): Promise<SiteView> {
    return this.sites.get(id);
  }

  @Put(':id')
  @Allow('sites:manage')
  @Answers(siteSchema)
  update(
    @Me() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: updateSiteSchema }) body: UpdateSite,
  ): Promise<SiteView> {
    return this.sites.update(me, id, body);
  }

  @Put(':id/account')
  @Allow('sites:manage')
  @Answers(siteSchema)
  saveAccount(
    @Me() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: saveAccountSchema }) body: SaveAccount,
  ): Promise<SiteView> {
    return this.sites.saveAccount(me, id, body);
  }

  @Post(':id/account/test')
  @HttpCode(200)
  @Allow('sites:manage')
  @Answers(connectionTestSchema)
  test(@Me() me: Principal, @Param('id', { schema: idSchema }) id: string): Promise<ConnectionTest> {
    return this.sites.testConnection(me, id);
  }
}

@ApiTags('sites')
@Controller('gateways')
export class GatewayAddressesController {
  @Get()
  @Allow('sites:manage')
  @Answers(itemsSchema(gatewayAddressSchema))
  list(): { items: GatewayAddress[] } {
    return { items: [...GATEWAY_ADDRESSES] };
  }
}
