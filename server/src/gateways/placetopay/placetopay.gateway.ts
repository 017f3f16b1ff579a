import { Injectable } from '@nestjs/common';
import { SESSION_KINDS, type ConnectionTest, type TransactionKind } from '@recaudo/shared';
import { Clock } from '../../platform/clock.js';
import { classify, envelopeSchema, issueText, refusal } from '../answer.rules.js';
import { GatewayCaller, type CallResult } from '../caller.js';
import { redact } from '../evidence.rules.js';
import type {
  Capabilities,
  CollectRequest,
  Credentials,
  GatewayPort,
  InvalidateAnswer,
  NotificationReading,
  OpenAnswer,
  OpenRequest,
  OperationAction,
  OperationAnswer,
  OperationRequest,
  QueryAnswer,
  SessionSnapshot,
} from '../gateway.port.js';
import { authNode } from './placetopay.auth.js';
import { readNotification } from './placetopay.notifications.js';
import { collectBody, createBody, invalidateBody, operationBody } from './placetopay.request.js';
import { createdSchema, readSession, readTransaction } from './placetopay.wire.js';

/** Shorter than the lease of an opening session, so that a late answer still finds its row. */
const CREATE_DEADLINE_MS = 20_000;
const QUERY_DEADLINE_MS = 15_000;
const TEST_DEADLINE_MS = 8_000;
/** Shorter than the lease of an operation. The gateway may take 180 s: what it did then is found by asking. */
const MONEY_DEADLINE_MS = 30_000;

const KIND_OF_ACTION: Record<OperationAction, TransactionKind> = {
  confirm: 'payment',
  cancel: 'payment',
  reauthorization: 'reauthorization',
  checkout: 'checkout',
  reverse: 'reverse',
};

/** PlacetoPay Checkout as its client. Facts and house rules: `docs/gateways/placetopay.md`. */
@Injectable()
export class PlacetoPayGateway implements GatewayPort {
  readonly gateway = 'placetopay';
  readonly capabilities: Capabilities = {
    kinds: SESSION_KINDS,
    actions: ['confirm', 'cancel', 'reauthorization', 'checkout', 'reverse'],
    cancelSession: true,
  };

  constructor(
    private readonly caller: GatewayCaller,
    private readonly clock: Clock,
  ) {}

  async createSession(credentials: Credentials, request: OpenRequest): Promise<OpenAnswer> {
    const body = createBody(this.auth(credentials), request);
    return readCreated(await this.money(credentials, 'api/session', body, CREATE_DEADLINE_MS));
  }

  async querySession(credentials: Credentials, number: string): Promise<QueryAnswer> {
    const result = await this.caller.post(
      address(credentials, `api/session/${number}`),
      { auth: this.auth(credentials) },
      { deadlineMs: QUERY_DEADLINE_MS, money: false },
    );
    return readQueried(result, number);
  }

  async cancelSession(credentials: Credentials, number: string): Promise<QueryAnswer> {
    const body = { auth: this.auth(credentials) };
    const result = await this.money(credentials, `api/session/${number}/cancel`, body);
    return readSessionAnswer(result, (json) => json.session, number);
  }

  async operate(credentials: Credentials, request: OperationRequest): Promise<OperationAnswer> {
    const body = operationBody(this.auth(credentials), request);
    return readOperated(await this.money(credentials, 'api/transaction', body), request);
  }

  async collect(credentials: Credentials, request: CollectRequest): Promise<QueryAnswer> {
    const body = collectBody(this.auth(credentials), request);
    const answer = readSessionAnswer(
      await this.money(credentials, 'api/collect', body),
      (json) => json,
      null,
    );
    if (answer.kind !== 'session' || answer.session.reference === request.reference) return answer;
    return { kind: 'unknown', why: `an answer about ${answer.session.reference}` };
  }

  /** Both documented words of success end it; so does `XN`: what is dead already is as dead as we wanted it. */
  async invalidate(credentials: Credentials, token: string): Promise<InvalidateAnswer> {
    const body = invalidateBody(this.auth(credentials), token);
    const said = classify(await this.money(credentials, 'api/instrument/invalidate', body));
    if (said.kind === 'refused' && said.reason === 'XN') return { kind: 'invalidated' };
    if (said.kind !== 'said') return said;
    const done = said.status.status === 'OK' || said.status.status === 'APPROVED';
    return done ? { kind: 'invalidated' } : { kind: 'unknown', why: `status ${said.status.status}` };
  }

  /** Asks for a session that cannot exist: any envelope but 401 proves address, login, secret and clock. */
  async testConnection(credentials: Credentials): Promise<ConnectionTest> {
    const body = { auth: this.auth(credentials) };
    const result = await this.caller.post(address(credentials, 'api/session/1'), body, {
      deadlineMs: TEST_DEADLINE_MS,
      money: false,
    });
    if (result.kind !== 'answer') return { result: 'unreachable', code: null, detail: result.why, tookMs: 0 };
    return readTest(result);
  }

