import {
  createScheduleSchema,
  type CreateSchedule,
  type Currency,
  type Language,
  type PeriodUnit,
} from '@recaudo/shared';
import { checkFields } from '../app/check.js';
import { priceBody, priceErrors, type PriceForm } from './price-form.js';

/** The form as it is typed: texts throughout, named as the API names them, so that its errors find their field. */
export interface ScheduleForm extends PriceForm {
  siteId: string;
  instrumentId: string;
  plan: string;
  reference: string;
  unit: PeriodUnit;
  interval: string;
  anchorDay: string;
  startOn: string;
  trialDays: string;
  maxPeriods: string;
  endOn: string;
  zone: string;
  chargeHour: string;
}

export const EMPTY_SCHEDULE: ScheduleForm = {
  siteId: '',
  instrumentId: '',
  plan: '',
  reference: '',
  amountMinor: '',
  taxes: [],
  unit: 'month',
  interval: '1',
  anchorDay: '',
  startOn: '',
  trialDays: '0',
  maxPeriods: '',
  endOn: '',
  zone: '',
  chargeHour: '9',
};

export function toScheduleBody(
  form: ScheduleForm,
  currency: Currency,
  language: Language,
): Partial<CreateSchedule> {
  const { siteId, instrumentId, plan, reference, unit, startOn } = form;
  const takesAnchor = unit === 'month' || unit === 'year';
  return {
    ...{ siteId, instrumentId, plan, reference, unit, startOn, currency },
    ...(priceBody(form, currency, language) as Pick<CreateSchedule, 'amountMinor' | 'taxes'>),
    interval: number(form.interval),
    anchorDay: takesAnchor ? optionalNumber(form.anchorDay) : null,
    trialDays: number(form.trialDays || '0'),
    maxPeriods: optionalNumber(form.maxPeriods),
    endOn: form.endOn || null,
    zone: form.zone || undefined,
    chargeHour: number(form.chargeHour),
  };
}

/** The same schema as the server's, and the amounts read by the person's language. */
export function checkSchedule(
  form: ScheduleForm,
  currency: Currency | null,
  language: Language,
): Record<string, string> {
  const read = currency ?? 'COP';
  const errors = checkFields(createScheduleSchema, toScheduleBody(form, read, language));
  for (const field of ['siteId', 'instrumentId', 'startOn'] as const)
    if (!form[field]) errors[field] = 'problems.field.required';
  return { ...errors, ...priceErrors(form, read, language) };
}

/** What the preview is asked: the names do not change what will be charged, and may still be missing. Null: not yet. */
export function previewBody(
  form: ScheduleForm,
  currency: Currency | null,
  language: Language,
): Partial<CreateSchedule> | null {
  if (!currency) return null;
  const body = {
    ...toScheduleBody(form, currency, language),
    plan: form.plan.trim() || '–',
    reference: form.reference.trim() || 'preview',
  };
  return createScheduleSchema.safeParse(body).success ? body : null;
}

/** What is no number becomes one that no rule takes. */
function number(text: string): number {
  return /^\d{1,4}$/.test(text.trim()) ? Number(text.trim()) : Number.NaN;
}

function optionalNumber(text: string): number | null {
  return text.trim() === '' ? null : number(text);
}
