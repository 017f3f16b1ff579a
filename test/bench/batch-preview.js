// What a batch of the greatest size would do, looked at before.
import { median, milliseconds } from './measure.js';
import { fillPaid } from './paid.js';
import { raiseLimits } from './operations.js';

const ROWS = 500;
const ROUNDS = 7;
const WARM_UP = 2;
const LIMIT_MS = 1_000;

export async function batchPreview(product) {
  const { id: siteId } = product.sites.find(({ code }) => code === 'co');
  await raiseLimits(product, siteId);
  const support = await product.signIn('support@demo.recaudo.test');
  const figures = [];
  for (const [kind, holds] of [
    ['reverse', false],
    ['checkout', true],
  ]) {
    const rows = (await fillPaid(product, { siteId, count: ROWS, holds })).map(({ id }) => ({
      transactionId: id,
    }));
    const took = [];
    for (let round = 0; round < WARM_UP + ROUNDS; round += 1)
      took.push(await milliseconds(() => support('POST', '/api/batches/preview', { body: { kind, rows } })));
    const name = `preview of a batch of ${ROWS}, ${kind}, p50`;
    figures.push({ name, value: median(took.slice(WARM_UP)), unit: 'ms', limit: LIMIT_MS });
  }
  return figures;
}
