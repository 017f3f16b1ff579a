/** How the pretended card network answers one attempt: a pure reading of the table of test cards. */
import { Big } from 'big.js';
import { decimalsOf } from '../wire/money.js';
import { findCard } from './cards.js';

export interface Charge {
  number: string;
  /** `MM/YY` */
  expiry: string;
  cvv: string;
  currency: string;
  amountMinor: number;
}

export type Verdict =
  | { status: 'APPROVED' | 'REJECTED' | 'FAILED'; reason: string }
  | {
      status: 'PENDING' | 'PENDING_VALIDATION';
      reason: string;
      /** Seconds of practice time until the network answers, and what it answers then. */
      seconds: number;
      then: { status: 'APPROVED' | 'REJECTED'; reason: string };
    };

const APPROVED = { status: 'APPROVED', reason: '00' } as const;
const DECLINED = { status: 'REJECTED', reason: '05' } as const;
const SLOW_SECONDS = 180;

/** What one US dollar is worth for the cards with a limit in dollars (house rule; other currencies count as dollars). */
const PER_DOLLAR: Record<string, number> = { COP: 4000, CLP: 950 };

/** `delaySeconds` is how long this site's network stays pending; `now` decides whether a card has expired. */
export function askNetwork(charge: Charge, delaySeconds: number, now: Date): Verdict {
  const card = findCard(charge.number);
  if (!card) return { status: 'REJECTED', reason: '14' };
  if (hasExpired(charge.expiry, now)) return { status: 'REJECTED', reason: '54' };
  switch (card.outcome) {
    case 'approved':
      return APPROVED;
    case 'declined':
      return DECLINED;
    case 'insufficientFunds':
      return { status: 'REJECTED', reason: '51' };
    case 'pendingApproved':
      return { status: 'PENDING', reason: '?-', seconds: delaySeconds, then: APPROVED };
    case 'pendingRejected':
      return { status: 'PENDING', reason: '?-', seconds: delaySeconds, then: DECLINED };
    case 'manualApproved':
      return { status: 'PENDING_VALIDATION', reason: '?-', seconds: delaySeconds, then: APPROVED };
    case 'manualRejected':
      return { status: 'PENDING_VALIDATION', reason: '?-', seconds: delaySeconds, then: DECLINED };
    case 'slowApproved':
      return { status: 'PENDING', reason: '?-', seconds: SLOW_SECONDS, then: APPROVED };
    case 'slowRejected':
      return { status: 'PENDING', reason: '?-', seconds: SLOW_SECONDS, then: DECLINED };
    case 'exception':
      return { status: 'FAILED', reason: 'XH' };
    case 'below200Usd':
      return isBelow200Usd(charge) ? APPROVED : { status: 'REJECTED', reason: '61' };
    case 'onlyWith':
      return charge.expiry === card.expiry && charge.cvv === card.cvv ? APPROVED : DECLINED;
  }
}

function isBelow200Usd({ currency, amountMinor }: Charge): boolean {
  const amount = new Big(amountMinor).div(new Big(10).pow(decimalsOf(currency) ?? 2));
  return amount.lt(new Big(200).times(PER_DOLLAR[currency] ?? 1));
}

/** A card is good until the end of its month. */
function hasExpired(expiry: string, now: Date): boolean {
  const [month, year] = expiry.split('/').map(Number);
  return Date.UTC(2000 + (year ?? 0), month ?? 0, 1) <= now.getTime();
}
