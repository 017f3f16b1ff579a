import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Who pays. Everything else points here, so that erasing a person touches only this table. */
@Entity('payers')
export class PayerRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') siteId!: string;
  @Column('text', { nullable: true }) name!: string | null;
  @Column('text', { nullable: true }) surname!: string | null;
  @Column('text', { nullable: true }) email!: string | null;
  @Column('text', { nullable: true }) documentType!: string | null;
  @Column('text', { nullable: true }) document!: string | null;
  @Column('text', { nullable: true }) mobile!: string | null;
  /** What makes two payers the same within a site: document type, document and e-mail. */
  @Column('text') identity!: string;
  @Column('timestamptz') createdAt!: Date;
}
