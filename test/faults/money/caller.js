// HTTP as a browser, a shop or a tester speaks it: one cookie, a deadline, and an answer even when none came.
import { Agent, request } from 'node:http';

const DEADLINE_MS = 30_000;
const agent = new Agent({ keepAlive: false, maxSockets: 256 });

/** Whoever keeps an address busy is throttled; every caller has an address of its own of this machine. */
let callers = 1;

/** What comes back when nobody answered: the process was killed, or is frozen, or is not there. */
const SILENCE = { status: 0, body: null, text: '', headers: {} };

/** One exchange. Never throws: no answer is `status: 0`. */
export function call(method, url, { body, form, headers = {}, from = '127.0.0.1' } = {}) {
  const text = form ? new URLSearchParams(form).toString() : body === undefined ? '' : JSON.stringify(body);
  const type = form ? 'application/x-www-form-urlencoded' : 'application/json';
  const content = text && { 'content-type': type, 'content-length': Buffer.byteLength(text) };
  return new Promise((resolve) => {
    const sent = request(
      url,
      { method, agent, localAddress: from, timeout: DEADLINE_MS, headers: { ...headers, ...content } },
      (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('error', () => resolve(SILENCE));
        response.on('end', () => {
          const answered = Buffer.concat(chunks).toString();
          const { statusCode: status, headers: its } = response;
          resolve({ status, headers: its, text: answered, body: parsed(answered) });
        });
      },
    );
    sent.on('timeout', () => sent.destroy());
    sent.on('error', () => resolve(SILENCE));
    sent.end(text);
  });
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Somebody with a login: the same person at whichever process of the product. */
export class Person {
  #cookie = '';

  constructor(role, credentials) {
    Object.assign(this, { role, credentials });
    callers += 1;
    this.from = `127.0.${1 + (callers >> 8)}.${callers & 255}`;
  }

  async signIn(base) {
    const { headers, status, text } = await this.call(base, 'POST', '/api/login', {
      body: this.credentials,
    });
    if (status !== 200) throw new Error(`${this.role} could not sign in: ${status} ${text}`);
    this.#cookie = headers['set-cookie'].map((each) => each.split(';')[0]).join('; ');
  }

  call(base, method, path, { headers = {}, ...rest } = {}) {
    const own = { origin: base, ...(this.#cookie && { cookie: this.#cookie }), ...headers };
    return call(method, base + path, { ...rest, headers: own, from: this.from });
  }

  get(base, path) {
    return this.call(base, 'GET', path);
  }

  /** `key` is the Idempotency-Key. */
  post(base, path, body = {}, key = null) {
    return this.call(base, 'POST', path, { body, headers: key ? { 'idempotency-key': key } : {} });
  }
}
