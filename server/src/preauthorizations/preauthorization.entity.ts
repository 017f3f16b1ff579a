import type { Currency, PreauthorizationState } from '@recaudo/shared';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { minorUnits } from '../platform/database.js';

/** A hold and its life. Its id is that of its check-in transaction. */
@Entity('preauthorizations')
export class PreauthorizationRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') siteId!: string;
  @Column('uuid') gatewayAccountId!: string;
  @Column('uuid') orderId!: string;
  @Column('uuid') obligationId!: string;
  @Column('text') state!: PreauthorizationState;
  /** Why nobody can say how it ended, as a message key. */
  @Column('text', { nullable: true }) unclear!: string | null;
  @Column('text') currency!: Currency;
  /** What the check-in held. */
  @Column('bigint', { transformer: minorUnits }) placedMinor!: number;
  /** What is held now; the two differ while the outcome of a reauthorization is unknown. */
  @Column('bigint', { transformer: minorUnits }) leastMinor!: number;
  @Column('bigint', { transformer: minorUnits }) mostMinor!: number;
  @Column('bigint', { transformer: minorUnits }) capturedMinor!: number;
  @Column('timestamptz') placedAt!: Date;
  @Column('timestamptz') expiresAt!: Date;
  @Column('timestamptz', { nullable: true }) closedAt!: Date | null;
  /** When the next warning is due, or the presumed release; in worker time. */
  @Column('timestamptz', { nullable: true }) nextDueAt!: Date | null;
}
