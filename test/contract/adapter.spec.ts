import { describe, expect, it } from '@jest/globals';
import type {
  AttemptSnapshot,
  NotificationReading,
  OperationAction,
  QueryAnswer,
  SessionSnapshot,
} from '../../server/src/gateways/gateway.port.js';
import { alterationsOf } from './placetopay/alterations.js';
import type { AttemptWord, GoldenPair, UnderstoodAttempt } from './placetopay/golden-pair.js';
import { EVERY_PAIR } from './placetopay/index.js';
import { COLLECT, json, OPEN, useRig } from './rig.js';

const rig = useRig();

/** The product has no use for what a card needs before it is charged, nor for a look-up of a token. */
const NOT_SPOKEN = /^\/api\/gateway\//;
const PAIRS = EVERY_PAIR.filter(
  ({ request, expect: wanted }) =>
    !NOT_SPOKEN.test(request?.path ?? '') && !(wanted.kind === 'refused' && wanted.http >= 500),
);

/** What our adapter makes of a pair, in the words of the pair. */
async function understand(pair: GoldenPair): Promise<unknown> {
  const { gateway } = rig;
  const credentials = () => rig.credentials();
  if (pair.request === null)
    return notification(gateway.readNotification(pair.answer.body, ['other', pair.site.secretKey]));
  rig.answer(json(pair.answer.http, pair.answer.body));
  const path = pair.request.path.replace(/^.*(?=\/api\/)/, '').replace(/\/$/, '');
  const number = /^\/api\/session\/([^/]+)/.exec(path)?.[1] ?? '';
  const body = (pair.request.body ?? {}) as Record<string, unknown>;
  if (path === '/api/session') return opened(await gateway.createSession(credentials(), OPEN), pair);
  if (path.endsWith('/cancel'))
    return session(await gateway.cancelSession(credentials(), number), pair, 'cancelled');
  if (path === '/api/collect') {
    const { reference } = (body.payment ?? {}) as { reference?: string };
    const request = { ...COLLECT, reference: reference ?? '' };
    return session(await gateway.collect(credentials(), request), pair, 'session');
  }
  if (path === '/api/instrument/invalidate') {
    const answer = await gateway.invalidate(credentials(), COLLECT.token);
    // What is dead already is invalidated, to us: the pair's refusal says the same.
    if (answer.kind === 'invalidated' && pair.expect.kind === 'refused') return pair.expect;
    return answer.kind === 'refused' ? refused(answer, pair) : answer;
  }
  if (number !== '') return session(await gateway.querySession(credentials(), number), pair, 'session');
  return operation(pair, body);
}

async function operation(pair: GoldenPair, body: Record<string, unknown>): Promise<unknown> {
  const action = (body.action ?? 'reverse') as OperationAction;
  const reference = pair.expect.kind === 'transaction' ? pair.expect.reference : '';
  const answer = await rig.gateway.operate(rig.credentials(), {
    action,
    internalReference: String(body.internalReference),
    reference,
    amount: null,
    locale: 'es_CO',
  });
  if (answer.kind === 'refused') return refused(answer, pair);
  if (answer.kind !== 'answered') return answer;
  const { transaction } = answer;
  return { kind: 'transaction', ...attempt(transaction), reference: transaction.reference };
}

function opened(answer: Awaited<ReturnType<typeof rig.gateway.createSession>>, pair: GoldenPair): unknown {
  if (answer.kind === 'opened')
    return { kind: 'opened', requestId: Number(answer.number), processUrl: answer.processUrl };
  return answer.kind === 'refused' ? refused(answer, pair) : answer;
}

const SESSION_WORDS: Record<SessionSnapshot['state'], string> = {
  pending: 'PENDING',
  partial: 'APPROVED_PARTIAL',
  approved: 'APPROVED',
  partial_expired: 'PARTIAL_EXPIRED',
  rejected: 'REJECTED',
  cancelled: 'REJECTED',
  expired: 'REJECTED',
};

function session(answer: QueryAnswer, pair: GoldenPair, kind: 'session' | 'cancelled'): unknown {
  if (answer.kind === 'notFound') return { kind: 'refused', http: 404, reason: 'request_not_valid' };
  if (answer.kind === 'refused') return refused(answer, pair);
  if (answer.kind !== 'session') return answer;
  const { session: said } = answer;
  const { instrument } = said;
  return {
    kind,
    requestId: Number(said.number),
    state: SESSION_WORDS[said.state],
    reason: said.reason,
    at: said.at.getTime(),
    reference: said.reference,
    attempts: [...said.attempts].reverse().map(attempt),
    ...(instrument && {
      instrument: {
        type: instrument.type,
        token: instrument.secret,
        subtoken: instrument.subtoken,
        lastFour: instrument.lastFour,
        brand: instrument.brand,
        validUntil: instrument.validUntil,
      },
    }),
  };
}

