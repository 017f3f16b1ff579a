// Stands between the server processes and the practice gateway, and sees every call go and every answer come: so that
// a process can be killed when its call arrives here, when the gateway has it, or when the answer is on its way back.
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { until } from '../../../scripts/lib/until.js';

const END_OF_HEADERS = Buffer.from('\r\n\r\n');
/** No answer of a fault drawn here takes longer. */
const IDLE_DEADLINE_MS = 10_000;

/** The first whole HTTP request in a buffer, or null: `{ path, bytes }`. */
function requestIn(buffer) {
  const end = buffer.indexOf(END_OF_HEADERS);
  if (end < 0) return null;
  const head = buffer.toString('latin1', 0, end);
  const body = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
  const bytes = end + END_OF_HEADERS.length + body;
  return buffer.length < bytes ? null : { path: head.split(' ', 2)[1] ?? '', bytes };
}

export class GatewayLink {
  #listener = null;
  #sockets = new Set();
  #wait = null;
  #outstanding = new Set();

  constructor(gatewayPort) {
    this.gatewayPort = gatewayPort;
    this.port = 0;
  }

  /** Listens, the second time on the port it had. */
  async start() {
    this.#listener = createServer((socket) => this.#serve(socket));
    this.#listener.listen(this.port, '127.0.0.1');
    await once(this.#listener, 'listening');
    this.port = this.#listener.address().port;
    return this;
  }

  /** Refuses connections, as a gateway that is down does: what is not sent then is provably unsent. */
  async stop() {
    const closed = once(this.#listener, 'close');
    this.#listener.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  /**
   * At the n-th call from now whose path matches `of`: `strike()` is called `when` it `arrives`, is `forwarded`, or is
   * `answered`. Nothing passes then, unless `strike` answers (or promises) 'pass'.
   */
  arm({ of, n = 1, when, strike }) {
    this.#wait = { of, left: n, when, strike };
  }

  /** Answers how many calls were still to come; null when it had struck. */
  disarm() {
    const left = this.#wait?.left ?? null;
    this.#wait = null;
    return left;
  }

  /** Waits until the gateway has answered everything that reached it. */
  async idle() {
    return until(() => this.#outstanding.size === 0, IDLE_DEADLINE_MS, 5);
  }

  #serve(client) {
    const gateway = connect(this.gatewayPort, '127.0.0.1');
    const link = { client, gateway, pending: Buffer.alloc(0), path: '', struck: null, answering: null };
    for (const socket of [client, gateway]) {
      socket.setNoDelay(true);
      this.#sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => this.#sockets.delete(socket));
    }
    client.on('data', (chunk) => this.#ask(link, chunk));
    // A caller that is gone does not end the call: the gateway may be at it.
    client.on('close', () => this.#outstanding.has(gateway) || gateway.destroy());
    gateway.on('data', (chunk) => void (link.answering = this.#answer(link, chunk)));
    gateway.on('close', async () => {
      await link.answering;
      this.#outstanding.delete(gateway);
      client.destroySoon();
    });
  }

  #ask(link, chunk) {
    link.pending = Buffer.concat([link.pending, chunk]);
    for (let request = requestIn(link.pending); request; request = requestIn(link.pending)) {
      link.path = request.path;
      link.struck = this.#reaches(request.path);
      if (link.struck?.when === 'arrives' && link.struck.strike() !== 'pass') {
        link.client.destroy();
        return link.gateway.destroy();
      }
      this.#outstanding.add(link.gateway);
      link.gateway.write(link.pending.subarray(0, request.bytes));
      link.pending = link.pending.subarray(request.bytes);
      if (link.struck?.when === 'forwarded') link.struck.strike();
    }
  }

  async #answer(link, chunk) {
    const struck = link.struck?.when === 'answered' ? link.struck : null;
    link.struck = null;
    const passes = !struck || (await struck.strike()) === 'pass';
    this.#outstanding.delete(link.gateway);
    if (!passes) {
      link.client.destroy();
      return link.gateway.destroy();
    }
    if (link.client.destroyed) link.gateway.destroy();
    else link.client.write(chunk);
  }

  #reaches(path) {
    if (!this.#wait?.of.test(path)) return null;
    this.#wait.left -= 1;
    if (this.#wait.left > 0) return null;
    const struck = this.#wait;
    this.#wait = null;
    return struck;
  }
}
