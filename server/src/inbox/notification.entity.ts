import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A verified message of a gateway: a hint to ask, kept as it came. */
@Entity('notifications')
export class NotificationRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') siteId!: string;
  @Column('uuid') gatewayAccountId!: string;
  @Column('text') kind!: 'session' | 'recurring';
  /** The session's number, or of a charge that the gateway made by itself its internal reference. */
  @Column('text') gatewayNumber!: string;
  @Column('text') reference!: string;
  @Column('text') digest!: string;
  @Column('jsonb') body!: object;
  /** What the message itself says: of a session its end, of a charge what nobody can be asked about. */
  @Column('jsonb', { nullable: true }) claim!: object | null;
  @Column('text') state!: 'received' | 'handled' | 'unmatched' | 'given_up';
  @Column('integer') tries!: number;
  @Column('timestamptz', { nullable: true }) nextAttemptAt!: Date | null;
  /** The instant a practice notification plays at. */
  @Column('timestamptz', { nullable: true }) practiceAt!: Date | null;
  @Column('timestamptz') receivedAt!: Date;
  @Column('timestamptz', { nullable: true }) handledAt!: Date | null;
}
