import type {
  Adopt,
  Adoption,
  ApprovalRates,
  AuditEntry,
  CappedCount,
  Cohorts,
  ConnectionTest,
  CreatedKey,
  CreateKey,
  CreatePerson,
  CreateSession,
  ExpectedIncome,
  GatewayAddress,
  HomeView,
  InvitedPerson,
  MailCounts,
  MailDetail,
  MailFilter,
  MrrMovements,
  Page,
  PracticeView,
  Recovery,
  Remainder,
  ReplaceInstrument,
  Replacement,
  RevenueDefinitions,
  RevenueRowsPage,
  ReviewView,
  SaveAccount,
  SessionCounts,
  SessionFilter,
  InstrumentCounts,
  InstrumentDetail,
  InstrumentFilter,
  InstrumentView,
  SessionView,
  SiteView,
} from '@recaudo/shared';
import type { DataProvider, GetListParams, RaRecord } from 'react-admin';
import { request, type Query } from './api.js';
import { moneyCalls, type MoneyCalls } from './money-calls.js';
import { scheduleCalls, type ScheduleCalls } from './schedule-calls.js';

/** Lists that come in pages behind a cursor; the others are short and come whole. */
const PAGED = new Set([
  'sessions',
  'transactions',
  'preauthorizations',
  'schedules',
  'periods',
  'instruments',
  'approvals',
  'batches',
  'mails',
  'reviews',
  'audit',
]);

/** For lists whose page shows the failure itself: react-admin would say it once more in a corner. */
export function saidOnThePage(): void {}

/** What the pager needs beside the rows; react-admin's own page number stays 1. */
export interface PageMeta {
  next: string | null;
  previous: string | null;
  total: CappedCount;
}

/** What subscriptions earn, by the part of it that is asked for. */
interface RevenueAnswers {
  movements: MrrMovements;
  cohorts: Cohorts;
  recovery: Recovery;
  approval: ApprovalRates;
  expected: ExpectedIncome;
  rows: RevenueRowsPage;
  definitions: RevenueDefinitions;
}

/** react-admin's generic verbs for lists and pages, and one method per thing the API can do. */
export interface RecaudoDataProvider extends DataProvider, MoneyCalls, ScheduleCalls {
  practice(): Promise<PracticeView>;
  home(): Promise<HomeView>;
  countSessions(filter: SessionFilter): Promise<SessionCounts>;
  createSession(body: CreateSession, idempotencyKey: string): Promise<SessionView>;
  checkSession(id: string): Promise<SessionView>;
  cancelSession(id: string): Promise<SessionView>;
  openRemainder(id: string, body: Remainder, idempotencyKey: string): Promise<SessionView>;
  agree(id: string, reason: string): Promise<SessionView>;
  countInstruments(filter: InstrumentFilter): Promise<InstrumentCounts>;
  suspendInstrument(id: string, reason: string): Promise<InstrumentDetail>;
  resumeInstrument(id: string): Promise<InstrumentDetail>;
  /** Opens the link at which the payer stores another one, and has it mailed. */
  replaceInstrument(id: string, body: ReplaceInstrument, idempotencyKey: string): Promise<Replacement>;
  revoke(id: string, reason: string): Promise<InstrumentView>;
  /** `transactionId`: the captured payment that waits for our word. */
  confirmPayment(transactionId: string, idempotencyKey: string): Promise<SessionView>;
  cancelConfirmation(transactionId: string, idempotencyKey: string): Promise<SessionView>;
  attest(transactionId: string, note: string): Promise<SessionView>;
  adopt(body: Adopt): Promise<Adoption[]>;
  countReviews(): Promise<CappedCount>;
  resolveReview(id: string, note: string): Promise<ReviewView>;
  /** Takes it on; again: lets it go. */
  ownReview(id: string): Promise<ReviewView>;
  countMails(filter: MailFilter): Promise<MailCounts>;
  sendMailAgain(id: string): Promise<MailDetail>;
  revenue<Part extends keyof RevenueAnswers>(part: Part, query: Query): Promise<RevenueAnswers[Part]>;
  gateways(): Promise<GatewayAddress[]>;
  saveAccount(siteId: string, body: SaveAccount): Promise<SiteView>;
  testAccount(siteId: string): Promise<ConnectionTest>;
  createPerson(body: CreatePerson): Promise<InvitedPerson>;
  invitePerson(id: string): Promise<InvitedPerson>;
  createKey(body: CreateKey): Promise<CreatedKey>;
  runJob(name: string): Promise<{ claimed: number; done: number; failed: number }>;
}

