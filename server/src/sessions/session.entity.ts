import type { Currency, Queue, SessionKind, SessionState, Terms } from '@recaudo/shared';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { minorUnits } from '../platform/database.js';

/** What is owed once, by one payer to one site, with all its links and sessions. */
@Entity('orders')
export class OrderRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') siteId!: string;
  @Column('uuid') obligationId!: string;
  @Column('uuid', { nullable: true }) payerId!: string | null;
  @Column('text') reference!: string;
  @Column('text') description!: string;
  @Column('text') locale!: string;
  /** The shop's own address, offered to the payer at the end. */
  @Column('text', { nullable: true }) returnUrl!: string | null;
  @Column('timestamptz') linkExpiresAt!: Date;
  /** A person gave up what was left of it. */
  @Column('timestamptz', { nullable: true }) agreedAt!: Date | null;
  @Column('uuid', { nullable: true }) agreedBy!: string | null;
  @Column('text', { nullable: true }) agreedByName!: string | null;
  @Column('text', { nullable: true }) agreedReason!: string | null;
  /** We cancelled it: its link opens nothing any more, until one of us opens it again. */
  @Column('timestamptz', { nullable: true }) closedAt!: Date | null;
  /** What its payer stores at its link takes the place of this means of payment. */
  @Column('uuid', { nullable: true }) replacesInstrumentId!: string | null;
  @Column('timestamptz') createdAt!: Date;
}

/** One hosted checkout at a gateway. */
@Entity('sessions')
export class SessionRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') siteId!: string;
  @Column('uuid') orderId!: string;
  @Column('uuid') gatewayAccountId!: string;
  @Column('uuid', { nullable: true }) payerId!: string | null;
  @Column('text') kind!: SessionKind;
  /** What it asks for beside kind and amount; empty parts are left out, null is nothing. */
  @Column('jsonb', { nullable: true }) terms!: Partial<Terms> | null;
  @Column('text') origin!: 'us' | 'gateway';
  /** A charge of a stored means of payment: nobody pays it by hand. */
  @Column('boolean') collected!: boolean;
  @Column('text') state!: SessionState;
  @Column('text', { nullable: true }) reason!: string | null;
  @Column('text', { nullable: true }) message!: string | null;
  /** The gateway's own number; null until it answered the creation. */
  @Column('text', { nullable: true }) gatewayNumber!: string | null;
  @Column('text', { nullable: true }) processUrl!: string | null;
  @Column('text') gatewayReference!: string;
  @Column('bigint', { transformer: minorUnits }) amountMinor!: number;
  /** Paid through it so far; only grows. */
  @Column('bigint', { transformer: minorUnits }) approvedMinor!: number;
  @Column('text') currency!: Currency;
  @Column('text') locale!: string;
  @Column('integer') attempts!: number;
  @Column('text', { nullable: true }) lastFour!: string | null;
  /** The gateway's last answer, redacted. */
  @Column('jsonb', { nullable: true }) evidence!: object | null;
  @Column('text', { nullable: true }) queue!: Queue | null;
  @Column('timestamptz', { nullable: true }) queueAt!: Date | null;
  /** Somebody asked to cancel it; null again once it is known how that went. */
  @Column('timestamptz', { nullable: true }) cancelAskedAt!: Date | null;
  @Column('integer') cancelSends!: number;
  @Column('timestamptz') expiresAt!: Date;
  /** While `opening`: after this moment the creation is given up. */
  @Column('timestamptz', { nullable: true }) leaseUntil!: Date | null;
  /** When the probe asks next, in worker time; null once there is nothing to ask. */
  @Column('timestamptz', { nullable: true }) nextProbeAt!: Date | null;
  /** When a session that was paid is looked at once more, for what was given back elsewhere. */
  @Column('timestamptz', { nullable: true }) nextSweepAt!: Date | null;
  @Column('integer') probes!: number;
  @Column('timestamptz', { nullable: true }) lastAskedAt!: Date | null;
  /** When a payer first followed our link to it. */
  @Column('timestamptz', { nullable: true }) visitedAt!: Date | null;
  @Column('timestamptz', { nullable: true }) endedAt!: Date | null;
  @Column('timestamptz') createdAt!: Date;
}
