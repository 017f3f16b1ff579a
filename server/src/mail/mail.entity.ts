import type { Language } from '@recaudo/shared';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A letter to be sent by e-mail; written in the commit of what it tells of. */
@Entity('mails')
export class MailRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { nullable: true }) siteId!: string | null;
  @Column('uuid', { nullable: true }) orderId!: string | null;
  @Column('text') template!: string;
  /** What it tells of; told once. */
  @Column('text') dedupe!: string;
  @Column('text') recipient!: string;
  @Column('text') language!: Language;
  @Column('jsonb') data!: object;
  @Column('text') state!: 'queued';
  @Column('timestamptz') createdAt!: Date;
}
