import { randomUUID } from 'node:crypto';
import type { InstrumentDetail } from '@recaudo/shared';
import { CARDS, type Answer, type Api, type Card, type Product } from './product.js';

/** A means of payment that a payer has just stored, with the session that stored it. */
export async function storedInstrument(
  here: Product,
  { card = CARDS.approved, ...overrides }: Record<string, unknown> & { card?: Card } = {},
): Promise<{ sessionId: string; id: string }> {
  const asked = { subscription: true, amountMinor: undefined, currency: undefined, ...overrides };
  const opened = await here.open(asked);
  const payer = overrides.payer as Record<string, string> | undefined;
  await here.pay(await here.follow(opened), card, payer);
  const { instrument } = await here.reaches(opened.id, 'approved');
  if (!instrument) throw new Error('nothing was stored');
  return { sessionId: opened.id, id: instrument.id };
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
