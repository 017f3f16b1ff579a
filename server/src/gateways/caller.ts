import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Agent, request } from 'undici';
import { Clock } from '../platform/clock.js';
import { PRACTICE_CLOCK_HEADER, requestContext } from '../platform/context.js';

/**
 * What a call came to. `unsent` is provable: nothing left this machine. Everything that may have reached the
 * gateway without a whole JSON answer is `unknown`. Money rules, section 4.
 */
export type CallResult =
  | { kind: 'answer'; status: number; json: Record<string, unknown>; tookMs: number }
  | { kind: 'unsent'; why: string }
  | { kind: 'unknown'; why: string };

const UNSENT_CODES = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'EPROTO',
]);

const MAX_ANSWER_BYTES = 2_000_000;

/** Speaks JSON to gateways: one deadline, no redirects followed, nothing repeated by itself. */
@Injectable()
export class GatewayCaller implements OnApplicationShutdown {
  /** Reads may share connections. */
  private readonly reading = new Agent({ connections: 64, keepAliveTimeout: 4_000, connectTimeout: 5_000 });
  /** Money never rides on a reused connection: a stale one would turn "not sent" into "unknown". */
  private readonly money = new Agent({ connections: 64, pipelining: 0, connectTimeout: 5_000 });

  constructor(private readonly clock: Clock) {}

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.reading.close(), this.money.close()]);
  }

  async post(
    url: string,
    body: unknown,
    options: { deadlineMs: number; money: boolean },
  ): Promise<CallResult> {
    const startedAt = performance.now();
    try {
      const response = await request(url, {
        method: 'POST',
        dispatcher: options.money ? this.money : this.reading,
        headers: this.headers(),
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(options.deadlineMs),
        headersTimeout: options.deadlineMs,
        bodyTimeout: options.deadlineMs,
      });
      const text = await readBounded(response.body);
      const json = text === null ? null : parseObject(text);
      if (json === null)
        return { kind: 'unknown', why: `HTTP ${response.statusCode} without a whole JSON object` };
      return {
        kind: 'answer',
        status: response.statusCode,
        json,
        tookMs: Math.round(performance.now() - startedAt),
      };
    } catch (error) {
      return classify(error, options.deadlineMs);
    }
  }

  private headers(): Record<string, string> {
    const practice = requestContext.getStore()?.practiceNow !== undefined;
    return {
      'content-type': 'application/json',
      accept: 'application/json',
      'user-agent': 'recaudo',
      ...(practice ? { [PRACTICE_CLOCK_HEADER]: this.clock.now().toISOString() } : {}),
    };
  }
}

function classify(error: unknown, deadlineMs: number): CallResult {
  const codes = errorCodes(error);
  const unsent = codes.find((code) => UNSENT_CODES.has(code));
  if (unsent) return { kind: 'unsent', why: unsent };
  if ((error as Error).name === 'TimeoutError')
    return { kind: 'unknown', why: `no answer within ${deadlineMs} ms` };
  return { kind: 'unknown', why: codes[0] ?? (error as Error).name };
}

/** Node wraps failures of several addresses in one AggregateError; any sent one would not be in the list. */
function errorCodes(error: unknown): string[] {
  const { code, cause, errors } = error as { code?: string; cause?: unknown; errors?: unknown[] };
  const own = code ? [code] : [];
  const inner = errors ?? (cause ? [cause] : []);
  return [...own, ...inner.slice(0, 8).flatMap((each) => errorCodes(each))];
}

async function readBounded(body: AsyncIterable<Buffer>): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > MAX_ANSWER_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
