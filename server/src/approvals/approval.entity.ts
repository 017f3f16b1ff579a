import type { ApprovalKind, ApprovalState, Currency } from '@recaudo/shared';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { JsonValue } from '../audit/audit.entity.js';
import { minorUnits } from '../platform/database.js';

/** What a second person is asked for. One waiting row per target and hash. */
@Entity('approvals')
export class ApprovalRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') siteId!: string;
  /** Every site it touches; whoever decides sees them all. */
  @Column('uuid', { array: true }) siteIds!: string[];
  @Column('uuid', { nullable: true }) gatewayAccountId!: string | null;
  @Column('uuid', { nullable: true }) orderId!: string | null;
  @Column('text') kind!: ApprovalKind;
  @Column('text') targetType!: 'transaction' | 'batch' | 'instrument' | 'session';
  @Column('uuid') targetId!: string;
  @Column('text', { nullable: true }) reference!: string | null;
  @Column('bigint', { nullable: true, transformer: minorUnits }) amountMinor!: number | null;
  @Column('text', { nullable: true }) currency!: Currency | null;
  /** Of exactly what is approved. */
  @Column('text') hash!: string;
  @Column('jsonb') data!: Record<string, JsonValue>;
  @Column('text') reason!: string;
  @Column('text') state!: ApprovalState;
  /** Everybody with a hand in it; people, never keys. None of them decides it. */
  @Column('uuid', { array: true }) makers!: string[];
  /** The person, also when a key asked for them. */
  @Column('uuid') requestedBy!: string;
  @Column('text') requestedByName!: string;
  /** The key that asked: it is carried out with the key's rights. */
  @Column('uuid', { nullable: true }) requestedByKey!: string | null;
  @Column('timestamptz') requestedAt!: Date;
  @Column('timestamptz') expiresAt!: Date;
  @Column('uuid', { nullable: true }) decidedBy!: string | null;
  @Column('text', { nullable: true }) decidedByName!: string | null;
  @Column('timestamptz', { nullable: true }) decidedAt!: Date | null;
  /** The words of whoever decided; of a failed one, the code of why. */
  @Column('text', { nullable: true }) note!: string | null;
  @Column('uuid', { nullable: true }) transactionId!: string | null;
  /** In worker time. Waiting: when it expires. Approved: when somebody else may carry it out. */
  @Column('timestamptz', { nullable: true }) nextTryAt!: Date | null;
}
