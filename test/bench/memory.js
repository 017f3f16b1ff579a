// What a program of ours holds in memory once its garbage is gone: before that, the figure only tells when V8 last looked.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { until } from '../../scripts/lib/until.js';

/** The resident memory in MB after a full collection, asked of the process itself by its inspector. */
export async function residentMb(root, { child, inspectPort }) {
  const { WebSocket } = createRequire(join(root, 'server/package.json'))('undici');
  child.kill('SIGUSR1');
  const targets = await until(async () => {
    const answer = await fetch(`http://127.0.0.1:${inspectPort}/json/list`).catch(() => null);
    return answer?.json();
  }, 10_000);
  if (!targets) throw new Error('The inspector of the server does not answer.');
  const socket = new WebSocket(targets[0].webSocketDebuggerUrl);
  try {
    await new Promise((resolve, reject) => Object.assign(socket, { onopen: resolve, onerror: reject }));
    const call = (method, params = {}) =>
      new Promise((resolve) => {
        socket.onmessage = ({ data }) => resolve(JSON.parse(data).result);
        socket.send(JSON.stringify({ id: 1, method, params }));
      });
    await call('HeapProfiler.collectGarbage');
    const { result } = await call('Runtime.evaluate', { expression: 'process.memoryUsage.rss()' });
    return result.value / 1e6;
  } finally {
    socket.close();
  }
}
