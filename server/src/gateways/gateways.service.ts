import { Injectable } from '@nestjs/common';
import type { GatewayAddress } from '@recaudo/shared';
import type { GatewayPort } from './gateway.port.js';
import { PlacetoPayGateway } from './placetopay/placetopay.gateway.js';

/** Documented addresses, protocol 2.1. */
export const GATEWAY_ADDRESSES: readonly GatewayAddress[] = [
  ['Colombia, Puerto Rico, Costa Rica, Panamá …', 'test', 'https://checkout-test.placetopay.com'],
  ['Colombia, Puerto Rico, Costa Rica, Panamá …', 'live', 'https://checkout.placetopay.com'],
  ['Ecuador', 'test', 'https://checkout-test.placetopay.ec'],
  ['Ecuador', 'live', 'https://checkout.placetopay.ec'],
  ['Chile (Getnet)', 'test', 'https://checkout.test.getnet.cl'],
  ['Chile (Getnet)', 'live', 'https://checkout.getnet.cl'],
].map(([region, mode, baseUrl]) => ({ gateway: 'placetopay', region, mode, baseUrl }) as GatewayAddress);

@Injectable()
export class GatewaysService {
  private readonly ports: Map<string, GatewayPort>;

  constructor(placetopay: PlacetoPayGateway) {
    this.ports = new Map([[placetopay.gateway, placetopay]]);
  }

  port(gateway: string): GatewayPort {
    const port = this.ports.get(gateway);
    if (!port) throw new Error(`no adapter for gateway "${gateway}"`);
    return port;
  }
}
