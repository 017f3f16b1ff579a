// How things are measured: in turns, with a round to warm up, and by the median.
import { Agent, request } from 'node:http';

export function median(values) {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Does `ours` and `theirs` in turns, so that whatever else the machine does hits both, and swaps who goes first. Each
 * answers a number. The first `warmUp` rounds are not counted. Answers the two medians.
 */
export async function alternate({ rounds, warmUp, ours, theirs }) {
  const measured = { ours: [], theirs: [] };
  const turns = [
    ['ours', ours],
    ['theirs', theirs],
  ];
  for (let round = 0; round < warmUp + rounds; round += 1) {
    for (const [name, work] of round % 2 ? turns.toReversed() : turns) {
      const value = await work();
      if (round >= warmUp) measured[name].push(value);
    }
  }
  return { ours: median(measured.ours), theirs: median(measured.theirs) };
}

/** The milliseconds that `work` takes. */
export async function milliseconds(work) {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** Does `work(item)` for every item, `concurrency` at a time; answers how many it did per second. */
export async function perSecond(items, concurrency, work) {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) await work(item);
  };
  const took = await milliseconds(() => Promise.all(Array.from({ length: concurrency }, worker)));
  return (items.length * 1_000) / took;
}

/** A caller that keeps its connections and costs little itself. Any status but `wanted` fails the measurement. */
export function httpCaller(base, headers = {}) {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  return (method, path, { body, wanted = 200, headers: own = {} } = {}) => {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const content = text && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
    return new Promise((resolve, reject) => {
      const call = request(
        base + path,
        { method, agent, headers: { ...headers, ...own, ...content } },
        (response) => {
          const chunks = [];
          response.on('data', (chunk) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            const answer = Buffer.concat(chunks).toString();
            if (response.statusCode === wanted) resolve({ headers: response.headers, text: answer });
            else reject(new Error(`${method} ${path}: ${response.statusCode} ${answer.slice(0, 500)}`));
          });
        },
      );
      call.setTimeout(30_000, () => call.destroy(new Error(`${method} ${path}: no answer`)));
      call.on('error', reject);
      call.end(text);
    });
  };
}
