import type { BatchView } from '@recaudo/shared';
import type { Translate } from '../fields/reader.js';

export type BatchSubject = Pick<BatchView, 'state' | 'sendAt' | 'finishedAt' | 'endedBy' | 'rows' | 'counts'>;

const FINAL = ['approved', 'rejected', 'refused', 'undone'] as const;

/** Rows that have their last word. */
export function rowsDone({ counts }: Pick<BatchView, 'counts'>): number {
  return FINAL.reduce((sum, state) => sum + (counts[state] ?? 0), 0);
}

/** It ended before anything of it was sent. */
export function isUnsent({ state }: Pick<BatchView, 'state'>): boolean {
  return state === 'undone' || state === 'rejected' || state === 'expired';
}

interface Tools {
  t: Translate;
  /** An instant in the reader's words, never relative. */
  clock: (iso: string) => string;
}

/** How a batch stands and what comes next. `now` in milliseconds. */
export function batchSentence(batch: BatchSubject, now: number, { t, clock }: Tools): string {
  const { state, sendAt, finishedAt, endedBy, rows, counts } = batch;
  if (state === 'scheduled') {
    const left = sendAt ? Math.ceil((Date.parse(sendAt) - now) / 1_000) : 0;
    if (left <= 0) return t('batches.sentence.starting');
    const words =
      left < 120
        ? t('batches.seconds', { smart_count: left })
        : t('batches.minutes', { smart_count: Math.ceil(left / 60) });
    return t('batches.sentence.scheduled', { left: words });
  }
  if ((state === 'undone' || state === 'rejected') && endedBy && finishedAt)
    return t(`batches.sentence.${state}_by`, { name: endedBy, at: clock(finishedAt) });
  if (state !== 'done') return t(`batches.sentence.${state}`);
  const open = rows - rowsDone(batch);
  return open > 0
    ? t('batches.sentence.done_open', { open })
    : t('batches.sentence.done', { approved: counts.approved ?? 0, all: rows });
}

/** Whether more is expected soon: then the page is read again and again. */
export function isMoving(batch: BatchSubject): boolean {
  if (batch.state === 'scheduled' || batch.state === 'running' || batch.state === 'waiting') return true;
  return batch.state === 'done' && rowsDone(batch) < batch.rows;
}
