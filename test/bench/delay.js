// A gateway that is far away: whatever is sent to it arrives later; what it answers comes back at once.
import { once } from 'node:events';
import { connect, createServer } from 'node:net';

/** Answers `{ url, close }`; `url` leads to the program at `target`, `ms` milliseconds away. */
export async function farAway(target, ms) {
  const { hostname, port } = new URL(target);
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    near.on('data', (chunk) => setTimeout(() => far.write(chunk), ms));
    far.pipe(near);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ])
      one.on('error', () => other.destroy()).on('close', () => other.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}
