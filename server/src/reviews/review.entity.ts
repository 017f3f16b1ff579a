import type { Currency, ReviewKind } from '@recaudo/shared';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { minorUnits } from '../platform/database.js';

/** Something that waits for a person. One open row per subject and kind. */
@Entity('reviews')
export class ReviewRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') siteId!: string;
  @Column('text') kind!: ReviewKind;
  /** What it is about, in its own namespace: `order:…`, `transaction:…`, `number:…`. */
  @Column('text') subject!: string;
  @Column('uuid', { nullable: true }) orderId!: string | null;
  @Column('uuid', { nullable: true }) sessionId!: string | null;
  @Column('text', { nullable: true }) reference!: string | null;
  @Column('bigint', { nullable: true, transformer: minorUnits }) amountMinor!: number | null;
  @Column('text', { nullable: true }) currency!: Currency | null;
  @Column('jsonb') data!: object;
  @Column('timestamptz') openedAt!: Date;
  @Column('timestamptz', { nullable: true }) resolvedAt!: Date | null;
  @Column('uuid', { nullable: true }) resolvedBy!: string | null;
  @Column('text', { nullable: true }) resolvedByName!: string | null;
  @Column('text', { nullable: true }) note!: string | null;
  /** Who takes care of it; kept once it is resolved. */
  @Column('uuid', { nullable: true }) ownerId!: string | null;
  @Column('text', { nullable: true }) ownerName!: string | null;
}
