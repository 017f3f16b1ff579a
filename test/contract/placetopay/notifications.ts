/** Session notifications: the documented vectors, and one for each way in which a session ends (sections 7.1, 7.2, 7.5). */
import { ALLOWED, TO_CONFIRM } from './confirmation.js';
import type { GoldenPair, GoldenSite, GoldenStep, Json } from './golden-pair.js';
import { CARDS, OLD_SHOP, ORDER, sessionStatus, SHOP, signed, WORDED } from './samples.js';
import { paying } from './sentences.js';
import { calls, givesUp, on, opens, pays, turns } from './steps.js';
import { TO_STORE } from './subscription.js';

interface News {
  name: string;
  section?: string;
  site?: GoldenSite;
  requestId: number;
  state: string;
  reason: string;
  date: string;
  /** By the formula of section 7.2, unless the document gives it. */
  signature?: string;
  reference?: string;
  first?: number;
  steps: GoldenStep[];
}

function notified(news: News): GoldenPair {
  const { name, section = '7.1, 7.2', site = SHOP, requestId, state, reason, date, steps } = news;
  const reference = news.reference ?? 'ORD-1001';
  const signature = news.signature ?? signed(site, requestId, state, date);
  return {
    name,
    section,
    site,
    numbers: { requestId, ...(news.first && { internalReference: news.first }) },
    given: steps,
    request: null,
    answer: {
      http: 200,
      body: { status: sessionStatus(state, reason, date), requestId, reference, signature },
    },
    free: WORDED.includes(reason) ? {} : { 'status.message': /./ },
    expect: { kind: 'notification', requestId, state, reason, reference, at: date },
  };
}

/** Opens an order five and a half minutes before its end, then ends it. */
function ending(date: string, end: 'pay' | 'cancel'): GoldenStep[] {
  const at = new Date(Date.parse(date) - 330_000).toISOString();
  const open: GoldenStep = { at, do: 'open', body: { ...ORDER, expiration: undefined } };
  return [open, end === 'pay' ? { at: date, do: 'pay', card: CARDS.approved } : { at: date, do: 'cancel' }];
}

/** The vectors of section 7.2. */
const VECTORS: GoldenPair[] = [
  notified({
    name: 'an approval is told under a SHA-256 signature with its prefix',
    requestId: 4821,
    state: 'APPROVED',
    reason: '00',
    date: '2026-03-02T10:21:07-05:00',
    signature: 'sha256:56ae6d9f84aeaaca6d3a8cd2ac2d97d077606d0f0b9ee63ceb6479837331d59b',
    steps: ending('2026-03-02T10:21:07-05:00', 'pay'),
  }),
  notified({
    name: 'an approval of 2016 is told under a SHA-1 signature without a prefix',
    site: OLD_SHOP,
    requestId: 83,
    state: 'APPROVED',
    reason: '00',
    date: '2016-10-10T16:39:57-05:00',
    signature: '8fb4beea130ab3e75a1de956bd0213892e0f6839',
    steps: ending('2016-10-10T16:39:57-05:00', 'pay'),
  }),
  notified({
    name: 'a cancellation is told under a SHA-1 signature without a prefix',
    site: OLD_SHOP,
    requestId: 126,
    state: 'REJECTED',
    reason: '?C',
    date: '2016-10-12T01:44:37-05:00',
    signature: '554fa6c36bd5d1376b192b8bc3a1e3dd9a01e448',
    steps: ending('2016-10-12T01:44:37-05:00', 'cancel'),
  }),
];

/** What falls due by itself is noticed at the latest when somebody asks. */
const asks = (requestId: number): GoldenStep => calls(on('12:00:00'), `/api/session/${requestId}`, {});
const inParts: Json = paying({ amount: { currency: 'COP', total: 84500 }, allowPartial: true });

const PLAIN: GoldenPair[] = [
  notified({
    name: 'an expiry is told',
    requestId: 6001,
    state: 'REJECTED',
    reason: 'EX',
    date: on('10:45:30'),
    steps: [opens(ORDER), asks(6001)],
  }),
  notified({
    name: 'an expiry is told by SHA-1 to an older site',
    site: OLD_SHOP,
    requestId: 6002,
    state: 'REJECTED',
    reason: 'EX',
    date: on('10:45:30'),
    steps: [opens(ORDER), asks(6002)],
  }),
  notified({
    name: 'a rejection is told when the attempts are used up',
    requestId: 6003,
    state: 'REJECTED',
    reason: 'XN',
    date: on('10:20:00'),
    steps: [turns({ attempts: 1 }), opens(ORDER), pays('10:20:00', 'declined')],
  }),
  notified({
    name: 'an approval by the network is told when it comes',
    requestId: 6004,
    state: 'APPROVED',
    reason: '00',
    date: on('10:21:00'),
    steps: [opens(ORDER), pays('10:20:00', 'pendingApproved'), asks(6004)],
  }),
];

const BY_KIND: GoldenPair[] = [
  notified({
    name: 'a cancellation by the merchant is told',
    requestId: 6011,
    state: 'REJECTED',
    reason: 'MC',
    date: on('10:20:00'),
    steps: [opens(ORDER), calls(on('10:20:00'), '/api/session/6011/cancel', {})],
  }),
  notified({
    name: 'the completion of a payment in parts is told, and not its progress',
    requestId: 6012,
    state: 'APPROVED',
    reason: '00',
    date: on('10:24:00'),
    steps: [opens(inParts), pays('10:20:00', 'approved', { amount: '30000' }), pays('10:24:00', 'approved')],
  }),
  notified({
    name: 'the expiry of what was paid in part is told',
    requestId: 6013,
    state: 'PARTIAL_EXPIRED',
    reason: 'PX',
    date: on('10:45:30'),
    steps: [opens(inParts), pays('10:20:00', 'approved', { amount: '30000' }), asks(6013)],
  }),
  notified({
    name: 'a payer who gives up what was paid in part is told of',
    requestId: 6014,
    state: 'PARTIAL_EXPIRED',
    reason: 'PX',
    date: on('10:25:00'),
    steps: [opens(inParts), pays('10:20:00', 'approved', { amount: '30000' }), givesUp('10:25:00')],
  }),
  notified({
    name: 'a stored card is told under the reference of its subscription',
    section: '7.1, 7.5',
    requestId: 6015,
    state: 'APPROVED',
    reason: '00',
    date: on('10:20:00'),
    reference: 'SUB-7',
    steps: [opens(TO_STORE), pays('10:20:00', 'approved')],
  }),
  ...(
    [
      ['a confirmed payment is told once it is confirmed', 6016, 'confirm', 'APPROVED', '00'],
      ['a cancelled confirmation is told', 6017, 'cancel', 'REJECTED', '?C'],
    ] as const
  ).map(([name, requestId, action, state, reason]) => {
    const internalReference = 710000 + requestId;
    return notified({
      name,
      section: '7.1, 8.9',
      requestId,
      first: internalReference,
      state,
      reason,
      date: on('10:30:00'),
      steps: [
        ALLOWED,
        opens(TO_CONFIRM),
        pays('10:20:00', 'approved'),
        calls(on('10:30:00'), '/api/transaction', { action, internalReference }),
      ],
    });
  }),
];

export const NOTIFIED: GoldenPair[] = [...VECTORS, ...PLAIN];
export const NOTIFIED_BY_KIND: GoldenPair[] = BY_KIND;