const base: DataProvider = {
  getList: async (resource: string, params: GetListParams) =>
    PAGED.has(resource) ? getPage(resource, params) : getWhole(resource),
  getOne: async (resource, { id, signal }) => ({
    data: await request('GET', `/api/${resource}/${encodeURIComponent(String(id))}`, { signal }),
  }),
  create: async (resource, { data }) => ({
    data: await request('POST', `/api/${resource}`, { body: data }),
  }),
  update: async (resource, { id, data }) => ({
    data: await request('PUT', `/api/${resource}/${encodeURIComponent(String(id))}`, { body: data }),
  }),
  delete: async (resource, { id }) => {
    await request('DELETE', `/api/${resource}/${encodeURIComponent(String(id))}`);
    return { data: { id } as never };
  },
  getMany: notOffered,
  getManyReference: notOffered,
  updateMany: notOffered,
  deleteMany: notOffered,
};

export const dataProvider: RecaudoDataProvider = {
  ...base,
  ...moneyCalls,
  ...scheduleCalls,
  practice: () => request('GET', '/api/practice'),
  home: () => request('GET', '/api/home'),
  countSessions: (filter) => request('GET', '/api/sessions/counts', { query: filter }),
  createSession: (body, key) =>
    request('POST', '/api/sessions', { body, headers: { 'idempotency-key': key } }),
  checkSession: (id) => request('POST', `/api/sessions/${id}/check`),
  cancelSession: (id) => request('POST', `/api/sessions/${id}/cancel`),
  openRemainder: (id, body, key) =>
    request('POST', `/api/sessions/${id}/remainder`, { body, headers: { 'idempotency-key': key } }),
  countInstruments: (filter) => request('GET', '/api/instruments/counts', { query: filter }),
  suspendInstrument: (id, reason) => request('POST', `/api/instruments/${id}/suspend`, { body: { reason } }),
  resumeInstrument: (id) => request('POST', `/api/instruments/${id}/resume`),
  replaceInstrument: (id, body, key) =>
    request('POST', `/api/instruments/${id}/replacement`, { body, headers: { 'idempotency-key': key } }),
  revoke: (id, reason) => request('POST', `/api/instruments/${id}/revoke`, { body: { reason } }),
  agree: (id, reason) => request('POST', `/api/sessions/${id}/agree`, { body: { reason } }),
  confirmPayment: (id, key) =>
    request('POST', `/api/transactions/${id}/confirm`, { headers: { 'idempotency-key': key } }),
  cancelConfirmation: (id, key) =>
    request('POST', `/api/transactions/${id}/cancel`, { headers: { 'idempotency-key': key } }),
  attest: (id, note) => request('POST', `/api/transactions/${id}/attest`, { body: { note } }),
  adopt: async (body) => (await request<{ items: Adoption[] }>('POST', '/api/adoptions', { body })).items,
  countReviews: () => request('GET', '/api/reviews/count'),
  resolveReview: (id, note) => request('POST', `/api/reviews/${id}/resolve`, { body: { note } }),
  ownReview: (id) => request('POST', `/api/reviews/${id}/own`, { body: {} }),
  countMails: (filter) => request('GET', '/api/mails/counts', { query: filter }),
  sendMailAgain: (id) => request('POST', `/api/mails/${id}/again`, { body: {} }),
  revenue: (part, query) => request('GET', `/api/revenue/${part}`, { query }),
  gateways: async () => (await request<{ items: GatewayAddress[] }>('GET', '/api/gateways')).items,
  saveAccount: (siteId, body) => request('PUT', `/api/sites/${siteId}/account`, { body }),
  testAccount: (siteId) => request('POST', `/api/sites/${siteId}/account/test`),
  createPerson: (body) => request('POST', '/api/people', { body }),
  invitePerson: (id) => request('POST', `/api/people/${id}/invite`),
  createKey: (body) => request('POST', '/api/keys', { body }),
  runJob: (name) => request('POST', `/api/jobs/${name}/run`),
};

async function getPage(resource: string, params: GetListParams) {
  const { cursor, sort } = (params.meta ?? {}) as { cursor?: string; sort?: string };
  const filter = params.filter as Query;
  const page = await request<Page<AuditEntry & RaRecord>>('GET', `/api/${resource}`, {
    query: { ...filter, cursor, sort, limit: params.pagination?.perPage ?? 25 },
    signal: params.signal,
  });
  const meta: PageMeta = { next: page.next, previous: page.previous, total: page.total };
  return {
    data: page.items as never[],
    pageInfo: { hasNextPage: page.next !== null, hasPreviousPage: page.previous !== null },
    meta,
  };
}

async function getWhole(resource: string) {
  const { items } = await request<{ items: Record<string, unknown>[] }>('GET', `/api/${resource}`);
  // Jobs are named, not numbered; react-admin wants an id on every row.
  const data = items.map((item) => ({ id: item.name, ...item }));
  return { data: data as never[], total: data.length };
}

function notOffered(): never {
  throw new Error('this API has no such verb');
}
