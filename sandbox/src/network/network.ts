/** How the pretended networks answer one attempt: a pure reading of the tables of test data (protocol 9). */
import { Big } from 'big.js';
import { decimalsOf } from '../wire/money.js';
import { BRANDS, brandOf, findCard } from './cards.js';
import type { TestCard } from './cards.js';
import type { Instrument, PseOutcome } from './instruments.js';
import { answerOfPhone } from './phones.js';

export interface Charge {
  number: string;
  /** `MM/YY` */
  expiry: string;
  cvv: string;
  currency: string;
  amountMinor: number;
  /** The one-time password, where one was typed. */
  otp?: string | undefined;
  /** Of the payer's address, for the address check. */
  postalCode?: string | undefined;
}

interface Final {
  status: 'APPROVED' | 'REJECTED' | 'FAILED';
  reason: string;
  /** What a later reversal is declined with; it is approved without one. */
  reversalReason?: string;
}

export type Verdict =
  | Final
  | {
      status: 'PENDING' | 'PENDING_VALIDATION';
      reason: string;
      /** Seconds of practice time until the network answers (`expiry`: when the session expires), and what then. */
      seconds: number | 'expiry';
      then: { status: 'APPROVED' | 'REJECTED'; reason: string };
    }
  /** It never answers. */
  | { status: 'PENDING'; reason: string; seconds: 'never' };

const APPROVED = { status: 'APPROVED', reason: '00' } as const;
const DECLINED = { status: 'REJECTED', reason: '05' } as const;
const SLOW_SECONDS = 180;

/** What one US dollar is worth for the cards with a limit in dollars (house rule; other currencies count as dollars). */
const PER_DOLLAR: Record<string, number> = { COP: 4000, CLP: 950 };

/** What the network of an instrument says of one attempt. */
export function answerOf(
  instrument: Instrument,
  money: { currency: string; amountMinor: number },
  delaySeconds: number,
  now: Date,
): Verdict {
  if (instrument.method === 'card') return askNetwork({ ...instrument, ...money }, delaySeconds, now);
  if (instrument.method === 'ath_movil') return answerOfPhone(instrument.phone);
  return PSE_VERDICTS[instrument.outcome](delaySeconds);
}

/** House rules: the documents have no table for PSE. */
const PSE_VERDICTS: Record<PseOutcome, (seconds: number) => Verdict> = {
  approved: () => APPROVED,
  rejected: () => DECLINED,
  pending: (seconds) => ({ status: 'PENDING', reason: '?-', seconds, then: APPROVED }),
  expired: (seconds) => ({
    status: 'PENDING',
    reason: '?-',
    seconds,
    then: { status: 'REJECTED', reason: 'EX' },
  }),
};

/** Whether the network grants more on a card that it has approved before: all but those over their limit. */
export function answerForMore(
  number: string | null,
  money: { currency: string; amountMinor: number },
): { status: 'APPROVED' | 'REJECTED'; reason: string } {
  const card = number === null ? undefined : findCard(number);
  if (card?.outcome === 'below200Usd' && !isBelow200Usd(money)) return { status: 'REJECTED', reason: '61' };
  return APPROVED;
}

/** Whether a card can be stored: one that exists, is good and is not declined. Lack of balance shows with a charge. */
export function answerToTokenization(charge: { number: string; expiry: string }, now: Date): Final {
  const card = findCard(charge.number);
  if (!card) return { status: 'REJECTED', reason: '14' };
  if (hasExpired(charge.expiry, now)) return { status: 'REJECTED', reason: '54' };
  if (card.outcome === 'exception') return { status: 'FAILED', reason: 'XH' };
  return card.outcome === 'declined' || card.outcome === 'manualRejected' ? DECLINED : APPROVED;
}

const ONE_TIME_PASSWORDS = ['123456', '000000'];

/** Whether the issuer of a number asks for a one-time password. */
export const needsOtp = (number: string): boolean => BRANDS[brandOf(number)]?.otp === true;

/** `delaySeconds` is how long this site's network stays pending; `now` decides whether a card has expired. */
export function askNetwork(charge: Charge, delaySeconds: number, now: Date): Verdict {
  const card = findCard(charge.number);
  if (!card) return { status: 'REJECTED', reason: '14' };
  if (hasExpired(charge.expiry, now)) return { status: 'REJECTED', reason: '54' };
  if (charge.otp !== undefined && needsOtp(charge.number) && !ONE_TIME_PASSWORDS.includes(charge.otp)) {
    return { status: 'REJECTED', reason: 'OT1' };
  }
  return checkAddress(answerOfCard(card, charge, delaySeconds), charge.postalCode);
}

/** The address check (protocol 9.2): 44444 is undone before it counts; of 33333 the reversal is declined, then and later. */
function checkAddress(verdict: Verdict, postalCode: string | undefined): Verdict {
  if (verdict.status !== 'APPROVED') return verdict;
  if (postalCode === '44444') return DECLINED;
  return postalCode === '33333' ? { ...APPROVED, reversalReason: '05' } : verdict;
}

function answerOfCard(card: TestCard, charge: Charge, delaySeconds: number): Verdict {
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

function isBelow200Usd({ currency, amountMinor }: { currency: string; amountMinor: number }): boolean {
  const amount = new Big(amountMinor).div(new Big(10).pow(decimalsOf(currency) ?? 2));
  return amount.lt(new Big(200).times(PER_DOLLAR[currency] ?? 1));
}

/** A card is good until the end of its month. */
function hasExpired(expiry: string, now: Date): boolean {
  const [month, year] = expiry.split('/').map(Number);
  return Date.UTC(2000 + (year ?? 0), month ?? 0, 1) <= now.getTime();
}
