/** Every kind of session answer that a client may have to read, how it comes about, and what there is to read. */
import type { Json } from '../placetopay/golden-pair.js';

import type { ForeignGateway, Opened, RawAnswer } from './gateway.js';

export interface Answered {
  name: string;
  make: (gateway: ForeignGateway) => Promise<RawAnswer>;
  state: string;
  reason: string;
  /** States of the attempts, the last first. */
  attempts: string[];
  isStored?: boolean;
}

const DECLINED = { number: '4110760000000016' };
const PENDING = { number: '4110760000000073' };
const amount = (total: number): Json => ({ currency: 'COP', total });

/** Opens, lets the payer do things a minute apart, and asks. */
function asked(more: Json, forms: Record<string, string>[], seconds = 300) {
  return async (gateway: ForeignGateway): Promise<RawAnswer> => {
    const opened = await gateway.open(more);
    await payEach(gateway, opened, forms);
    return gateway.query(opened, seconds);
  };
}

async function payEach(
  gateway: ForeignGateway,
  opened: Opened,
  forms: Record<string, string>[],
): Promise<void> {
  for (const [index, form] of forms.entries()) await gateway.onPage(opened, form, 60 * (index + 1));
}

const paymentOf = (reference: string, more: Json): Json => ({
  payment: { reference, amount: amount(100), ...more },
});

/** Opened, paid, and then acted on. */
function actedOn(more: Json, action: string, seconds = 400) {
  return async (gateway: ForeignGateway): Promise<RawAnswer> => {
    const opened = await gateway.open(more);
    await gateway.onPage(opened);
    const internalReference = await gateway.numberOf(opened);
    await gateway.call('transaction', { action, internalReference }, 200);
    return gateway.query(opened, seconds);
  };
}

export const STORE: Json = { payment: undefined, subscription: { reference: 'SUB-1' } };

/** The token of a card that was just stored. */
export async function storedToken(
  gateway: ForeignGateway,
  form: Record<string, string> = {},
): Promise<string> {
  const opened = await gateway.open(STORE);
  await gateway.onPage(opened, form);
  const { text } = await gateway.query(opened);
  const { subscription } = JSON.parse(text) as {
    subscription: { instrument: { keyword: string; value: string }[] };
  };
  return subscription.instrument.find(({ keyword }) => keyword === 'token')?.value ?? '';
}

function charged(reference: string, form: Record<string, string> = {}) {
  return async (gateway: ForeignGateway): Promise<RawAnswer> => {
    const token = await storedToken(gateway, form);
    const instrument = { token: { token, installments: '0' } };
    return gateway.call(
      'collect',
      { payer: { name: 'Ana' }, payment: { reference, amount: amount(12) }, instrument },
      300,
    );
  };
}

const parts = [
  { amount: amount(40), agreement: '', agreementType: 'MERCHANT' },
  { amount: amount(60), agreement: '77', agreementType: 'MERCHANT' },
];
const recurring = { periodicity: 'M', interval: '1', maxPeriods: '12' };

