/** Which methods a session offers: what its kind, its site and the request allow. */
import type { Kind } from '../wire/session-request.js';
import { BRANDS } from './cards.js';
import { METHODS } from './instruments.js';

/** Keys of METHODS. `paymentMethod` is the request's comma-separated list of codes; without one, whatever fits. */
export function methodsFor(
  kind: Kind,
  site: { country: string },
  paymentMethod: string | undefined,
): string[] {
  const cards = Object.keys(BRANDS).filter((brand) => kind !== 'recurring' || !BRANDS[brand]?.debit);
  const others = kind === 'basic' || kind === 'partial' ? (OTHERS[site.country] ?? []) : [];
  const wanted = paymentMethod?.split(',').map((code) => code.trim());
  return [...cards, ...others].filter((key) => !wanted || wanted.includes(METHODS[key]?.code ?? ''));
}

/** Beside cards, by country: PSE is Colombia's, ATH Móvil Puerto Rico's. */
const OTHERS: Record<string, string[]> = { CO: ['pse'], PR: ['ath_movil'] };
