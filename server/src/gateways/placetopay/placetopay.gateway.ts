import { Injectable } from '@nestjs/common';
import type { ConnectionTest } from '@recaudo/shared';
import { Clock } from '../../platform/clock.js';
import { GatewayCaller, type CallResult } from '../caller.js';
import type {
  Credentials,
  GatewayPort,
  NotificationReading,
  OpenAnswer,
  OpenRequest,
  QueryAnswer,
} from '../gateway.port.js';
import { authNode, signatureMatches } from './placetopay.auth.js';
import {
  createBody,
  createdSchema,
  envelopeSchema,
  issueText,
  notificationSchema,
  readSession,
  redact,
} from './placetopay.wire.js';

/** Shorter than the lease of an opening session, so that a late answer still finds its row. */
const CREATE_DEADLINE_MS = 20_000;
const QUERY_DEADLINE_MS = 15_000;
const TEST_DEADLINE_MS = 8_000;

type Answered = Extract<CallResult, { kind: 'answer' }>;

/** PlacetoPay Checkout as its client. Facts and house rules: `docs/gateways/placetopay.md`. */
@Injectable()
export class PlacetoPayGateway implements GatewayPort {
  readonly gateway = 'placetopay';

  constructor(
    private readonly caller: GatewayCaller,
    private readonly clock: Clock,
  ) {}

  async createSession(credentials: Credentials, request: OpenRequest): Promise<OpenAnswer> {
    const body = createBody(authNode(credentials, this.clock.now()), request);
    const result = await this.caller.post(address(credentials, 'api/session'), body, {
      deadlineMs: CREATE_DEADLINE_MS,
      money: true,
    });
    return result.kind === 'answer' ? readCreated(result) : result;
  }

  async querySession(credentials: Credentials, number: string): Promise<QueryAnswer> {
    const body = { auth: authNode(credentials, this.clock.now()) };
    const result = await this.caller.post(address(credentials, `api/session/${number}`), body, {
      deadlineMs: QUERY_DEADLINE_MS,
      money: false,
    });
    return result.kind === 'answer' ? readQueried(result, number) : result;
  }

  /** Asks for a session that cannot exist: any envelope but 401 proves address, login, secret and clock. */
  async testConnection(credentials: Credentials): Promise<ConnectionTest> {
    const body = { auth: authNode(credentials, this.clock.now()) };
    const result = await this.caller.post(address(credentials, 'api/session/1'), body, {
      deadlineMs: TEST_DEADLINE_MS,
      money: false,
    });
    if (result.kind !== 'answer') return { result: 'unreachable', code: null, detail: result.why, tookMs: 0 };
    return readTest(result);
  }

  readNotification(body: unknown, secrets: string[]): NotificationReading {
    const parsed = notificationSchema.safeParse(body);
    if (!parsed.success)
      return { kind: 'malformed', field: parsed.error.issues[0]?.path.join('.') ?? 'body' };
    const { requestId, status, reference, signature } = parsed.data;
    const signed = signatureMatches(signature, [requestId, status.status, status.date], secrets);
    return signed
      ? { kind: 'session', number: requestId, reference, state: status.status, evidence: redact(body) }
      : { kind: 'badSignature' };
  }
}

function address(credentials: Credentials, path: string): string {
  return `${credentials.baseUrl.replace(/\/+$/, '')}/${path}`;
}

export function readCreated(answer: Answered): OpenAnswer {
  const failure = commonFailure(answer);
  if (failure) return failure;
  const created = createdSchema.safeParse(answer.json);
  if (answer.status === 200 && created.success && created.data.status.status === 'OK') {
    const { requestId, processUrl } = created.data;
    return { kind: 'opened', number: String(requestId), processUrl, evidence: redact(answer.json) };
  }
  const envelope = envelopeSchema.safeParse(answer.json);
  if (envelope.success && envelope.data.status.status === 'FAILED') return refusal(answer, false);
  return {
    kind: 'unknown',
    why: created.success ? `status ${created.data.status.status}` : issueText(created.error),
  };
}

export function readQueried(answer: Answered, number: string): QueryAnswer {
  const failure = commonFailure(answer);
  if (failure) return failure;
  const envelope = envelopeSchema.safeParse(answer.json);
  if (envelope.success && envelope.data.status.status === 'FAILED') {
    const { reason } = envelope.data.status;
    const unknownSession = answer.status === 404 || (answer.status === 200 && reason === '0');
    return unknownSession ? { kind: 'notFound', evidence: redact(answer.json) } : refusal(answer, false);
  }
  if (answer.status !== 200) return { kind: 'unknown', why: `HTTP ${answer.status}` };
  const read = readSession(answer.json);
  if (!read.ok) return { kind: 'unknown', why: read.why };
  if (read.session.number !== number)
    return { kind: 'unknown', why: `an answer about session ${read.session.number}` };
  return { kind: 'session', session: read.session };
}

type Refused = Extract<OpenAnswer, { kind: 'refused' }>;

/** 401 with an envelope is a refusal; 429 and 5xx, even with one, prove nothing. */
function commonFailure(answer: Answered): Refused | { kind: 'unknown'; why: string } | null {
  const envelope = envelopeSchema.safeParse(answer.json);
  if (!envelope.success)
    return { kind: 'unknown', why: `HTTP ${answer.status}: ${issueText(envelope.error)}` };
  if (answer.status === 429 || answer.status >= 500) return { kind: 'unknown', why: `HTTP ${answer.status}` };
  return answer.status === 401 ? refusal(answer, true) : null;
}

function refusal(answer: Answered, authentication: boolean): Refused {
  const { reason, message } = envelopeSchema.parse(answer.json).status;
  return { kind: 'refused', reason, message, authentication, evidence: redact(answer.json) };
}

const AUTHENTICATION_RESULTS: Record<string, ConnectionTest['result']> = {
  '101': 'unknown_login',
  '102': 'wrong_secret',
  '103': 'clock',
};

function readTest(answer: Answered): ConnectionTest {
  const envelope = envelopeSchema.safeParse(answer.json);
  if (!envelope.success) {
    return {
      result: 'unreachable',
      code: null,
      detail: `HTTP ${answer.status}: not a PlacetoPay answer`,
      tookMs: answer.tookMs,
    };
  }
  const { message } = envelope.data.status;
  if (answer.status !== 401) return { result: 'ok', code: null, detail: message, tookMs: answer.tookMs };
  const code = /(\d+)\D*$/.exec(message)?.[1] ?? null;
  return {
    result: AUTHENTICATION_RESULTS[code ?? ''] ?? 'refused',
    code,
    detail: message,
    tookMs: answer.tookMs,
  };
}
