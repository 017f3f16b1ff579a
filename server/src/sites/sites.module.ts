import { Module } from '@nestjs/common';
import { GatewaysModule } from '../gateways/gateways.module.js';
import { LoginController } from './login.controller.js';
import { GatewayAddressesController, SitesController } from './sites.controller.js';
import { SitesService } from './sites.service.js';

@Module({
  imports: [GatewaysModule],
  controllers: [SitesController, GatewayAddressesController, LoginController],
  providers: [SitesService],
  exports: [SitesService],
})
export class SitesModule {}
