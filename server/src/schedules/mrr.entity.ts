import type { Currency, MrrKind } from '@recaudo/shared';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { minorUnits } from '../platform/database.js';
import type { MrrFact } from './mrr.rules.js';

/** A change of what a schedule earns in a month. Days and months are of its site's zone. */
@Entity('mrr_changes')
export class MrrChangeRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') siteId!: string;
  @Column('uuid') scheduleId!: string;
  /** Counted from 1 within its schedule. */
  @Column('integer') seq!: number;
  @Column('timestamptz') at!: Date;
  @Column('date') day!: string;
  /** The first day of the month in which its schedule was new. */
  @Column('date') cohort!: string;
  @Column('text') currency!: Currency;
  @Column('text') kind!: MrrKind;
  @Column('text') why!: MrrFact['why'];
  @Column('bigint', { transformer: minorUnits }) beforeMinor!: number;
  @Column('bigint', { transformer: minorUnits }) mrrMinor!: number;
  /** The period whose payment it is; null for a churn. */
  @Column('uuid', { nullable: true }) periodId!: string | null;
}

/** A period that was paid after a try that failed. */
@Entity('recoveries')
export class RecoveryRow {
  @PrimaryColumn('uuid') periodId!: string;
  @Column('uuid') siteId!: string;
  @Column('uuid') scheduleId!: string;
  @Column('timestamptz') at!: Date;
  /** Of the payment. */
  @Column('date') day!: string;
  @Column('text') currency!: Currency;
  @Column('bigint', { transformer: minorUnits }) amountMinor!: number;
  @Column('text') paidBy!: 'collect' | 'link';
  /** How many failed before. */
  @Column('integer') tries!: number;
  /** From the first that failed to the payment. */
  @Column('integer') days!: number;
}
