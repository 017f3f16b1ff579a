import type { BatchKind, BatchRowState, BatchState, Currency } from '@recaudo/shared';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { minorUnits } from '../platform/database.js';

/** Many of the same at once. */
@Entity('batches')
export class BatchRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') kind!: BatchKind;
  @Column('text') state!: BatchState;
  @Column('text') reason!: string;
  @Column('uuid', { array: true }) siteIds!: string[];
  @Column('uuid') createdBy!: string;
  @Column('text') createdByName!: string;
  @Column('text') createdByType!: 'person';
  @Column('timestamptz') createdAt!: Date;
  /** Sending begins then; until then it can be undone. */
  @Column('timestamptz', { nullable: true }) sendAt!: Date | null;
  @Column('timestamptz', { nullable: true }) finishedAt!: Date | null;
  /** Who undid or refused it, while nothing of it was sent. */
  @Column('text', { nullable: true }) endedByName!: string | null;
  @Column('uuid', { nullable: true }) approvalId!: string | null;
}

/** One thing of a batch. `sending`: the intent of its operation is committed; from then on that operation tells. */
@Entity('batch_rows')
export class BatchItemRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') batchId!: string;
  @Column('uuid') siteId!: string;
  @Column('integer') position!: number;
  @Column('uuid') targetId!: string;
  @Column('text') reference!: string;
  @Column('text', { nullable: true }) payerName!: string | null;
  @Column('bigint', { transformer: minorUnits }) amountMinor!: number;
  @Column('text') currency!: Currency;
  /** The person who put it in. */
  @Column('uuid') addedBy!: string;
  @Column('text') state!: Extract<BatchRowState, 'waiting' | 'sending' | 'refused' | 'undone'>;
  @Column('text', { nullable: true }) why!: string | null;
  @Column('uuid', { nullable: true }) transactionId!: string | null;
  @Column('timestamptz', { nullable: true }) doneAt!: Date | null;
  /** In worker time; null once nothing is left to do about it. */
  @Column('timestamptz', { nullable: true }) nextTryAt!: Date | null;
}
