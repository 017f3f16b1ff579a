import { randomUUID } from 'node:crypto';
import type { SessionView, TransactionView } from '@recaudo/shared';
import { CARDS, type Answer, type Api, type Card, type Product } from './product.js';

/** Does something about money as that person: a key of its own unless one is given. */
export function act(
  api: Api,
  path: string,
  body: Record<string, unknown> = {},
  key: string = randomUUID(),
): Promise<Answer> {
  return api.post(path, body, { headers: { 'idempotency-key': key } });
}

/** A payment that was opened, paid and heard of; the id is its transaction's. */
export async function paid(
  here: Product,
  overrides: Record<string, unknown> = {},
  card: Card = CARDS.approved,
): Promise<{ session: SessionView; id: string; payment: TransactionView }> {
  const opened = await here.open(overrides);
  // Straight to the hosted page: payers who follow our link are rationed by address.
  const { rows } = await here.db.query<{ process_url: string }>(
    'SELECT process_url FROM sessions WHERE id = $1',
    [opened.id],
  );
  await here.pay(rows[0]?.process_url ?? '', card);
  const support = await here.as('support');
  const { body } = await support.post(`/api/sessions/${opened.id}/check`);
  const session = body as SessionView;
  const payment = session.transactions.find((each) => each.state === 'approved');
  if (!payment) throw new Error(`not paid: ${session.state}`);
  return { session, id: payment.id, payment };
}

/** A payment in Puerto Rico, where parts can be given back once it is settled. */
export async function paidInDollars(here: Product, amountMinor = 10_000) {
  return paid(here, { siteId: await here.siteId('pr'), currency: 'USD', amountMinor });
}

/** A hold; the id is its own and its check-in's. */
export function held(here: Product, overrides: Record<string, unknown> = {}) {
  return paid(here, { preauthorization: true, ...overrides });
}

export function refund(
  api: Api,
  id: string,
  amountMinor: number,
  more: Record<string, unknown> = {},
  key?: string,
): Promise<Answer> {
  const body = { amountMinor, currency: 'COP', reason: 'Producto agotado', ...more };
  return act(api, `/api/transactions/${id}/reverse`, body, key);
}
