// Refunds and captures, against the bare calls to the gateway that they cannot do without.
import { randomUUID } from 'node:crypto';
import { farAway } from './delay.js';
import { authOfSite, fromAdapter } from './gateway-calls.js';
import { alternate, httpCaller, perSecond } from './measure.js';
import { fillPaid } from './paid.js';

const CONCURRENCY = 8;
const FAR_MS = 200;
const ROUNDS = 5;
const WARM_UP = 1;
const PER_ROUND = 96;
/** While the gateway is far away, what we do ourselves must hardly be felt. */
const FAR_SHARE = 1 / 1.5;
/**
 * Beside us the gateway's work is what is felt least: the bare calls of a refund cost it twenty statements and one commit.
 * Ours makes the same calls and adds two commits and fifty statements: who asks, what may be given back, the limits, the
 * locks, the intention, the outcome, both in the audit log. A quarter is added for what noise does to both.
 */
const NEAR_SHARE = 1 / 8;
const AMOUNT = { amountMinor: 8_450_000, currency: 'COP' };

/** A whole refund and a whole capture, as `agent` asks for them. */
export function deeds(agent) {
  const ask = async (path, body) => {
    const { text } = await agent('POST', path, { body, headers: { 'idempotency-key': randomUUID() } });
    if (JSON.parse(text).result !== 'approved') throw new Error(`${path}: ${text.slice(0, 500)}`);
  };
  return {
    refund: ({ id }) => ask(`/api/transactions/${id}/reverse`, { ...AMOUNT, reason: 'Pedido cancelado' }),
    capture: ({ id }) => ask(`/api/preauthorizations/${id}/checkout`, AMOUNT),
  };
}

/** The same by bare calls: before a refund the payment is asked about. */
async function bareDeeds(product, gateway) {
  const [{ operationBody }, auth] = await Promise.all([fromAdapter(product, 'request'), authOfSite(product)]);
  const act = ({ reference, internal }, action, amount) =>
    gateway('POST', '/api/transaction', {
      body: operationBody(auth(), {
        ...{ action, reference, internalReference: internal },
        ...{ amount, locale: 'es_CO' },
      }),
    });
  const amount = { minor: AMOUNT.amountMinor, currency: AMOUNT.currency };
  return {
    refund: async (payment) => {
      await gateway('POST', `/api/session/${payment.number}`, { body: { auth: auth() } });
      await act(payment, 'reverse', null);
    },
    capture: (hold) => act(hold, 'checkout', amount),
  };
}

/** Within limits that nobody reaches. */
export const raiseLimits = ({ db }, siteId) =>
  db.query(
    `UPDATE sites SET refund_limits = '{"operationMinor": 1e12, "paymentMinor": 1e12, "dayMinor": 1e12}',
       collect_limits = '{"operationMinor": 1e12, "dayMinor": 1e12}' WHERE id = $1`,
    [siteId],
  );

export async function operations(product) {
  const { id: siteId, account } = product.sites.find(({ code }) => code === 'co');
  await raiseLimits(product, siteId);
  const ours = deeds(await product.signIn('support@demo.recaudo.test'));
  const far = await farAway(product.sandbox.url, FAR_MS);
  const figures = [];
  for (const { name, deed, url, share } of [
    { name: `refunds, gateway ${FAR_MS} ms away`, deed: 'refund', url: far.url, share: FAR_SHARE },
    { name: 'refunds, gateway beside us', deed: 'refund', url: product.sandbox.url, share: NEAR_SHARE },
    { name: 'captures, gateway beside us', deed: 'capture', url: product.sandbox.url, share: NEAR_SHARE },
  ]) {
    await product.db.query('UPDATE gateway_accounts SET base_url = $2 WHERE id = $1', [account, url]);
    const count = 2 * (ROUNDS + WARM_UP) * PER_ROUND;
    const objects = (await fillPaid(product, { siteId, count, holds: deed === 'capture' })).values();
    const next = () => Array.from({ length: PER_ROUND }, () => objects.next().value);
    const bare = await bareDeeds(product, httpCaller(url));
    const rates = await alternate({
      ...{ rounds: ROUNDS, warmUp: WARM_UP },
      ours: () => perSecond(next(), CONCURRENCY, ours[deed]),
      theirs: () => perSecond(next(), CONCURRENCY, bare[deed]),
    });
    figures.push({
      name: `${name}, ${CONCURRENCY} at a time`,
      value: rates.ours,
      unit: 'per s',
      limit: rates.theirs * share,
      baseline: `bare calls to the gateway ${rates.theirs.toFixed(0)} per s`,
    });
  }
  far.close();
  return figures;
}
