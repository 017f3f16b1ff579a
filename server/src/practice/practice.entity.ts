import { Column, Entity, PrimaryColumn } from 'typeorm';
import { minorUnits } from '../platform/database.js';

/** The one row of a practising installation: its clock, and how far its demo history has got. */
@Entity('practice')
export class PracticeRow {
  @PrimaryColumn('integer') id!: number;
  @Column('bigint', { transformer: minorUnits }) clockOffsetMs!: number;
  @Column('text') seed!: string;
  @Column('integer') planned!: number;
  @Column('integer') made!: number;
  @Column('integer', { default: 0 }) schedulesPlanned!: number;
  @Column('integer', { default: 0 }) schedulesMade!: number;
  /** The present that the history leads up to. */
  @Column('timestamptz') anchorAt!: Date;
  @Column('timestamptz', { nullable: true }) leaseUntil!: Date | null;
}
