// Stands between one server process and PostgreSQL, and counts what the process says: so that it can be killed before
// its n-th word is heard, or after it was heard and before the answer comes.
import { connect, createServer } from 'node:net';
import { once } from 'node:events';

const QUERY = 0x51;
const SYNC = 0x53;
/** What a driver sends before anything else has no type: only a length. */
const isCommit = (type, body) => type === QUERY && /^COMMIT\b/i.test(body.toString('latin1', 0, 8));

export class DatabaseLink {
  #listener;
  #sockets = new Set();
  #open = true;
  #wait = null;

  constructor(clusterPort) {
    this.clusterPort = clusterPort;
    this.#listener = createServer((socket) => this.#serve(socket));
  }

  async start() {
    this.#listener.listen(0, '127.0.0.1');
    await once(this.#listener, 'listening');
    this.port = this.#listener.address().port;
    return this;
  }

  /**
   * At the n-th from now: `strike()` is called, and neither the word nor its answer passes; unless it answers 'pass'.
   * `of` is `commit`, or `word` for everything that waits for an answer; `when` is `before` (PostgreSQL never hears it)
   * or `after` (it did it).
   */
  arm({ of, n, when, strike }) {
    this.#wait = { of, left: n, when, strike };
  }

  /** Answers how many words or commits were still to come; null when it had struck. */
  disarm() {
    const left = this.#wait?.left ?? null;
    this.#wait = null;
    return left;
  }

  /** Cuts every connection; with `refuse` no new one is taken until `allow`. */
  cut({ refuse = false } = {}) {
    this.#open = !refuse;
    for (const socket of this.#sockets) socket.destroy();
  }

  allow() {
    this.#open = true;
  }

  async stop() {
    this.#listener.close();
    this.cut();
  }

  #serve(client) {
    if (!this.#open) return client.destroy();
    const server = connect(this.clusterPort, '127.0.0.1');
    const link = { client, server, pending: Buffer.alloc(0), started: false, mute: null };
    for (const [socket, other] of [
      [client, server],
      [server, client],
    ]) {
      socket.setNoDelay(true);
      this.#sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        this.#sockets.delete(socket);
        other.destroy();
      });
    }
    client.on('data', (chunk) => this.#hear(link, chunk));
    server.on('data', (chunk) => {
      if (link.mute) {
        const strike = link.mute;
        link.mute = null;
        if (strike() !== 'pass') return client.destroy();
      }
      client.write(chunk);
    });
  }

  #hear(link, chunk) {
    link.pending = link.pending.length ? Buffer.concat([link.pending, chunk]) : chunk;
    let passed = 0;
    for (;;) {
      const rest = link.pending.subarray(passed);
      const header = link.started ? 5 : 4;
      if (rest.length < header) break;
      const length = rest.readUInt32BE(header - 4) + header - 4;
      if (rest.length < length) break;
      const type = link.started ? rest[0] : 0;
      const strikes = this.#wait && link.started && this.#counts(type, rest.subarray(header, length));
      link.started = true;
      if (strikes) {
        const { when, strike } = this.#wait;
        this.#wait = null;
        if (when === 'before') {
          strike();
          return link.server.destroy();
        }
        link.mute = strike;
      }
      passed += length;
    }
    if (passed > 0) link.server.write(link.pending.subarray(0, passed));
    link.pending = link.pending.subarray(passed);
  }

  /** Whether this is the word that was waited for. */
  #counts(type, body) {
    const counted = this.#wait.of === 'commit' ? isCommit(type, body) : type === QUERY || type === SYNC;
    if (counted) this.#wait.left -= 1;
    return counted && this.#wait.left === 0;
  }
}
