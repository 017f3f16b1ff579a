/** Sends what is queued: once, within 5 s, never again (protocol 7.3). */
import { randomBytes } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { CLOCK_HEADER } from '../platform/clock.js';
import { inTransaction } from '../platform/database.js';
import type { Pool } from '../platform/database.js';
import { drawFault } from '../platform/faults.js';
import {
  claimNotification,
  giveUpInterrupted,
  isSomeoneHeld,
  letHeldGo,
  markFault,
  postpone,
  recordDelivery,
} from './notification.store.js';
import type { Delivery, Notification } from './notification.store.js';
import { signature } from './signature.js';

const TIMEOUT_MS = 5_000;
const MAX_AT_ONCE = 16;
/** Far beyond the timeout: whoever was sending for so long is dead. */
const INTERRUPTED_AFTER_MS = 60_000;
/** One that is to swap places with the next goes out by itself when there is none. */
const HELD_AT_MOST_MS = 60_000;

export class Notifier {
  private readonly working = new Set<Promise<void>>();
  private stopped = false;

  constructor(
    private readonly pool: Pool,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** Starts sending what is queued, without waiting for it. */
  kick(): void {
    if (this.stopped || this.working.size >= MAX_AT_ONCE) return;
    const work = this.sendQueued()
      .catch(this.onError)
      .finally(() => this.working.delete(work));
    this.working.add(work);
  }

  /** Once at start, when nobody can be sending, and now and then. */
  async recover(atStart: boolean): Promise<void> {
    await giveUpInterrupted(this.pool, new Date(Date.now() - (atStart ? 0 : INTERRUPTED_AFTER_MS)));
  }

  /** Lets what is being sent come to its end. */
  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all(this.working);
  }

  private async sendQueued(): Promise<void> {
    while (!this.stopped) {
      const claimed = await this.claim();
      if (claimed === 'none') return;
      if (claimed !== 'postponed') await this.send(claimed);
    }
  }

  private async claim(): Promise<Notification | 'none' | 'postponed'> {
    return inTransaction(this.pool, async (client) => {
      const notification = await claimNotification(client, new Date());
      if (!notification) return 'none';
      // A postponed one has had its fault already.
      if (notification.fault) return notification;
      // The other one of a pair that swaps places.
      if (await isSomeoneHeld(client, notification.site)) return notification;
      const fault = await drawFault(client, 'notification', notification.site);
      if (!fault) return notification;
      const kind = fault.kind as NonNullable<Notification['fault']>;
      await markFault(client, notification.id, kind);
      if (kind === 'delay' || kind === 'reorder') {
        const wait = kind === 'delay' ? fault.delayMs : HELD_AT_MOST_MS;
        await postpone(client, notification.id, new Date(Date.now() + wait));
        return 'postponed';
      }
      return { ...notification, fault: kind };
    });
  }

  private async send(notification: Notification): Promise<void> {
    const { id, url } = notification;
    if (notification.fault === 'lose') {
      await recordDelivery(this.pool, id, {
        url,
        body: notification.body,
        outcome: 'lost',
        httpStatus: null,
        error: 'lost by a fault',
        tookMs: 0,
        at: new Date(),
      });
      return;
    }
    const body = notification.fault === 'forge' ? forged(notification.body) : notification.body;
    const times = notification.fault === 'duplicate' ? 2 : 1;
    for (let time = 0; time < times; time += 1) {
      await recordDelivery(this.pool, id, await deliver(url, body, notification.practiceClock));
    }
    await letHeldGo(this.pool, notification.site, new Date());
  }
}

/** The same news, signed by somebody who does not know the secret. */
function forged(body: string): string {
  const news = JSON.parse(body) as {
    requestId?: number;
    internalReference?: number;
    status: { status: string; date: string };
  };
  const parts = { id: news.requestId ?? news.internalReference ?? 0, ...news.status };
  return JSON.stringify({ ...news, signature: signature('sha256', parts, randomBytes(12).toString('hex')) });
}

async function deliver(url: string, body: string, practiceClock: string | null): Promise<Delivery> {
  const at = new Date();
  const done = (outcome: Delivery['outcome'], httpStatus: number | null, error: string | null): Delivery => ({
    url,
    body,
    outcome,
    httpStatus,
    error,
    tookMs: Date.now() - at.getTime(),
    at,
  });
  try {
    const status = await post(url, body, practiceClock);
    return done(status >= 200 && status < 300 ? 'delivered' : 'failed', status, null);
  } catch (error) {
    return done('failed', null, (error as Error).message.slice(0, 500));
  }
}

/** A fresh connection each time: on a reused one that the merchant has just closed, the only attempt would be wasted. */
function post(url: string, body: string, practiceClock: string | null): Promise<number> {
  const send = url.startsWith('https:') ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const request = send(url, {
      method: 'POST',
      agent: false,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        ...(practiceClock && { [CLOCK_HEADER]: practiceClock }),
      },
    });
    request.on('response', (response) => {
      resolve(response.statusCode ?? 0);
      // What the merchant says beyond its status is of no interest, and may be endless.
      response.destroy();
    });
    request.on('error', reject);
    request.end(body);
  });
}
