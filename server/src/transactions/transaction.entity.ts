import type { Currency, Grade, RefundRoute, TransactionKind, TransactionState } from '@recaudo/shared';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { minorUnits } from '../platform/database.js';

/** What an order owes. Its row lock decides every race for the order's money. */
@Entity('obligations')
export class ObligationRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') siteId!: string;
  @Column('text') currency!: Currency;
  @Column('bigint', { transformer: minorUnits }) dueMinor!: number;
  /** Held by the live session, if there is one: what it may still bring in. */
  @Column('bigint', { transformer: minorUnits }) reservedMinor!: number;
  /** Held by a preauthorization: neither taken nor free to be asked for again. */
  @Column('bigint', { transformer: minorUnits }) heldMinor!: number;
  /** Sum of approved payments and captures; what was given back since is not taken off. */
  @Column('bigint', { transformer: minorUnits }) settledMinor!: number;
  /** Given back of it, by refunds and chargebacks. */
  @Column('bigint', { transformer: minorUnits }) returnedMinor!: number;
  @Column('timestamptz') createdAt!: Date;
}

/** One attempt to move money. Its state is the projection of its outcomes; only `settle` writes it. */
@Entity('transactions')
export class TransactionRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') siteId!: string;
  @Column('uuid') gatewayAccountId!: string;
  @Column('uuid', { nullable: true }) obligationId!: string | null;
  @Column('uuid', { nullable: true }) sessionId!: string | null;
  @Column('uuid', { nullable: true }) orderId!: string | null;
  @Column('uuid', { nullable: true }) payerId!: string | null;
  /** What this refunds, captures, changes or releases. */
  @Column('uuid', { nullable: true }) parentId!: string | null;
  /** The dispersion parent; sums use the children. */
  @Column('uuid', { nullable: true }) groupId!: string | null;
  @Column('text') kind!: TransactionKind;
  @Column('text') state!: TransactionState;
  @Column('text') origin!: 'us' | 'gateway' | 'statement' | 'person';
  /** Null for what the gateway answered itself. */
  @Column('text', { nullable: true }) grade!: Grade | null;
  /** Of a part of a dispersion: who gets it; null is the site itself. */
  @Column('text', { nullable: true }) agreement!: string | null;
  @Column('text', { nullable: true }) agreementType!: 'MERCHANT' | 'AIRLINE' | null;
  @Column('text', { nullable: true }) reason!: string | null;
  @Column('text', { nullable: true }) message!: string | null;
  @Column('text') gatewayReference!: string;
  @Column('text', { nullable: true }) internalReference!: string | null;
  @Column('bigint', { transformer: minorUnits }) askedMinor!: number;
  @Column('text') askedCurrency!: Currency;
  @Column('bigint', { nullable: true, transformer: minorUnits }) fromMinor!: number | null;
  @Column('text', { nullable: true }) fromCurrency!: Currency | null;
  @Column('bigint', { nullable: true, transformer: minorUnits }) toMinor!: number | null;
  @Column('text', { nullable: true }) toCurrency!: Currency | null;
  @Column('text', { nullable: true }) factor!: string | null;
  @Column('text', { nullable: true }) method!: string | null;
  @Column('text', { nullable: true }) methodName!: string | null;
  @Column('text', { nullable: true }) franchise!: string | null;
  @Column('text', { nullable: true }) issuer!: string | null;
  @Column('text', { nullable: true }) lastFour!: string | null;
  @Column('text', { nullable: true }) authorizationCode!: string | null;
  @Column('text', { nullable: true }) receipt!: string | null;
  @Column('integer', { nullable: true }) installments!: number | null;
  @Column('bigint', { nullable: true, transformer: minorUnits }) discountMinor!: number | null;
  @Column('bigint', { nullable: true, transformer: minorUnits }) interestMinor!: number | null;
  @Column('boolean') refunded!: boolean;
  /** When the gateway says it happened. */
  @Column('timestamptz') happenedAt!: Date;
  /** When the money reached the merchant; null until a statement says. */
  @Column('timestamptz', { nullable: true }) settledAt!: Date | null;
  @Column('text', { nullable: true }) settledSource!: string | null;
  @Column('bigint', { nullable: true, transformer: minorUnits }) feeMinor!: number | null;
  @Column('bigint', { nullable: true, transformer: minorUnits }) withholdingMinor!: number | null;
  /** Of an operation that was sent: after this moment its answer is lost. */
  @Column('timestamptz', { nullable: true }) leaseUntil!: Date | null;
  /** When to find out what became of an operation, in worker time; null once known or left to a person. */
  @Column('timestamptz', { nullable: true }) nextAskAt!: Date | null;
  /** How often an operation was sent. */
  @Column('integer') sends!: number;
  /** Who asked for it, the person behind a key included; null for what payers and gateways did. */
  @Column('uuid', { nullable: true }) askedBy!: string | null;
  @Column('text', { nullable: true }) askedByName!: string | null;
  /** Why they did; `reason` is the gateway's code. */
  @Column('text', { nullable: true }) motive!: string | null;
  @Column('text', { nullable: true }) route!: RefundRoute | null;
  /** Sent without an amount: all there is. */
  @Column('boolean') whole!: boolean;
  /** Of a refund: the payment's `refunded` as the gateway showed it before the send; null where it does not show one. */
  @Column('boolean', { nullable: true }) flagBefore!: boolean | null;
  /** When it is to be sent, while it waits. */
  @Column('timestamptz', { nullable: true }) plannedAt!: Date | null;
  @Column('uuid', { nullable: true }) approvalId!: string | null;
  @Column('timestamptz') createdAt!: Date;
}

/** One answer about a transaction; append-only. */
@Entity('outcomes')
export class OutcomeRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') siteId!: string;
  @Column('uuid') transactionId!: string;
  @Column('text') state!: TransactionState;
  @Column('text', { nullable: true }) reason!: string | null;
  @Column('text') source!: string;
  @Column('jsonb', { nullable: true }) evidence!: object | null;
  @Column('timestamptz') at!: Date;
}
