import type { CollectLimits, Currency, RefundLimits, SiteMode } from '@recaudo/shared';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('sites')
export class SiteRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') code!: string;
  @Column('text') name!: string;
  @Column('text') country!: string;
  @Column('text') currency!: Currency;
  @Column('text') zone!: string;
  @Column('text') cutOff!: string;
  @Column('text') mode!: SiteMode;
  @Column('text', { nullable: true }) returnUrl!: string | null;
  /** Null: every refund needs a second person. */
  @Column('jsonb', { nullable: true }) refundLimits!: RefundLimits | null;
  /** Null: every charge by hand needs a second person. */
  @Column('jsonb', { nullable: true }) collectLimits!: CollectLimits | null;
  /** What follows a charge that fails; null: the house's rule. */
  @Column('uuid', { nullable: true }) policyId!: string | null;
  /** Minutes in which a batch can still be undone. */
  @Column('integer') undoMinutes!: number;
  /** A schedule's period that is more days late than this waits for a person. */
  @Column('integer') lateDays!: number;
  @Column('timestamptz') createdAt!: Date;
}

/** A site's contract with one gateway. Secrets are sealed with the account's id bound in. */
@Entity('gateway_accounts')
export class GatewayAccountRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') siteId!: string;
  @Column('text') gateway!: 'placetopay';
  @Column('text') baseUrl!: string;
  @Column('text') login!: string;
  @Column('text') secretSealed!: string;
  @Column('text', { nullable: true }) previousSecretSealed!: string | null;
  @Column('timestamptz') secretSetAt!: Date;
  @Column('text') hash!: 'sha256' | 'sha1';
  /** Days that a preauthorization holds the money. */
  @Column('integer') holdDays!: number;
  /** Minutes to confirm or cancel a captured payment. */
  @Column('integer') confirmationMinutes!: number;
  /** Most parts of a dispersion. */
  @Column('integer') maxDispersions!: number;
  /** A capture may exceed what is held; a second person approves it. */
  @Column('boolean') overCapture!: boolean;
  /** The provider only raises holds. */
  @Column('boolean') increaseOnly!: boolean;
  /** Charges of stored means of payment that are sent in a second at most, by schedules. */
  @Column('integer') collectsPerSecond!: number;
  /** The brake: since when schedules charge nothing on it, and why, as a message key. */
  @Column('timestamptz', { nullable: true }) collectsStoppedAt!: Date | null;
  @Column('text', { nullable: true }) collectsStoppedWhy!: string | null;
  /** A person let it go on; what was before is not judged again. */
  @Column('timestamptz', { nullable: true }) collectsReleasedAt!: Date | null;
  @Column('timestamptz', { nullable: true }) testedAt!: Date | null;
  @Column('timestamptz', { nullable: true }) flaggedAt!: Date | null;
  @Column('text', { nullable: true }) flag!: string | null;
  /** Another login took its place; sessions opened with this one still ask with it. */
  @Column('timestamptz', { nullable: true }) retiredAt!: Date | null;
  @Column('timestamptz') createdAt!: Date;
}
