import type {
  CollectResult,
  CreateSchedule,
  ImportResult,
  ImportSchedules,
  InstrumentItem,
  LabResult,
  Outlook,
  PeriodChargePreview,
  PeriodCounts,
  PeriodView,
  PolicyRules,
  ScheduleAct,
  ScheduleCounts,
  ScheduleListQuery,
  ScheduleView,
} from '@recaudo/shared';
import { request } from './api.js';

/** Which schedules are counted; the state and the page do not matter. */
export type ScheduleScope = Pick<ScheduleListQuery, 'siteId' | 'policyId' | 'q'>;

/** Schedules, their periods, and what can be charged by one. Every `key` is an idempotency key. */
export interface ScheduleCalls {
  countSchedules(scope: ScheduleScope): Promise<ScheduleCounts>;
  createSchedule(body: Partial<CreateSchedule>, key: string): Promise<ScheduleView>;
  /** What it would charge; nothing is written. */
  previewSchedule(body: Partial<CreateSchedule>): Promise<Outlook>;
  previewScheduleAct(id: string, act: ScheduleAct): Promise<Outlook>;
  actOnSchedule(id: string, act: ScheduleAct, key: string): Promise<ScheduleView>;
  countPeriods(scope: { siteId?: string }): Promise<PeriodCounts>;
  /** What charging it now would meet; nothing is written. */
  previewPeriodCharge(id: string): Promise<PeriodChargePreview>;
  chargePeriod(id: string, key: string): Promise<CollectResult>;
  waivePeriod(id: string, reason: string): Promise<PeriodView>;
  /** After the brake: the site's schedules charge again. */
  releaseCharges(siteId: string): Promise<void>;
  /** Many from a file; `rehearse` writes nothing. */
  importSchedules(body: ImportSchedules, key: string): Promise<ImportResult>;
  /** Null: the house's own. */
  makePolicyDefault(siteId: string, policyId: string | null): Promise<void>;
  /** What the rules would have made of the last 90 days; nothing is written. */
  tryPolicy(siteId: string, rules: PolicyRules): Promise<LabResult>;
  /** Those of a site that can be charged and match, ten at most. */
  findMethods(siteId: string, q: string): Promise<InstrumentItem[]>;
  /** What a payer has stored at a site that can be charged, newest first. */
  methodsOf(siteId: string, payerId: string): Promise<InstrumentItem[]>;
}

const MOST_FOUND = 10;
const MOST_OF_PAYER = 50;

export const scheduleCalls: ScheduleCalls = {
  countSchedules: (query) => request('GET', '/api/schedules/counts', { query }),
  createSchedule: (body, key) =>
    request('POST', '/api/schedules', { body, headers: { 'idempotency-key': key } }),
  previewSchedule: (body) => request('POST', '/api/schedules/preview', { body }),
  previewScheduleAct: (id, act) => request('POST', `/api/schedules/${id}/preview`, { body: act }),
  actOnSchedule: (id, act, key) =>
    request('POST', `/api/schedules/${id}/acts`, { body: act, headers: { 'idempotency-key': key } }),
  countPeriods: (query) => request('GET', '/api/periods/counts', { query }),
  previewPeriodCharge: (id) => request('GET', `/api/periods/${id}/charge`),
  chargePeriod: (id, key) =>
    request('POST', `/api/periods/${id}/charge`, { headers: { 'idempotency-key': key } }),
  waivePeriod: (id, reason) => request('POST', `/api/periods/${id}/waive`, { body: { reason } }),
  releaseCharges: (siteId) => request('POST', '/api/periods/release', { body: { siteId } }),
  importSchedules: (body, key) =>
    request('POST', '/api/schedules/import', { body, headers: { 'idempotency-key': key } }),
  makePolicyDefault: (siteId, policyId) =>
    request('POST', '/api/policies/default', { body: { siteId, policyId } }),
  tryPolicy: (siteId, rules) => request('POST', '/api/policies/lab', { body: { siteId, rules } }),
  findMethods: async (siteId, q) => {
    const query = { siteId, q, state: 'active', limit: MOST_FOUND };
    return (await request<{ items: InstrumentItem[] }>('GET', '/api/instruments', { query })).items;
  },
  methodsOf: async (siteId, payerId) => {
    const query = { siteId, payerId, state: 'active', limit: MOST_OF_PAYER };
    const { items } = await request<{ items: InstrumentItem[] }>('GET', '/api/instruments', { query });
    return items.filter(({ type }) => type === 'token');
  },
};
