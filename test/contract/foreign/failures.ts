/** Every way in which a call fails. */
import type { ForeignGateway, RawAnswer } from './gateway.js';

/** Calls that fail, and their HTTP status. */
export const FAILURES: [string, number, (gateway: ForeignGateway) => Promise<RawAnswer>][] = [
  ['an unknown route', 404, (gateway) => gateway.post('/api/nothing', {})],
  ['no credentials', 401, (gateway) => gateway.post('/api/session', {})],
  ['a body that is not sent as JSON', 401, (gateway) => gateway.post('/api/session', 'a=b', 0, 'text/plain')],
  ['a body that is no JSON', 400, (gateway) => gateway.post('/api/session', '{', 0)],
  ['a body that is too big', 413, (gateway) => gateway.post('/api/session', { a: 'x'.repeat(1_100_000) })],
  ['an unknown session', 404, (gateway) => gateway.call('session/1', {})],
  ['a request without a payment', 400, (gateway) => gateway.call('session', {})],
  [
    'a dead token',
    400,
    (gateway) => gateway.call('instrument/invalidate', { instrument: { token: { token: 'x' } } }),
  ],
  ['a refund of nothing', 400, (gateway) => gateway.call('reverse', { internalReference: '1' })],
  [
    'an unknown action',
    400,
    (gateway) => gateway.call('transaction', { action: 'void', internalReference: 1 }),
  ],
  [
    'a wrong signature',
    400,
    (gateway) => gateway.call('notify', { internalReference: 1, reference: 'X', signature: 'x' }),
  ],
  [
    'an internal error',
    500,
    async (gateway) => {
      await gateway.control('POST', '/faults', { operation: 'session.query', kind: 'error_500' });
      return gateway.call('session/1', {});
    },
  ],
  [
    'too many calls',
    429,
    async (gateway) => {
      await gateway.control('POST', '/faults', { operation: 'session.query', kind: 'rate_limited' });
      return gateway.call('session/1', {});
    },
  ],
];
