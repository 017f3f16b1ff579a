import { randomUUID } from 'node:crypto';
import type { InstrumentDetail } from '@recaudo/shared';
import { CARDS, type Answer, type Api, type Card, type Product } from './product.js';

/** A means of payment that a payer has just stored by a subscription session; its id. */
export async function storeInstrument(
  here: Product,
  card: Card = CARDS.approved,
  more: Record<string, string> = {},
  asked: Record<string, unknown> = {},
): Promise<string> {
  const nothing = { subscription: true, amountMinor: undefined, currency: undefined };
  const opened = await here.open({ ...nothing, ...asked });
  await here.pay(await here.follow(opened), card, more);
  const { instrument } = await here.reaches(opened.id, 'approved');
  if (!instrument) throw new Error('nothing was stored');
  return instrument.id;
}

export async function instrumentPage(api: Api, id: string): Promise<InstrumentDetail> {
  const answer = await api.get(`/api/instruments/${id}`);
  if (answer.status !== 200) throw new Error(`no such instrument: ${answer.text}`);
  return answer.body as InstrumentDetail;
}

export function askForAnother(
  api: Api,
  id: string,
  body: { email?: string } = {},
  key: string = randomUUID(),
): Promise<Answer> {
  return api.post(`/api/instruments/${id}/replacement`, body, { headers: { 'idempotency-key': key } });
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
