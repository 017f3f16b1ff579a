import type {
  Currency,
  PeriodState,
  PeriodUnit,
  PolicyRules,
  ScheduleEnd,
  ScheduleState,
  Terms,
} from '@recaudo/shared';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { minorUnits } from '../platform/database.js';
import type { Failed } from './dunning.rules.js';

export type Taxes = Terms['taxes'];

/** A try that brought nothing, and the reason in the gateway's words or ours. */
export type FailedTry = Failed & { reason: string };

/** Charges of a stored means of payment that we repeat. Days are of its own zone, as YYYY-MM-DD. */
@Entity('schedules')
export class ScheduleRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') siteId!: string;
  @Column('uuid') gatewayAccountId!: string;
  @Column('uuid', { nullable: true }) payerId!: string | null;
  @Column('uuid') instrumentId!: string;
  /** Null: the site's own, else the house's. */
  @Column('uuid', { nullable: true }) policyId!: string | null;
  @Column('text') reference!: string;
  @Column('text') plan!: string;
  @Column('text') currency!: Currency;
  @Column('text') unit!: PeriodUnit;
  @Column('integer', { name: 'interval_steps' }) interval!: number;
  @Column('date') startOn!: string;
  @Column('integer') trialDays!: number;
  @Column('integer', { nullable: true }) anchorDay!: number | null;
  @Column('integer', { nullable: true }) maxPeriods!: number | null;
  @Column('date', { nullable: true }) endOn!: string | null;
  @Column('text') zone!: string;
  @Column('integer') chargeHour!: number;
  @Column('text') state!: ScheduleState;
  /** The instant of the next charge as planned; null once there is none, or while it is paused. */
  @Column('timestamptz', { nullable: true }) nextAt!: Date | null;
  /** The local day on which an overdue period was last taken up: one a day is. */
  @Column('date', { nullable: true }) lastOverdueOn!: string | null;
  @Column('timestamptz', { nullable: true }) pastDueSince!: Date | null;
  /** It was cancelled, and what is paid for lasts to this day. */
  @Column('date', { nullable: true }) endsOn!: string | null;
  @Column('timestamptz', { nullable: true }) endedAt!: Date | null;
  @Column('text', { nullable: true }) endedWhy!: ScheduleEnd | null;
  @Column('timestamptz') createdAt!: Date;
}

/** What a schedule asks for from a day on. */
@Entity('schedule_prices')
export class PriceRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'schedule_prices_pkey' }) scheduleId!: string;
  @PrimaryColumn('date', { primaryKeyConstraintName: 'schedule_prices_pkey' }) fromOn!: string;
  @Column('bigint', { transformer: minorUnits }) amountMinor!: number;
  @Column('jsonb') taxes!: Taxes;
}

/** One period of a schedule; its order is made when it is first asked for. */
@Entity('periods')
export class PeriodRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') siteId!: string;
  @Column('uuid') gatewayAccountId!: string;
  @Column('uuid') scheduleId!: string;
  /** Counted from 0. */
  @Column('integer') number!: number;
  @Column('date') day!: string;
  @Column('timestamptz') dueAt!: Date;
  @Column('bigint', { transformer: minorUnits }) amountMinor!: number;
  @Column('jsonb') taxes!: Taxes;
  @Column('text') currency!: Currency;
  @Column('text') state!: PeriodState;
  @Column('text', { nullable: true }) why!: string | null;
  @Column('timestamptz', { nullable: true }) until!: Date | null;
  /** The gateway's reason of the last try that failed. */
  @Column('text', { nullable: true }) reason!: string | null;
  /** What was tried in vain, oldest first. */
  @Column('jsonb') failed!: FailedTry[];
  /** The payment that stands in the way. */
  @Column('uuid', { nullable: true }) blockedBy!: string | null;
  @Column('uuid', { nullable: true }) orderId!: string | null;
  /** Its newest charge. */
  @Column('uuid', { nullable: true }) sessionId!: string | null;
  @Column('integer') tries!: number;
  /** When it is taken up next, in worker time. */
  @Column('timestamptz', { nullable: true }) nextTryAt!: Date | null;
  @Column('timestamptz', { nullable: true }) paidAt!: Date | null;
  @Column('text', { nullable: true }) paidBy!: 'collect' | 'link' | null;
  @Column('timestamptz') createdAt!: Date;
}

/** What follows a charge that fails, as a site has written it down. */
@Entity('policies')
export class PolicyRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') siteId!: string;
  @Column('text') name!: string;
  @Column('jsonb') rules!: PolicyRules;
  @Column('timestamptz') createdAt!: Date;
}
