import type {
  ActResult,
  ApprovalView,
  BatchPreview,
  BatchPreviewRequest,
  BatchRowView,
  BatchView,
  CappedCount,
  Chargeback,
  ChargebackReversal,
  CollectPreview,
  CollectResult,
  CreateBatch,
  CreateCollect,
  HoldStep,
  PreauthorizationCounts,
  Reverse,
  ReversePreview,
  Settle,
  SettleHold,
  TransactionCounts,
  TransactionDetail,
  TransactionFilter,
} from '@recaudo/shared';
import { request, type Query } from './api.js';

export type CollectAsked = Pick<CreateCollect, 'instrumentId' | 'reference' | 'amountMinor' | 'currency'>;

/**
 * Acts on money. Every `key` is an idempotency key: the same key is the same act, however often it is sent. Where the
 * login was idle for a while the password is asked for in between.
 */
export interface MoneyCalls {
  prove(password: string): Promise<void>;
  countTransactions(filter: TransactionFilter): Promise<TransactionCounts>;
  checkTransaction(id: string): Promise<TransactionDetail>;
  /** What a refund of that amount would do; without an amount: of all that is left. */
  previewReverse(id: string, amountMinor: number | null): Promise<ReversePreview>;
  reverse(id: string, body: Reverse, key: string): Promise<ActResult>;
  withdraw(id: string, reason: string, key: string): Promise<ActResult>;
  settle(id: string, body: Settle, key: string): Promise<ActResult>;
  chargeback(id: string, body: Chargeback, key: string): Promise<ActResult>;
  chargebackReversal(id: string, body: ChargebackReversal, key: string): Promise<ActResult>;
  sendReceipt(id: string, email: string): Promise<void>;
  addNote(orderId: string, note: string): Promise<void>;
  countHolds(filter: { siteId?: string }): Promise<PreauthorizationCounts>;
  checkout(id: string, body: HoldStep, key: string): Promise<ActResult>;
  reauthorize(id: string, body: HoldStep, key: string): Promise<ActResult>;
  release(id: string, reason: string | undefined, key: string): Promise<ActResult>;
  settleHold(id: string, body: SettleHold): Promise<ActResult>;
  /** What a charge of a stored means of payment would do now. */
  previewCollect(asked: CollectAsked): Promise<CollectPreview>;
  collect(body: CreateCollect, key: string): Promise<CollectResult>;
  countApprovals(): Promise<CappedCount>;
  approve(id: string, note: string | undefined): Promise<ApprovalView>;
  rejectApproval(id: string, note: string): Promise<ApprovalView>;
  withdrawApproval(id: string): Promise<ApprovalView>;
  previewBatch(body: BatchPreviewRequest): Promise<BatchPreview>;
  createBatch(body: CreateBatch, key: string): Promise<BatchView>;
  batchRows(id: string): Promise<BatchRowView[]>;
  undoBatch(id: string): Promise<BatchView>;
}

export const moneyCalls: MoneyCalls = {
  prove: (password) => request('POST', '/api/login/prove', { body: { password } }),
  countTransactions: (filter) => request('GET', '/api/transactions/counts', { query: filter }),
  checkTransaction: (id) => request('POST', `/api/transactions/${id}/check`),
  previewReverse: (id, amountMinor) =>
    request('GET', `/api/transactions/${id}/reverse`, { query: { amountMinor } }),
  reverse: (id, body, key) => act(`/api/transactions/${id}/reverse`, body, key),
  withdraw: (id, reason, key) => act(`/api/transactions/${id}/withdraw`, { reason }, key),
  settle: (id, body, key) => act(`/api/transactions/${id}/settle`, body, key),
  chargeback: (id, body, key) => act(`/api/transactions/${id}/chargeback`, body, key),
  chargebackReversal: (id, body, key) => act(`/api/transactions/${id}/chargeback-reversal`, body, key),
  sendReceipt: (id, email) => request('POST', `/api/transactions/${id}/receipt`, { body: { email } }),
  addNote: (orderId, note) => request('POST', `/api/orders/${orderId}/notes`, { body: { note } }),
  countHolds: (filter: Query) => request('GET', '/api/preauthorizations/counts', { query: filter }),
  checkout: (id, body, key) => act(`/api/preauthorizations/${id}/checkout`, body, key),
  reauthorize: (id, body, key) => act(`/api/preauthorizations/${id}/reauthorization`, body, key),
  release: (id, reason, key) => act(`/api/preauthorizations/${id}/release`, { reason }, key),
  settleHold: (id, body) => request('POST', `/api/preauthorizations/${id}/settle`, { body }),
  previewCollect: (asked) => request('GET', '/api/collects/preview', { query: { ...asked } }),
  collect: (body, key) => act<CollectResult>('/api/collects', body, key),
  countApprovals: () => request('GET', '/api/approvals/count'),
  approve: (id, note) => request('POST', `/api/approvals/${id}/approve`, { body: { note } }),
  rejectApproval: (id, note) => request('POST', `/api/approvals/${id}/reject`, { body: { note } }),
  withdrawApproval: (id) => request('POST', `/api/approvals/${id}/withdraw`, { body: {} }),
  previewBatch: (body) => request('POST', '/api/batches/preview', { body }),
  createBatch: (body, key) => act('/api/batches', body, key),
  batchRows: async (id) => (await request<{ items: BatchRowView[] }>('GET', `/api/batches/${id}/rows`)).items,
  undoBatch: (id) => request('POST', `/api/batches/${id}/undo`),
};

function act<T = ActResult>(path: string, body: unknown, key: string): Promise<T> {
  return request<T>('POST', path, { body, headers: { 'idempotency-key': key } });
}
