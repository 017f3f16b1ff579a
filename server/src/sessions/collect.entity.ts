import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a session that charges a stored means of payment has beside a session; its id is the session's. */
@Entity('collects')
export class CollectRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') siteId!: string;
  @Column('uuid') gatewayAccountId!: string;
  @Column('uuid') instrumentId!: string;
  /** How often the identical request was sent. */
  @Column('integer') sends!: number;
  @Column('timestamptz') firstSentAt!: Date;
  @Column('timestamptz') sentAt!: Date;
  /** Of one that was refused: the reason of whoever refused it, the bank's where it got that far. */
  @Column('text', { nullable: true }) reason!: string | null;
  /** When to find out what became of it, in worker time; null once known or left to a person. */
  @Column('timestamptz', { nullable: true }) nextLookAt!: Date | null;
  /** Who asked for it, the person behind a key included; null for a schedule. */
  @Column('uuid', { nullable: true }) askedBy!: string | null;
  @Column('text', { nullable: true }) askedByName!: string | null;
  @Column('text', { nullable: true }) motive!: string | null;
  @Column('uuid', { nullable: true }) approvalId!: string | null;
}
