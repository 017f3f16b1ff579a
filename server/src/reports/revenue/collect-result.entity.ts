import type { ChargeOutcome, Currency } from '@recaudo/shared';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { minorUnits } from '../../platform/database.js';

/** How a charge of a stored means of payment ended; its id is the collect's. */
@Entity('collect_results')
export class CollectResultRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') siteId!: string;
  /** When it was sent. */
  @Column('timestamptz') at!: Date;
  /** The same, in the site's zone. */
  @Column('date') day!: string;
  @Column('text') currency!: Currency;
  @Column('bigint', { transformer: minorUnits }) amountMinor!: number;
  /** Of the attempt, else of the stored means of payment; empty where nobody told us. */
  @Column('text') issuer!: string;
  @Column('text') brand!: string;
  @Column('text') outcome!: ChargeOutcome;
  /** The gateway's reason of one that was refused. */
  @Column('text', { nullable: true }) reason!: string | null;
}
