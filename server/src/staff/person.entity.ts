import type { Language, Role } from '@recaudo/shared';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('people')
export class PersonRow {
  @PrimaryColumn('uuid') id!: string;
  /** Lower case; unique. */
  @Column('text') email!: string;
  @Column('text') name!: string;
  @Column('text') role!: Role;
  @Column('boolean') allSites!: boolean;
  @Column('uuid', { array: true }) siteIds!: string[];
  @Column('text') state!: 'invited' | 'active' | 'deactivated';
  @Column('text') language!: Language;
  @Column('text') zone!: string;
  @Column('text', { nullable: true }) passwordHash!: string | null;
  @Column('text', { nullable: true }) linkFingerprint!: string | null;
  @Column('timestamptz', { nullable: true }) linkExpiresAt!: Date | null;
  @Column('timestamptz', { nullable: true }) lastSeenAt!: Date | null;
  @Column('timestamptz') createdAt!: Date;
}

/** A person's session with us is a `login`; the cookie holds the secret, the row only its fingerprint. */
@Entity('logins')
export class LoginRow {
  @PrimaryColumn('text') fingerprint!: string;
  @Column('uuid') personId!: string;
  @Column('text', { nullable: true }) ip!: string | null;
  @Column('text', { nullable: true }) userAgent!: string | null;
  @Column('timestamptz') createdAt!: Date;
  @Column('timestamptz') lastSeenAt!: Date;
  @Column('timestamptz') expiresAt!: Date;
  /** Nobody touched it for a while, and the password was not proved since. */
  @Column('boolean') idle!: boolean;
}

@Entity('api_keys')
export class ApiKeyRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') name!: string;
  @Column('text') prefix!: string;
  @Column('text') fingerprint!: string;
  @Column('uuid', { array: true }) siteIds!: string[];
  @Column('text') createdBy!: string;
  /** The person the key acts as. */
  @Column('uuid', { nullable: true }) createdById!: string | null;
  @Column('timestamptz') createdAt!: Date;
  @Column('timestamptz', { nullable: true }) lastUsedAt!: Date | null;
  @Column('timestamptz', { nullable: true }) revokedAt!: Date | null;
}

@Entity('preferences')
export class PreferencesRow {
  @PrimaryColumn('uuid') personId!: string;
  @Column('jsonb') store!: object;
  @Column('timestamptz') updatedAt!: Date;
}
