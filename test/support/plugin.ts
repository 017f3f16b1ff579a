import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Product } from './product.js';

/** A shop's own plugin on the same account: it speaks to the gateway by itself, and we are told nothing. */
export interface OpenedElsewhere {
  number: string;
  reference: string;
  processUrl: string;
}

export async function openElsewhere(here: Product, payment: object = {}): Promise<OpenedElsewhere> {
  const sites = (await here.control('GET', '/sites')).body as {
    site: string;
    login: string;
    secretKey: string;
  }[];
  const site = sites.find((each) => each.site === 'CO');
  const nonce = randomBytes(16);
  const seed = new Date().toISOString();
  const tranKey = createHash('sha256').update(nonce).update(`${seed}${site?.secretKey}`).digest('base64');
  const reference = `WOO-${randomUUID().slice(0, 12)}`;
  const answer = await fetch(`${here.gateway.url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-practice-clock': seed },
    body: JSON.stringify({
      auth: { login: site?.login, tranKey, nonce: nonce.toString('base64'), seed },
      locale: 'es_CO',
      payment: {
        reference,
        description: 'Pedido de la tienda',
        amount: { currency: 'COP', total: 52_000 },
        ...payment,
      },
      returnUrl: 'https://shop.example/back',
      ipAddress: '127.0.0.1',
      userAgent: 'plugin',
    }),
  });
  const body = (await answer.json()) as { requestId: number; processUrl: string };
  return { number: String(body.requestId), reference, processUrl: body.processUrl };
}
