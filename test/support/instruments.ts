import { randomUUID } from 'node:crypto';
import type { Answer, Api, Card, Product } from './product.js';

/** A means of payment that a payer has just stored by a subscription session; its id. */
export async function storeInstrument(
  here: Product,
  card: Card,
  more: Record<string, string> = {},
): Promise<string> {
  const opened = await here.open({ subscription: true, amountMinor: undefined, currency: undefined });
  await here.pay(await here.follow(opened), card, more);
  const { instrument } = await here.reaches(opened.id, 'approved');
  if (!instrument) throw new Error('nothing was stored');
  return instrument.id;
}

/** Asks for a charge as the shop would; what it says goes on top of an ordinary one. */
export async function charge(
  here: Product,
  instrumentId: string,
  more: Record<string, unknown> = {},
  api: Api = here.shop(),
  key: string = randomUUID(),
): Promise<Answer> {
  const body = {
    instrumentId,
    ...{ reference: `C-${randomUUID().slice(0, 18)}`, description: 'Cobro de prueba' },
    ...{ amountMinor: 8_450_000, currency: 'COP' },
    ...more,
  };
  return api.post('/api/collects', body, { headers: { 'idempotency-key': key } });
}
