/** Open questions of the document that a site may answer otherwise (section 13), where no kind of their own tells them. */
import type { GoldenPair, Json } from './golden-pair.js';
import { ORDER } from './samples.js';
import { asked, paying, refused } from './sentences.js';
import { attempt, on, pays, turns } from './steps.js';

/** Section 2.3: a fixture of 2020 shows HTTP 200. */
function refusedWith200(name: string, field: string, body: Json): GoldenPair {
  return refused(
    { name, section: '2.3, 13 (3)' },
    { body },
    { http: 200, reason: 'request_not_valid', message: `${field}: no es válido`, free: new RegExp(field) },
    [turns({ validationStatus: 200 })],
  );
}

export const SWITCHED: GoldenPair[] = [
  refusedWith200('a site that is told so refuses too short a time with 200', 'expiration', {
    ...ORDER,
    expiration: on('10:20:30'),
  }),
  refusedWith200(
    'a site that is told so refuses an amount of nothing with 200',
    'payment.amount.total',
    paying({ amount: { currency: 'COP', total: 0 } }),
  ),
  asked({
    name: 'a site that is told so ends an expired session with the code of a rejection',
    section: '5.1, 13 (2)',
    requestId: 6301,
    steps: [turns({ expiredReason: 'XN' })],
    at: on('12:00:00'),
    state: 'REJECTED',
    reason: 'XN',
    message: 'La petición ha expirado',
    date: on('10:45:30'),
    attempts: [],
  }),
  asked({
    name: 'a site that is told so rejects at its expiry what waits at the network',
    section: '5.1, 13 (10)',
    requestId: 6302,
    steps: [turns({ expiryWhilePending: 'reject' }), pays('10:45:00', 'pendingApproved')],
    at: on('10:45:45'),
    state: 'REJECTED',
    reason: 'EX',
    date: on('10:45:30'),
    attempts: [attempt(713020, 'REJECTED', 'EX', '10:45:30', 'pendingApproved')],
  }),
];
