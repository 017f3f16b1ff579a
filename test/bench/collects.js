// Charges, asked for by a shop and of what is due, against the bare calls to the gateway that they cannot do without.
import { randomUUID } from 'node:crypto';
import { charges } from './charges.js';
import { farAway } from './delay.js';
import { fillDue, raisePace, release } from './due.js';
import { authOfSite, fromAdapter } from './gateway-calls.js';
import { alternate, httpCaller, perSecond } from './measure.js';
import { raiseLimits } from './operations.js';

const FAR_MS = 200;
const ROUNDS = 3;
const WARM_UP = 1;
/** As many calls under way as refunds have, which make two for each. */
const SHOP = { lanes: 4, perRound: 96 };
/** As many as one worker charges at once. */
const JOB = { lanes: 16, perRound: 256 };
/** While the gateway is far away, what we do ourselves must hardly be felt. */
const FAR_SHARE = 1 / 1.5;
/**
 * Sixteen at once keep the bare calls waiting for nothing but the gateway; ours keep two processors busy, which the gateway
 * and PostgreSQL share with us: each costs some 28 ms of ours, 22 of PostgreSQL's and 7 of the gateway's.
 */
const FAR_JOB_SHARE = 1 / 3.5;
/**
 * Beside us a bare call costs the gateway a dozen statements and one commit. Ours adds two commits and sixty statements:
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

/** What a shop asks for, one after the other in each lane. */
async function byShop(product, siteId) {
  const { due, token } = await fillDue(product, { siteId, count: 1 });
  const charge = await charges(product, due);
  const once = () => perSecond(Array.from({ length: SHOP.perRound }), SHOP.lanes, charge);
  return { token, ours: once };
}

/** What the job takes up by itself. */
async function byJob(product, siteId) {
  const { due, token } = await fillDue(product, { siteId, count: (ROUNDS + WARM_UP) * JOB.perRound });
  const left = due.values();
  const next = () => Array.from({ length: JOB.perRound }, () => left.next().value);
  return { token, ours: () => release(product, next()) };
}

export async function collects(product) {
  const { id: siteId, account } = product.sites.find(({ code }) => code === 'co');
  await raisePace(product);
  await raiseLimits(product, siteId);
  const { rows } = await product.sandboxDb.query(
    "SELECT notification_url FROM sites WHERE upper(site) = 'CO'",
  );
  const far = await farAway(product.sandbox.url, FAR_MS);
  const [away, beside] = [`gateway ${FAR_MS} ms away`, 'gateway beside us'];
  const figures = [];
  for (const { name, url, by, how, share } of [
    { name: `charges by a shop, ${away}`, url: far.url, by: byShop, how: SHOP, share: FAR_SHARE },
    {
      name: `charges by a shop, ${beside}`,
      url: product.sandbox.url,
      by: byShop,
      how: SHOP,
      share: NEAR_SHARE,
    },
    { name: `periods charged, ${away}`, url: far.url, by: byJob, how: JOB, share: FAR_JOB_SHARE },
    { name: `periods charged, ${beside}`, url: product.sandbox.url, by: byJob, how: JOB, share: NEAR_SHARE },
  ]) {
    await product.db.query('UPDATE gateway_accounts SET base_url = $2 WHERE id = $1', [account, url]);
    await tell(product, rows[0].notification_url);
    const { token, ours } = await by(product, siteId);
    const bare = await bareCollect(product, httpCaller(url), token);
    const rates = await alternate({
      ...{ rounds: ROUNDS, warmUp: WARM_UP },
      ours: async () => {
        await tell(product, rows[0].notification_url);
        return ours();
      },
      theirs: async () => {
        await tell(product, null);
        return perSecond(Array.from({ length: how.perRound }), how.lanes, bare);
      },
    });
    figures.push({
      name: `${name}, ${how.lanes} at a time`,
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