function attempt(each: AttemptSnapshot) {
  return {
    state: each.state,
    reason: each.reason,
    internalReference: Number(each.internalReference),
    amountMinor: each.fromMinor,
    currency: each.fromCurrency,
    at: each.at.getTime(),
    refunded: each.refunded,
    parts: each.parts.map((part) => ({
      state: part.state,
      internalReference: Number(part.internalReference),
      amountMinor: part.fromMinor,
      agreement: part.agreement,
      agreementType: part.agreementType,
    })),
  };
}

function refused(answer: { reason: string; message: string; authentication: boolean }, pair: GoldenPair) {
  const code = Number(/(\d+)$/.exec(answer.message)?.[1]);
  return {
    kind: 'refused',
    http: pair.answer.http,
    reason: answer.reason,
    ...(answer.authentication ? { authentication: code } : {}),
  };
}

function notification(reading: NotificationReading): unknown {
  if (reading.kind === 'session') {
    const { number, reference, end } = reading;
    const state = end && SESSION_WORDS[end.state];
    return { kind: 'notification', requestId: Number(number), reference, state, at: end?.at.getTime() };
  }
  if (reading.kind !== 'recurring') return reading;
  const { charge } = reading;
  return {
    kind: 'recurring',
    internalReference: Number(charge.internalReference),
    state: charge.state,
    reason: charge.reason,
    reference: charge.reference,
    tries: charge.tries,
    enabled: charge.enabled,
    at: charge.at.getTime(),
  };
}

const STATES: Record<AttemptWord, string> = {
  APPROVED: 'approved',
  APPROVED_PARTIAL: 'partial',
  REJECTED: 'rejected',
  FAILED: 'rejected',
  PENDING: 'pending',
  PENDING_VALIDATION: 'pending',
  PENDING_PROCESS: 'pending',
  PENDING_CONFIRMATION: 'to_confirm',
};

/** The pair's expectation in the shape above: instants as numbers, and what a pair is not about left out on both sides. */
function expected({ expect: wanted }: GoldenPair): unknown {
  if (wanted.kind === 'notification') {
    const { kind, requestId, state, reference, at } = wanted;
    return { kind, requestId, state, reference, at: Date.parse(at) };
  }
  if (wanted.kind === 'recurring')
    return { ...wanted, state: STATES[wanted.state as AttemptWord], at: Date.parse(wanted.at) };
  if (wanted.kind === 'transaction') {
    return expect.objectContaining({ ...wanted, state: STATES[wanted.state], at: Date.parse(wanted.at) });
  }
  if (wanted.kind !== 'session' && wanted.kind !== 'cancelled') return wanted;
  return {
    ...wanted,
    at: Date.parse(wanted.at),
    attempts: wanted.attempts.map(expectedAttempt),
  };
}

function expectedAttempt({ status, at, parts, ...rest }: UnderstoodAttempt): unknown {
  return expect.objectContaining({
    ...rest,
    state: STATES[status],
    at: Date.parse(at),
    ...(parts && { parts: parts.map(({ status: word, ...part }) => ({ ...part, state: STATES[word] })) }),
  });
}

const named = PAIRS.map((pair) => [pair.section, pair.name, pair] as const);

describe('our adapter understands', () => {
  it.each(named)('%s: %s', async (_section, _name, pair) => {
    expect(await understand(pair)).toEqual(expected(pair));
  });
});

describe('our adapter notices every altered value of', () => {
  it.each(named)('%s: %s', async (_section, _name, pair) => {
    const missed: string[] = [];
    for (const altered of alterationsOf(pair).filter(({ client }) => client.mustNotice)) {
      const seen = await understand({ ...pair, answer: altered.answer });
      try {
        expect(seen).toEqual(expected(pair));
        missed.push(altered.what);
      } catch {
        // Noticed: what it understood is not what the unaltered answer says.
      }
    }
    expect(missed).toEqual([]);
  });
});

describe('our adapter says', () => {
  it('what the protocol’s sample of a creation says', async () => {
    rig.answer((response) => response.end('{}'));
    await rig.gateway.createSession(rig.credentials(), OPEN);
    const { auth, ...rest } = rig.seen[0]?.body ?? {};
    expect(rig.seen[0]?.path).toBe('/api/session');
    expect(Object.keys(auth as object).sort()).toEqual(['login', 'nonce', 'seed', 'tranKey']);
    expect(rest).toEqual({
      locale: 'es_CO',
      buyer: { name: 'Ana', email: 'ana@example.com' },
      payment: {
        reference: 'ORD-1001',
        description: 'Pedido 1001',
        amount: { currency: 'COP', total: 84500 },
      },
      expiration: '2026-03-02T15:45:30.000Z',
      returnUrl: 'https://shop.example/back/1001',
      ipAddress: '190.85.10.20',
      userAgent: 'Mozilla/5.0',
    });
  });

  it('its prefix before the path, when the address has one', async () => {
    rig.answer((response) => response.end('{}'));
    await rig.gateway.createSession({ ...rig.credentials(), baseUrl: `${rig.base()}/redirection/` }, OPEN);
    expect(rig.seen[0]?.path).toBe('/redirection/api/session');
  });
});
