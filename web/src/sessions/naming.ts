import type { SessionListItem } from '@recaudo/shared';

/** Who pays, as far as is known. */
export function payerName(row: {
  payer: Pick<SessionListItem['payer'], 'name' | 'surname' | 'email'>;
}): string {
  return [row.payer.name, row.payer.surname].filter(Boolean).join(' ') || row.payer.email || '–';
}

export function sessionPath(id: string): string {
  return `/sessions/${id}/show`;
}

export function transactionPath(id: string): string {
  return `/transactions/${id}/show`;
}

export function holdPath(id: string): string {
  return `/preauthorizations/${id}/show`;
}

export function batchPath(id: string): string {
  return `/batches/${id}/show`;
}

export function schedulePath(id: string): string {
  return `/schedules/${id}/show`;
}

/** The page of a stored means of payment. */
export function instrumentPath(id: string): string {
  return `/instruments/${id}/show`;
}

export function mailPath(id: string): string {
  return `/mails/${id}/show`;
}
