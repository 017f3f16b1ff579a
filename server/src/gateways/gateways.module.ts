import { Module } from '@nestjs/common';
import { GatewayCaller } from './caller.js';
import { GatewaysService } from './gateways.service.js';
import { PlacetoPayGateway } from './placetopay/placetopay.gateway.js';

@Module({
  providers: [GatewayCaller, PlacetoPayGateway, GatewaysService],
  exports: [GatewaysService],
})
export class GatewaysModule {}