export const ANSWERS: Answered[] = [
  { name: 'nothing tried yet', make: asked({}, []), state: 'PENDING', reason: 'PC', attempts: [] },
  {
    name: 'a declined attempt, others left',
    make: asked({}, [DECLINED]),
    state: 'PENDING',
    reason: 'PT',
    attempts: ['REJECTED'],
  },
  {
    name: 'an attempt that waits for the network',
    make: asked({}, [PENDING], 70),
    state: 'PENDING',
    reason: 'PT',
    attempts: ['PENDING'],
  },
  {
    name: 'a technical failure',
    make: asked({}, [{ number: '4110760000000065' }]),
    state: 'PENDING',
    reason: 'PT',
    attempts: ['FAILED'],
  },
  {
    name: 'an approval after a decline',
    make: asked({}, [DECLINED, {}]),
    state: 'APPROVED',
    reason: '00',
    attempts: ['APPROVED', 'REJECTED'],
  },
  {
    name: 'an approval by PSE',
    make: asked({}, [{ method: 'pse', bank: '9999', outcome: 'approved' }]),
    state: 'APPROVED',
    reason: '00',
    attempts: ['APPROVED'],
  },
  {
    name: 'an approval that was given back',
    make: actedOn({}, 'reverse'),
    state: 'APPROVED',
    reason: '00',
    attempts: ['APPROVED'],
  },
  {
    name: 'a payment in parts, begun',
    make: asked(paymentOf('PART-1', { allowPartial: true }), [{ amount: '30' }]),
    state: 'APPROVED_PARTIAL',
    reason: 'P0',
    attempts: ['APPROVED'],
  },
  {
    name: 'a payment in parts, expired',
    make: asked(paymentOf('PART-2', { allowPartial: true }), [{ amount: '30' }], 3_000),
    state: 'PARTIAL_EXPIRED',
    reason: 'PX',
    attempts: ['APPROVED'],
  },
  {
    name: 'a dispersion',
    make: asked(paymentOf('DISP-1', { dispersion: parts }), [{}]),
    state: 'APPROVED',
    reason: '00',
    attempts: ['APPROVED'],
  },
  {
    name: 'a recurring payment',
    make: asked(paymentOf('REC-1', { recurring }), [{}]),
    state: 'APPROVED',
    reason: '00',
    attempts: ['APPROVED'],
  },
  {
    name: 'a check-in',
    make: asked({ type: 'checkin' }, [{}]),
    state: 'APPROVED',
    reason: '00',
    attempts: ['APPROVED'],
  },
  {
    name: 'a stored card',
    make: asked(STORE, [{}]),
    state: 'APPROVED',
    reason: '00',
    attempts: [],
    isStored: true,
  },
  {
    name: 'a payment whose card was stored',
    make: asked(paymentOf('SUBS-1', { subscribe: true }), [{ subscribe: 'yes' }]),
    state: 'APPROVED',
    reason: '00',
    attempts: ['APPROVED'],
    isStored: true,
  },
  {
    name: 'a payment whose card the payer did not want stored',
    make: asked(paymentOf('SUBS-2', { subscribe: true }), [{}]),
    state: 'APPROVED',
    reason: '00',
    attempts: ['APPROVED'],
  },
  {
    name: 'a captured payment',
    make: asked({ metadata: { requiresConfirmation: true } }, [{}]),
    state: 'PENDING',
    reason: 'PT',
    attempts: ['PENDING_CONFIRMATION'],
  },
  {
    name: 'a confirmed payment',
    make: actedOn({ metadata: { requiresConfirmation: true } }, 'confirm'),
    state: 'APPROVED',
    reason: '00',
    attempts: ['APPROVED'],
  },
  {
    name: 'a cancelled confirmation',
    make: actedOn({ metadata: { requiresConfirmation: true } }, 'cancel'),
    state: 'REJECTED',
    reason: '?C',
    attempts: ['REJECTED'],
  },
  {
    name: 'a session that expired',
    make: asked({}, [], 3_000),
    state: 'REJECTED',
    reason: 'EX',
    attempts: [],
  },
  {
    name: 'a session that its payer gave up',
    make: async (gateway) => {
      const opened = await gateway.open();
      await gateway.onPage(opened, {}, 60, 'cancel');
      return gateway.query(opened);
    },
    state: 'REJECTED',
    reason: '?C',
    attempts: [],
  },
  {
    name: 'a session that the merchant cancelled',
    make: async (gateway) => {
      const opened = await gateway.open();
      await gateway.call(`session/${opened.requestId}/cancel`, {}, 60);
      return gateway.query(opened);
    },
    state: 'REJECTED',
    reason: 'MC',
    attempts: [],
  },
  {
    name: 'a charge of a token, approved',
    make: charged('COL-1'),
    state: 'APPROVED',
    reason: '00',
    attempts: ['APPROVED'],
  },
  {
    name: 'a charge of a token that waits for the network',
    make: charged('COL-2', PENDING),
    state: 'PENDING',
    reason: 'PT',
    attempts: ['PENDING'],
  },
  {
    name: 'a charge of a token, declined',
    make: charged('COL-3', { number: '4110760000000051' }),
    state: 'REJECTED',
    reason: 'XN',
    attempts: ['REJECTED'],
  },
];
