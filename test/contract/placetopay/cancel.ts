/** `POST /api/session/{requestId}/cancel`: the merchant cancels what is still pending (section 3.3). */
import type { GoldenPair, GoldenStep, Json } from './golden-pair.js';
import { ORDER } from './samples.js';
import { asked, cancelled, paying, refused } from './sentences.js';
import { attempt, calls, givesUp, on, opens, pays, turns } from './steps.js';

const AT = on('10:30:00');

const CANCELLED: GoldenPair[] = [
  cancelled({
    name: 'the merchant cancels an untouched session',
    section: '3.3, 10',
    requestId: 5251,
    steps: [],
    at: AT,
    attempts: [],
  }),
  cancelled({
    name: 'the merchant cancels a session whose attempt was declined',
    section: '3.3',
    requestId: 5252,
    steps: [pays('10:20:00', 'declined')],
    at: AT,
    attempts: [attempt(702020, 'REJECTED', '05', '10:20:00', 'declined')],
  }),
  cancelled({
    name: 'the merchant cancels a session for parts of which nothing is paid',
    section: '3.3, 8.1',
    requestId: 5253,
    order: paying({ amount: { currency: 'COP', total: 84500 }, allowPartial: true }),
    steps: [pays('10:20:00', 'declined', { amount: '30000' })],
    at: AT,
    attempts: [attempt(702030, 'REJECTED', '05', '10:20:00', 'declined', { total: 30000 })],
  }),
  asked({
    name: 'a session that the merchant cancelled stays cancelled',
    section: '3.3, 5.1',
    requestId: 5254,
    steps: [calls(on('10:30:00'), '/api/session/5254/cancel', {})],
    at: on('12:00:00'),
    state: 'REJECTED',
    reason: 'MC',
    date: on('10:30:00'),
    attempts: [],
  }),
];

/** Not pending, or with money that has moved or may still move: HTTP 400, action_not_allowed. */
function notAllowed(
  name: string,
  requestId: number,
  steps: GoldenStep[],
  more: { order?: Json; at?: string } = {},
): GoldenPair {
  return refused(
    { name, section: '2.3, 3.3', numbers: { requestId } },
    { at: more.at ?? AT, path: `/api/session/${requestId}/cancel`, body: {} },
    {
      http: 400,
      reason: 'action_not_allowed',
      message: 'sólo se pueden cancelar sesiones pendientes',
      free: /./,
    },
    [opens(more.order ?? ORDER), ...steps],
  );
}

const inParts = paying({ amount: { currency: 'COP', total: 84500 }, allowPartial: true });

const NOT_ALLOWED: GoldenPair[] = [
  notAllowed('an approved session cannot be cancelled', 5261, [pays('10:20:00', 'approved')]),
  notAllowed('a session that the payer gave up cannot be cancelled', 5262, [givesUp('10:20:00')]),
  notAllowed('an expired session cannot be cancelled', 5263, [], { at: on('10:45:31') }),
  notAllowed('a session that is cancelled already cannot be cancelled', 5264, [
    calls(on('10:20:00'), '/api/session/5264/cancel', {}),
  ]),
  notAllowed('a session with a payment in progress cannot be cancelled', 5265, [
    pays('10:29:30', 'pendingApproved'),
  ]),
  notAllowed(
    'a session of which a part is paid cannot be cancelled',
    5266,
    [pays('10:20:00', 'approved', { amount: '30000' })],
    {
      order: inParts,
    },
  ),
  notAllowed('a session whose attempts are used up cannot be cancelled', 5267, [
    turns({ attempts: 1 }),
    pays('10:20:00', 'declined'),
  ]),
];

const NOT_FOUND: GoldenPair[] = [
  refused(
    { name: 'an unknown session cannot be cancelled', section: '2.3, 3.3' },
    { at: AT, path: '/api/session/1/cancel', body: {} },
    { http: 404, reason: 'request_not_valid', message: 'La sesión que busca no existe' },
  ),
  refused(
    { name: 'an unknown session cannot be cancelled, in English', section: '2.3, 3.3' },
    { at: AT, path: '/api/session/1/cancel', body: { locale: 'en_US' } },
    { http: 404, reason: 'request_not_valid', message: 'The requested session does not exist' },
  ),
  refused(
    {
      name: 'a session cannot be cancelled by a caller without its secret',
      section: '1.4, 3.3',
      numbers: { requestId: 5269 },
    },
    { at: AT, path: '/api/session/5269/cancel', body: {}, auth: { secretKey: 'another' } },
    { http: 401, reason: 401, message: 'Autenticación fallida 102', code: 102 },
    [opens(ORDER)],
  ),
];

export const CANCELLED_BY_MERCHANT: GoldenPair[] = [...CANCELLED, ...NOT_ALLOWED, ...NOT_FOUND];
