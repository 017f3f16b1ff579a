import { addMonths, localDay, type CreateSchedule } from '@recaudo/shared';
import type { InstrumentRow } from '../instruments/instrument.entity.js';
import { whyUnusable } from '../instruments/instrument.rules.js';
import type { OpenAccount } from '../sites/sites.service.js';
import { chargeDay, type Plan } from './calendar.rules.js';

/** House rule: nobody plans a subscription that begins later than this. */
const FURTHEST_START_MONTHS = 24;

/** A field, and what is wrong with it as a message key. */
export type Fault = [field: string, why: string];

/** The fields that are judged by themselves, also where the whole makes no schedule. */
export type Known = Partial<
  Pick<CreateSchedule, 'reference' | 'instrumentId' | 'currency' | 'startOn' | 'zone'>
>;

/** What the fields are held against. */
export interface Judges {
  account: OpenAccount;
  instrument: InstrumentRow | null;
}

/** What the site, its account and its means of payment say against each field that is known, by itself. */
export function fieldFaults(
  { currency, startOn, zone, instrumentId }: Known,
  { account: { row, site }, instrument }: Judges,
  now: Date,
): Fault[] {
  const today = localDay(now, zone ?? site.zone);
  const faults: Fault[] = [];
  if (currency !== undefined && currency !== site.currency) faults.push(['currency', 'other_currency']);
  if (startOn !== undefined && startOn < today) faults.push(['startOn', 'in_the_past']);
  if (startOn !== undefined && startOn > addMonths(today, FURTHEST_START_MONTHS))
    faults.push(['startOn', 'too_late']);
  if (instrumentId === undefined) return faults;
  const isOurs = instrument?.gatewayAccountId === row.id;
  const why = instrument && isOurs ? whyUnusable(instrument, now) : 'not_found';
  return why === null ? faults : [...faults, ['instrumentId', why]];
}

/** The same of a whole schedule, with what its calendar says. */
export function faultsOf(known: Known, plan: Plan, judges: Judges, now: Date): Fault[] {
  const faults = fieldFaults(known, judges, now);
  const first = chargeDay(plan, 0);
  if (first === null) return [...faults, ['endOn', 'before_first_charge']];
  const { instrument } = judges;
  const isUsable = faults.every(([field]) => field !== 'instrumentId');
  if (isUsable && instrument?.validUntil && instrument.validUntil < first)
    return [...faults, ['instrumentId', 'expires_before_first_charge']];
  return faults;
}
