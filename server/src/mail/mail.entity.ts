import type { Language, MailReason, MailState } from '@recaudo/shared';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A letter to be sent by e-mail; written in the commit of what it tells of. Its words are made of `data` each time. */
@Entity('mails')
export class MailRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { nullable: true }) siteId!: string | null;
  @Column('uuid', { nullable: true }) orderId!: string | null;
  /** As it was written; an older letter may name one that is gone. */
  @Column('text') template!: string;
  /** What it tells of; told once. */
  @Column('text') dedupe!: string;
  @Column('text') recipient!: string;
  @Column('text') language!: Language;
  @Column('jsonb') data!: object;
  @Column('text') state!: MailState;
  @Column('timestamptz') createdAt!: Date;
  /** When it was asked for last, by the worker's clock. */
  @Column('timestamptz') queuedAt!: Date;
  /** Due then, by the worker's clock; a claim pushes it forward. Null once nothing is tried any more. */
  @Column('timestamptz', { nullable: true }) nextTryAt!: Date | null;
  /** Counted before each sending, since it was asked for last. */
  @Column('integer') sends!: number;
  @Column('timestamptz', { nullable: true }) sentAt!: Date | null;
  /** Why it was not accepted the last time. */
  @Column('text', { nullable: true }) reason!: MailReason | null;
  /** The mail server's own words. */
  @Column('text', { nullable: true }) answer!: string | null;
}
