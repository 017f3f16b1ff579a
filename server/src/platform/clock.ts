import { Injectable } from '@nestjs/common';
import { requestContext } from './context.js';

/** So long a step of a history may take to be told. */
const TOLD_WITHIN_MS = 60_000;

/**
 * The one source of time. `now()` is what business rules see: real time, moved by the practice offset, or the
 * instant that a practice request names. `worker()` never follows such a request.
 */
@Injectable()
export class Clock {
  private offsetMs = 0;

  now(): Date {
    const scoped = requestContext.getStore()?.practiceNow;
    return scoped === undefined ? this.worker() : new Date(scoped);
  }

  /** The process's own time, by which due rows are claimed. */
  worker(): Date {
    return new Date(Date.now() + this.offsetMs);
  }

  /**
   * When the worker should see a moment planned in `now()` time. History that is made under a practice request
   * would otherwise lie in the past and be swept up before it has been lived.
   */
  due(planned: Date): Date {
    const scoped = requestContext.getStore()?.practiceNow;
    if (scoped === undefined) return planned;
    return new Date(this.worker().getTime() + (planned.getTime() - scoped));
  }

  /** The same of what may be over already when its history is told: then soon, once it has been told. */
  dueBy(planned: Date): Date {
    const told = Math.max(planned.getTime(), this.worker().getTime() + TOLD_WITHIN_MS);
    return new Date(Math.min(this.due(planned).getTime(), told));
  }

  setOffset(offsetMs: number): void {
    this.offsetMs = offsetMs;
  }

  get offset(): number {
    return this.offsetMs;
  }
}
