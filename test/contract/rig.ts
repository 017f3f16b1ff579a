import 'reflect-metadata';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { afterAll, beforeAll } from '@jest/globals';
import { termsOf } from '@recaudo/shared';
import { GatewayCaller } from '../../server/src/gateways/caller.js';
import type { CollectRequest, Credentials, OpenRequest } from '../../server/src/gateways/gateway.port.js';
import { PlacetoPayGateway } from '../../server/src/gateways/placetopay/placetopay.gateway.js';
import { Clock } from '../../server/src/platform/clock.js';

export type Respond = (response: ServerResponse) => void;

/** Our adapter, and a gateway that answers every call with what the test says: real HTTP, down to the sockets. */
export interface Rig {
  gateway: PlacetoPayGateway;
  credentials(): Credentials;
  base(): string;
  answer(respond: Respond): void;
  /** What was said to it since the last answer was set. */
  seen: { path: string; body: Record<string, unknown> }[];
}

export function useRig(): Rig {
  let respond: Respond = (response) => response.end('{}');
  let server: Server;
  let base = '';
  const seen: Rig['seen'] = [];
  const caller = new GatewayCaller(new Clock());

  beforeAll(async () => {
    server = createServer((request, response) => {
      let text = '';
      request.on('data', (chunk: Buffer) => (text += chunk.toString()));
      request.on('end', () => {
        seen.push({ path: request.url ?? '', body: JSON.parse(text) as Record<string, unknown> });
        respond(response);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    server.closeAllConnections();
    await caller.onApplicationShutdown();
    await new Promise((resolve) => server.close(resolve));
  });

  return {
    gateway: new PlacetoPayGateway(caller, new Clock()),
    credentials: () => ({ baseUrl: base, login: 'a'.repeat(32), secret: 's3cr3t-K3y-01', hash: 'sha256' }),
    base: () => base,
    answer: (next) => {
      respond = next;
      seen.length = 0;
    },
    seen,
  };
}

export const json =
  (status: number, body: unknown): Respond =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };

export const OPEN: OpenRequest = {
  reference: 'ORD-1001',
  description: 'Pedido 1001',
  amountMinor: 8_450_000,
  currency: 'COP',
  terms: termsOf({}),
  notificationUrl: 'https://recaudo.example/api/notifications/1',
  payer: { name: 'Ana', email: 'ana@example.com' },
  locale: 'es_CO',
  expiresAt: new Date('2026-03-02T15:45:30Z'),
  returnUrl: 'https://shop.example/back/1001',
  ipAddress: '190.85.10.20',
  userAgent: 'Mozilla/5.0',
};

export const COLLECT: CollectRequest = {
  reference: 'SUB-7',
  description: 'Cuota',
  amountMinor: 1_200_000,
  currency: 'COP',
  token: 'f'.repeat(64),
  payer: { name: 'Ana' },
  locale: 'es_CO',
  preauthorization: false,
  taxes: [],
};
