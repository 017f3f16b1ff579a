/** The hold of the samples, and what the merchant does with it before a pair's own request (sections 8.3, 10). */
import type { GoldenStep, Json } from './golden-pair.js';
import { ORDER } from './samples.js';
import { calls, pays } from './steps.js';

export const usd = (total: unknown): Json => ({ currency: 'USD', total });

/** The hotel of the samples holds 1500 dollars. */
export const HOLD: Json = {
  ...ORDER,
  type: 'checkin',
  payment: { reference: 'HTL-88', description: 'Reserva 88', amount: usd(1500) },
};

export const HELD = pays('10:20:00', 'approved');
export function act(action: string, internalReference: number, total: unknown, at: string): GoldenStep {
  return calls(at, '/api/transaction', { action, internalReference, amount: usd(total) });
}
