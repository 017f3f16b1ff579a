/** Session notifications with the signatures of the documented vectors (sections 7.1, 7.2). */
import type { GoldenPair, GoldenSite, GoldenStep } from './golden-pair.js';
import { CARDS, OLD_SHOP, ORDER, sessionStatus, SHOP } from './samples.js';

interface News {
  name: string;
  site: GoldenSite;
  requestId: number;
  state: 'APPROVED' | 'REJECTED';
  reason: string;
  date: string;
  signature: string;
  steps: GoldenStep[];
}

function notified({ name, site, requestId, state, reason, date, signature, steps }: News): GoldenPair {
  return {
    name,
    section: '7.1, 7.2',
    site,
    given: steps,
    request: null,
    answer: {
      http: 200,
      body: { status: sessionStatus(state, reason, date), requestId, reference: 'ORD-1001', signature },
    },
    free: {},
    expect: { kind: 'notification', requestId, state, reason, reference: 'ORD-1001', at: date },
  };
}

/** Opens an order half an hour before its end, then ends it. */
function ending(date: string, end: 'pay' | 'cancel' | 'lapse', switches: object = {}): GoldenStep[] {
  const opened = new Date(Date.parse(date) - (end === 'lapse' ? 1_800_000 : 330_000)).toISOString();
  const open: GoldenStep = { at: opened, do: 'open', body: { ...ORDER, expiration: undefined } };
  const turn: GoldenStep = { at: opened, do: 'switch', switches: { ...switches } };
  if (end === 'pay') return [turn, open, { at: date, do: 'pay', card: CARDS.approved }];
  if (end === 'cancel') return [turn, open, { at: date, do: 'cancel' }];
  return [turn, open];
}

export const NOTIFIED: GoldenPair[] = [
  notified({
    name: 'an approval is told under a SHA-256 signature with its prefix',
    site: SHOP,
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
