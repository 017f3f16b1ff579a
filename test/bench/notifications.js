// Receiving notifications, against a bare handler that only inserts.
import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { until } from '../../scripts/lib/until.js';
import { alternate, httpCaller, median, perSecond } from './measure.js';

const CONCURRENCY = 16;
const PER_ROUND = 400;
const ROUNDS = 7;
/**
 * The bare handler trusts everybody and does nothing afterwards: one statement. Ours reads the account and its site to
 * verify the signature, and its worker, in the same process, opens a review with audit and event: twelve statements and
 * two commits each. Receiving goes first, so it must keep a bigger share of the bare rate.
 */
const RECEIVED_SHARE = 1 / 8;
const HANDLED_SHARE = 1 / 16;

/** Signed notifications of a gateway's site about sessions that nobody here opened, so that nothing is asked. */
function notifications(secret) {
  let number = 900_000_000;
  return () =>
    Array.from({ length: PER_ROUND }, () => {
      number += 1;
      const status = {
        status: 'APPROVED',
        message: 'La petición ha sido aprobada exitosamente',
        reason: '00',
        date: new Date().toISOString(),
      };
      const signed = createHash('sha256').update(`${number}${status.status}${status.date}${secret}`);
      return {
        status,
        requestId: number,
        reference: `ELSEWHERE-${number}`,
        signature: `sha256:${signed.digest('hex')}`,
      };
    });
}

async function startBareHandler(product, { id, account }) {
  const child = fork(join(import.meta.dirname, 'bare-handler.js'), [], {
    env: { ...process.env, DATABASE_URL: product.databaseUrl, SITE: id, ACCOUNT: account },
  });
  const [{ port }] = await once(child, 'message');
  return { child, call: httpCaller(`http://127.0.0.1:${port}`) };
}

/** What is received is also handled, by the worker in the same process; the next turn waits until that is done. */
async function allHandled(product) {
  const due = `SELECT FROM notifications WHERE next_attempt_at < now() + interval '1 hour' LIMIT 1`;
  if (!(await until(async () => (await product.db.query(due)).rowCount === 0, 60_000, 50)))
    throw new Error('The notifications were not handled within a minute.');
}

export async function receiving(product) {
  const site = product.sites.find(({ code }) => code === 'co');
  const { text } = await httpCaller(product.sandbox.url)('GET', '/control/sites');
  const next = notifications(JSON.parse(text).find((each) => each.site.toLowerCase() === 'co').secretKey);
  const bare = await startBareHandler(product, site);
  const call = httpCaller(product.server.url);
  const handled = [];
  const warmUp = 2;
  try {
    const { ours, theirs } = await alternate({
      rounds: ROUNDS,
      warmUp,
      ours: async () => {
        const bodies = next();
        const started = performance.now();
        const rate = await perSecond(bodies, CONCURRENCY, (body) =>
          call('POST', `/api/notifications/${site.account}`, { body }),
        );
        await allHandled(product);
        handled.push((bodies.length * 1_000) / (performance.now() - started));
        return rate;
      },
      theirs: () => perSecond(next(), CONCURRENCY, (body) => bare.call('POST', '/', { body })),
    });
    const baseline = `bare inserts ${theirs.toFixed(0)} per s`;
    return [
      {
        name: `notifications received, ${CONCURRENCY} at a time`,
        value: ours,
        unit: 'per s',
        limit: theirs * RECEIVED_SHARE,
        baseline,
      },
      {
        name: 'notifications received and handled',
        value: median(handled.slice(warmUp)),
        unit: 'per s',
        limit: theirs * HANDLED_SHARE,
        baseline,
      },
    ];
  } finally {
    bare.child.disconnect();
  }
}
