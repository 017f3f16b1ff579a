import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Who did what; append-only. Rows that carry an order are its timeline. */
@Entity('audit_log')
export class AuditEntryRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { nullable: true }) siteId!: string | null;
  @Column('timestamptz') at!: Date;
  @Column('text') kind!: string;
  @Column('text') actorType!: ActorType;
  @Column('uuid', { nullable: true }) actorId!: string | null;
  @Column('text', { nullable: true }) actorName!: string | null;
  @Column('text') subjectType!: string;
  @Column('uuid') subjectId!: string;
  @Column('uuid', { nullable: true }) orderId!: string | null;
  @Column('text', { nullable: true }) reason!: string | null;
  @Column('text', { nullable: true }) requestId!: string | null;
  @Column('jsonb') data!: object;
}

/** The outbox: what webhooks, e-mail and live screens will read. */
@Entity('events')
export class EventRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { nullable: true }) siteId!: string | null;
  @Column('timestamptz') at!: Date;
  @Column('text') kind!: string;
  @Column('text') subjectType!: string;
  @Column('uuid') subjectId!: string;
  @Column('jsonb') data!: object;
}

export type ActorType = 'person' | 'key' | 'payer' | 'gateway' | 'system';
export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };
