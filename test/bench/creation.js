// Opening payments, against the bare calls to the gateway that they cannot do without.
import { randomUUID } from 'node:crypto';
import { authOfSite, fromAdapter } from './gateway-calls.js';
import { alternate, httpCaller, perSecond } from './measure.js';

const CONCURRENCY = 8;
const PER_ROUND = 120;
const ROUNDS = 7;
/**
 * A bare call costs the practice gateway three statements and one commit. Ours makes that same call, commits twice
 * around it (the intention before, the outcome after) and reads the whole payment for its answer: 35 statements, twelve
 * times as many, on the same cores and the same disk. A quarter is added for what noise does to both.
 */
const SHARE = 1 / 15;

const order = (siteId) => ({
  siteId,
  reference: `B-${randomUUID().slice(0, 28)}`,
  description: 'Pedido tienda en línea',
  amountMinor: 8_450_000,
  currency: 'COP',
  payer: { name: 'Ana', surname: 'Ruiz', email: `${randomUUID().slice(0, 8)}@example.com` },
});

/** The body that our adapter sends for such an order, made by the adapter's own functions. */
async function bareBody(product) {
  const [{ createBody }, { termsOf }, auth] = await Promise.all([
    fromAdapter(product, 'request'),
    import('@recaudo/shared'),
    authOfSite(product),
  ]);
  return () =>
    createBody(auth(), {
      ...order(''),
      terms: termsOf({}),
      locale: 'es_CO',
      expiresAt: new Date(Date.now() + 86_400_000),
      returnUrl: `${product.server.url}/p/${'x'.repeat(60)}/return`,
      ipAddress: '127.0.0.1',
      userAgent: 'recaudo',
    });
}

export async function creation(product) {
  const siteId = product.sites.find(({ code }) => code === 'co').id;
  const body = await bareBody(product);
  const gateway = httpCaller(product.sandbox.url);
  const calls = Array.from({ length: PER_ROUND });
  const { ours, theirs } = await alternate({
    rounds: ROUNDS,
    warmUp: 2,
    ours: () =>
      perSecond(calls, CONCURRENCY, () =>
        product.shop('POST', '/api/sessions', {
          body: order(siteId),
          headers: { 'idempotency-key': randomUUID() },
          wanted: 201,
        }),
      ),
    theirs: () => perSecond(calls, CONCURRENCY, () => gateway('POST', '/api/session', { body: body() })),
  });
  // Nobody will pay these: asking about them would disturb what is measured next.
  await product.db.query(
    "UPDATE sessions SET next_probe_at = NULL WHERE next_probe_at < now() + interval '1 hour'",
  );
  return [
    {
      name: `payments opened, ${CONCURRENCY} at a time`,
      value: ours,
      unit: 'per s',
      limit: theirs * SHARE,
      baseline: `bare calls to the gateway ${theirs.toFixed(0)} per s`,
    },
  ];
}
