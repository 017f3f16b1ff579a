// Charging what is due, against the bare calls to the gateway that it cannot do without.
import { randomUUID } from 'node:crypto';
import { farAway } from './delay.js';
import { fillDue, raisePace, release } from './due.js';
import { authOfSite, fromAdapter } from './gateway-calls.js';
import { alternate, httpCaller, perSecond } from './measure.js';

/** As many as one worker charges at once. */
const CONCURRENCY = 16;
const FAR_MS = 200;
const ROUNDS = 3;
const WARM_UP = 1;
const PER_ROUND = 512;
/** While the gateway is far away, what we do ourselves must hardly be felt. */
const FAR_SHARE = 1 / 1.5;
/**
 * Beside us a bare call costs the gateway a dozen statements and one commit. Ours adds two commits and seventy statements:
 * the order and its period, the next period, the locks, the intent, the outcome, what it earns, all in the audit log; and
 * the gateway's message about it is received and checked. A quarter is added for what noise does to both.
 */
const NEAR_SHARE = 1 / 12;

async function bareCollect(product, gateway, token) {
  const [{ collectBody }, auth] = await Promise.all([fromAdapter(product, 'request'), authOfSite(product)]);
  return async () => {
    const { text } = await gateway('POST', '/api/collect', {
      body: collectBody(auth(), {
        ...{ reference: `B-${randomUUID().slice(0, 18)}`, description: 'Plan mensual 1', locale: 'es_CO' },
        ...{ amountMinor: 4_000_000, currency: 'COP', taxes: [], token, preauthorization: false },
        payer: { name: 'Ana', surname: 'Ruiz', documentType: 'CC', document: '1020304050' },
      }),
    });
    if (JSON.parse(text).status.status !== 'APPROVED')
      throw new Error(`A bare charge: ${text.slice(0, 500)}`);
  };
}

/** Of the bare turns the gateway tells nobody: they are payments that we never heard of. */
const tell = ({ sandboxDb }, url) =>
  sandboxDb.query("UPDATE sites SET notification_url = $1 WHERE upper(site) = 'CO'", [url]);

export async function collects(product) {
  const { id: siteId, account } = product.sites.find(({ code }) => code === 'co');
  await raisePace(product);
  const { rows } = await product.sandboxDb.query(
    "SELECT notification_url FROM sites WHERE upper(site) = 'CO'",
  );
  const far = await farAway(product.sandbox.url, FAR_MS);
  const figures = [];
  for (const { name, url, share } of [
    { name: `periods charged, gateway ${FAR_MS} ms away`, url: far.url, share: FAR_SHARE },
    { name: 'periods charged, gateway beside us', url: product.sandbox.url, share: NEAR_SHARE },
  ]) {
    await product.db.query('UPDATE gateway_accounts SET base_url = $2 WHERE id = $1', [account, url]);
    await tell(product, rows[0].notification_url);
    const { due, token } = await fillDue(product, { siteId, count: (ROUNDS + WARM_UP) * PER_ROUND });
    const left = due.values();
    const next = () => Array.from({ length: PER_ROUND }, () => left.next().value);
    const bare = await bareCollect(product, httpCaller(url), token);
    const rates = await alternate({
      ...{ rounds: ROUNDS, warmUp: WARM_UP },
      ours: async () => {
        await tell(product, rows[0].notification_url);
        return release(product, next());
      },
      theirs: async () => {
        await tell(product, null);
        return perSecond(Array.from({ length: PER_ROUND }), CONCURRENCY, bare);
      },
    });
    figures.push({
      name: `${name}, ${CONCURRENCY} at a time`,
      value: rates.ours,
      unit: 'per s',
      limit: rates.theirs * share,
      baseline: `bare calls to the gateway ${rates.theirs.toFixed(0)} per s`,
    });
  }
  await tell(product, rows[0].notification_url);
  await product.db.query('UPDATE gateway_accounts SET base_url = $2 WHERE id = $1', [
    account,
    product.sandbox.url,
  ]);
  far.close();
  return figures;
}
