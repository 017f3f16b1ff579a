import { AsyncLocalStorage } from 'node:async_hooks';

/** What travels with a request through every await: its id, and in practice the instant it plays at. */
export interface RequestContext {
  requestId: string;
  practiceNow?: number;
}

export const requestContext = new AsyncLocalStorage<RequestContext>();

/** Names the instant a practice request plays at; the practice gateway knows the same header. */
export const PRACTICE_CLOCK_HEADER = 'x-practice-clock';
