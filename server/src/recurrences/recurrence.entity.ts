import type { Currency, RecurrenceState } from '@recaudo/shared';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { minorUnits } from '../platform/database.js';

/** A recurrence that the gateway runs by itself. We only keep count of what it reports. */
@Entity('recurrences')
export class RecurrenceRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') siteId!: string;
  @Column('uuid') gatewayAccountId!: string;
  @Column('uuid') sessionId!: string;
  @Column('uuid') orderId!: string;
  @Column('text') reference!: string;
  @Column('text') state!: RecurrenceState;
  @Column('text') periodicity!: 'D' | 'M' | 'Y';
  @Column('integer') interval!: number;
  /** -1: no limit. */
  @Column('integer') maxPeriods!: number;
  /** The day of its first charge after the session's own, in `zone`. */
  @Column('date') firstOn!: string;
  @Column('date', { nullable: true }) dueOn!: string | null;
  /** The site's zone when it began: later changes move no day. */
  @Column('text') zone!: string;
  @Column('bigint', { transformer: minorUnits }) amountMinor!: number;
  @Column('text') currency!: Currency;
  /** Which of its days, from 0, is expected next. */
  @Column('integer') nextPeriod!: number;
  /** When a person is told that it was not reported, in worker time; null once nothing is expected. */
  @Column('timestamptz', { nullable: true }) nextCheckAt!: Date | null;
  @Column('timestamptz') createdAt!: Date;
}