  readNotification(body: unknown, secrets: string[]): NotificationReading {
    return readNotification(body, secrets);
  }

  readStored(evidence: unknown): SessionSnapshot | null {
    const read = readSession(evidence);
    return read.ok ? read.session : null;
  }

  private auth(credentials: Credentials): unknown {
    return authNode(credentials, this.clock.now());
  }

  private money(
    credentials: Credentials,
    path: string,
    body: unknown,
    deadlineMs = MONEY_DEADLINE_MS,
  ): Promise<CallResult> {
    return this.caller.post(address(credentials, path), body, { deadlineMs, money: true });
  }
}

function address(credentials: Credentials, path: string): string {
  return `${credentials.baseUrl.replace(/\/+$/, '')}/${path}`;
}

function readCreated(result: CallResult): OpenAnswer {
  const said = classify(result);
  if (said.kind !== 'said') return said;
  if (said.status.status === 'FAILED') return refusal(said.status, said.json);
  const created = createdSchema.safeParse(said.json);
  if (!created.success) return { kind: 'unknown', why: issueText(created.error) };
  if (said.status.status !== 'OK') return { kind: 'unknown', why: `status ${said.status.status}` };
  const { requestId, processUrl } = created.data;
  return { kind: 'opened', number: String(requestId), processUrl, evidence: redact(said.json) };
}

/** House rule: 404, and the older 200 with reason 0, are the two ways of saying that there is no such session. */
function readQueried(result: CallResult, number: string): QueryAnswer {
  const said = classify(result);
  if (said.kind === 'refused' && said.http === 404) return { kind: 'notFound', evidence: said.evidence };
  if (said.kind !== 'said') return said;
  if (said.status.status !== 'FAILED') return readWhole(said.json, number);
  return said.status.reason === '0'
    ? { kind: 'notFound', evidence: redact(said.json) }
    : refusal(said.status, said.json);
}

/** An answer that carries a whole session; `number` is null for one that the call itself made. */
function readSessionAnswer(
  result: CallResult,
  pick: (json: Record<string, unknown>) => unknown,
  number: string | null,
): QueryAnswer {
  const shield = result.kind === 'answer' && result.status === 208 ? { ...result, status: 200 } : result;
  const said = classify(shield);
  if (said.kind === 'refused' && said.http === 404) return { kind: 'notFound', evidence: said.evidence };
  if (said.kind !== 'said') return said;
  if (said.status.status === 'FAILED') return refusal(said.status, said.json);
  return readWhole(pick(said.json), number);
}

function readWhole(json: unknown, number: string | null): QueryAnswer {
  const read = readSession(json);
  if (!read.ok) return { kind: 'unknown', why: read.why };
  if (number !== null && read.session.number !== number)
    return { kind: 'unknown', why: `an answer about session ${read.session.number}` };
  return { kind: 'session', session: read.session };
}

/** The call's status mirrors its transaction's; a failed call may carry a transaction that was not approved. */
function contradicts(call: string, transaction: string): boolean {
  if (call === transaction) return false;
  return call !== 'FAILED' || transaction === 'APPROVED';
}

/** By the transaction's state where there is one; a failure with HTTP 200 and no transaction is a refusal. */
function readOperated(result: CallResult, request: OperationRequest): OperationAnswer {
  const said = classify(result);
  if (said.kind !== 'said') return said;
  if (said.status.status === 'FAILED' && !said.json.payment) return refusal(said.status, said.json);
  const read = readTransaction(said.json, KIND_OF_ACTION[request.action]);
  if (!read.ok) return { kind: 'unknown', why: read.why };
  const { transaction } = read;
  if (contradicts(said.status.status, read.word))
    return { kind: 'unknown', why: `the call says ${said.status.status}, its transaction ${read.word}` };
  const inPlace = request.action === 'confirm' || request.action === 'cancel';
  const other =
    transaction.reference !== request.reference ||
    (inPlace && transaction.internalReference !== request.internalReference);
  if (other)
    return {
      kind: 'unknown',
      why: `an answer about ${transaction.reference} (${transaction.internalReference})`,
    };
  return { kind: 'answered', transaction, evidence: redact(said.json) };
}

const AUTHENTICATION_RESULTS: Record<string, ConnectionTest['result']> = {
  '101': 'unknown_login',
  '102': 'wrong_secret',
  '103': 'clock',
};

function readTest(answer: Extract<CallResult, { kind: 'answer' }>): ConnectionTest {
  const { tookMs } = answer;
  const envelope = envelopeSchema.safeParse(answer.json);
  if (!envelope.success) {
    const detail = `HTTP ${answer.status}: not a PlacetoPay answer`;
    return { result: 'unreachable', code: null, detail, tookMs };
  }
  const { message } = envelope.data.status;
  if (answer.status !== 401) return { result: 'ok', code: null, detail: message, tookMs };
  const code = /(\d+)\D*$/.exec(message)?.[1] ?? null;
  return { result: AUTHENTICATION_RESULTS[code ?? ''] ?? 'refused', code, detail: message, tookMs };
}
