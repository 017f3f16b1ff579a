import { formatInstant } from '../platform/instants.js';

/** The four keys that every answer carries, on every HTTP status (protocol 2.3). None of them is ever null. */
export interface WireStatus {
  status: string;
  reason: string | number;
  message: string;
  date: string;
}

export function wireStatus(
  status: string,
  reason: string | number,
  message: string,
  at: Date,
  zone: string,
): WireStatus {
  return { status, reason, message, date: formatInstant(at, zone) };
}

/** An HTTP answer before it is written. */
export interface Answer {
  http: number;
  body: Record<string, unknown> & { status: WireStatus };
}

/** The zone and locale of answers given before any site is known (house rule). */
export const HOUSE_ZONE = 'America/Bogota';
export const HOUSE_LOCALE = 'es_CO';
