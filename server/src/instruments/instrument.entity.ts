import type { InstrumentState } from '@recaudo/shared';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A means of payment that a gateway stored for a site. Its token is sealed, with a keyed hash to find it by. */
@Entity('instruments')
export class InstrumentRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') siteId!: string;
  @Column('uuid') gatewayAccountId!: string;
  @Column('uuid', { nullable: true }) payerId!: string | null;
  /** The session that stored it. */
  @Column('uuid', { nullable: true }) sessionId!: string | null;
  @Column('text') type!: 'token' | 'account';
  @Column('text') secretSealed!: string;
  @Column('text') secretHash!: string;
  @Column('text', { nullable: true }) subtokenSealed!: string | null;
  @Column('text', { nullable: true }) subtokenHash!: string | null;
  @Column('text', { nullable: true }) brand!: string | null;
  @Column('text', { nullable: true }) brandName!: string | null;
  @Column('text', { nullable: true }) issuer!: string | null;
  @Column('text', { nullable: true }) lastFour!: string | null;
  /** YYYY-MM-DD, the last day it can be used. */
  @Column('date', { nullable: true }) validUntil!: string | null;
  @Column('timestamptz') createdAt!: Date;
  @Column('text') state!: InstrumentState;
  /** Of the last time that somebody suspended it. */
  @Column('timestamptz', { nullable: true }) suspendedAt!: Date | null;
  @Column('text', { nullable: true }) suspendedByName!: string | null;
  @Column('text', { nullable: true }) suspendReason!: string | null;
  /** Its payer stored this one in the place of that one. */
  @Column('uuid', { nullable: true }) replacesId!: string | null;
  @Column('uuid', { nullable: true }) replacedById!: string | null;
  /** How often the gateway was asked to end it. */
  @Column('int') revokeSends!: number;
  @Column('timestamptz', { nullable: true }) revokeAskedAt!: Date | null;
  @Column('text', { nullable: true }) revokeAskedByName!: string | null;
  @Column('text', { nullable: true }) revokeReason!: string | null;
  /** When the gateway is asked again; in worker time. */
  @Column('timestamptz', { nullable: true }) nextTryAt!: Date | null;
}
