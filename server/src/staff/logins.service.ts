import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { permissionsOf, type Role, type SetPassword, type SignIn } from '@recaudo/shared';
import { hash, verify } from '@node-rs/argon2';
import { DataSource, IsNull, LessThan, Not, type EntityManager } from 'typeorm';
import { AuditService, type Actor } from '../audit/audit.service.js';
import { Clock } from '../platform/clock.js';
import { one } from '../platform/database.js';
import { ProblemError, fieldProblem } from '../platform/problem.js';
import { fingerprint, newSecret } from '../platform/sealing.js';
import type { Principal } from './access.js';
import { LoginRow, PersonRow } from './person.entity.js';

export const LOGIN_COOKIE = 'recaudo_login';
/** A working day, then sign in again. */
export const LOGIN_LIFE_MS = 12 * 3_600_000;
const SEEN_EVERY_MS = 60_000;
/** After so long without a deed of the person, money asks for the password again. */
const IDLE_AFTER_MS = 5 * 60_000;
const MAX_FAILED_ATTEMPTS = 5;
const LOCK_MS = 15 * 60_000;

/** argon2id with OWASP's first-choice parameters: 19 MiB, two passes. */
const ARGON = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** Compared when the e-mail is unknown, so that the answer takes as long. Made once per process. */
const decoy = hash(newSecret(), ARGON);

type Known = Pick<PersonRow, 'id' | 'name' | 'role' | 'allSites' | 'siteIds'>;

interface OpenLogin {
  last_seen_at: Date;
  idle: boolean;
  id: string;
  name: string;
  role: Role;
  all_sites: boolean;
  site_ids: string[];
}

/** Whoever holds the cookie. `idle`: nobody touched this login for five minutes, and nobody proved the password since. */
export interface Presence {
  principal: Principal;
  idle: boolean;
}

export interface NewLogin {
  secret: string;
  expiresAt: Date;
}

@Injectable()
export class LoginsService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Errors: wrong_credentials (also for unknown, invited or deactivated people), locked_out. */
  async signIn(input: SignIn, from: { ip: string; userAgent: string | null }): Promise<NewLogin> {
    const typed = fingerprint(`${input.email} from ${from.ip}`);
    const now = this.clock.worker();
    if (await this.isLocked(typed, now)) throw new ProblemError('locked_out');
    const person = await this.database.manager.findOneBy(PersonRow, { email: input.email });
    const right = await verify(person?.passwordHash ?? (await decoy), input.password);
    if (!person?.passwordHash || person.state !== 'active' || !right) {
      await this.countFailure(typed, person, now);
      throw new ProblemError('wrong_credentials');
    }
    const secret = newSecret();
    const expiresAt = new Date(now.getTime() + LOGIN_LIFE_MS);
    await this.database.transaction(async (manager) => {
      await manager.update(PersonRow, person.id, { lastSeenAt: now });
      await manager.query('DELETE FROM sign_in_failures WHERE fingerprint = $1', [typed]);
      await manager.insert(LoginRow, {
        fingerprint: fingerprint(secret),
        personId: person.id,
        ip: from.ip,
        userAgent: from.userAgent?.slice(0, 255) ?? null,
        createdAt: now,
        lastSeenAt: now,
        expiresAt,
        idle: false,
      });
      await this.recordLogin(manager, 'login.opened', person);
    });
    return { secret, expiresAt };
  }

  /**
   * The password once more: whoever sits there now is still the person who signed in. Errors: wrong_credentials,
   * locked_out; failures count together with those of signing in.
   */
  async prove(secret: string, personId: string, password: string, ip: string): Promise<void> {
    const person = await this.database.manager.findOneByOrFail(PersonRow, { id: personId });
    const typed = fingerprint(`${person.email} from ${ip}`);
    const now = this.clock.worker();
    if (await this.isLocked(typed, now)) throw new ProblemError('locked_out');
    if (!person.passwordHash || !(await verify(person.passwordHash, password))) {
      await this.countFailure(typed, person, now);
      throw new ProblemError('wrong_credentials');
    }
    await this.database.transaction(async (manager) => {
      await manager.query('DELETE FROM sign_in_failures WHERE fingerprint = $1', [typed]);
      const proved = { idle: false, lastSeenAt: this.clock.worker() };
      await manager.update(LoginRow, { fingerprint: fingerprint(secret) }, proved);
      await this.recordLogin(manager, 'login.proved', person);
    });
  }

  async signOut(secret: string): Promise<void> {
    await this.database.transaction(async (manager) => {
      const login = await manager.findOneBy(LoginRow, { fingerprint: fingerprint(secret) });
      if (!login) return;
      await manager.delete(LoginRow, { fingerprint: login.fingerprint });
      const person = await manager.findOneByOrFail(PersonRow, { id: login.personId });
      await this.recordLogin(manager, 'login.closed', person);
    });
  }

  /**
   * Whoever holds the cookie, or a not_signed_in problem. `background`: the page asks by itself; that keeps no login
   * awake.
   */
  async authenticate(secret: string, background = false): Promise<Presence> {
    const now = this.clock.worker();
    // Every request passes here: one statement, not two.
    const found = await one<OpenLogin>(
      this.database.manager,
      `SELECT l.last_seen_at, l.idle, p.id, p.name, p.role, p.all_sites, p.site_ids
       FROM logins l JOIN people p ON p.id = l.person_id
       WHERE l.fingerprint = $1 AND l.expires_at > $2 AND p.state = 'active'`,
      [fingerprint(secret), now],
    );
    if (!found) throw new ProblemError('not_signed_in');
    const unseenMs = now.getTime() - found.last_seen_at.getTime();
    // What was seen is written once a minute: a login may count as idle a minute early, and never late.
    const idle = found.idle || unseenMs > IDLE_AFTER_MS;
    if (unseenMs > SEEN_EVERY_MS && !background) {
      // A proof of the password that came in between stands.
      const seenBefore = LessThan(new Date(now.getTime() - SEEN_EVERY_MS));
      const unseen = { fingerprint: fingerprint(secret), lastSeenAt: seenBefore };
      await this.database.manager.update(LoginRow, unseen, { lastSeenAt: now, idle });
      await this.database.manager.update(PersonRow, found.id, { lastSeenAt: now });
    }
    const { id, name, role, all_sites: allSites, site_ids: siteIds } = found;
    return { principal: principal({ id, name, role, allSites, siteIds }), idle };
  }

  /** What the person may do now; null unless active. */
  async principalOf(personId: string): Promise<Principal | null> {
    const person = await this.database.manager.findOneBy(PersonRow, { id: personId, state: 'active' });
    return person && principal(person);
  }

  async expiry(secret: string): Promise<Date> {
    return (await this.database.manager.findOneByOrFail(LoginRow, { fingerprint: fingerprint(secret) }))
      .expiresAt;
  }

  /** Spends a one-time link. Every open login of the person ends: the link may have been asked for a stolen account. */
  async setPassword(input: SetPassword): Promise<void> {
    if (new Set(input.password).size < 5) throw fieldProblem('password', 'too_simple');
    const passwordHash = await hash(input.password, ARGON);
    await this.database.transaction(async (manager) => {
      const now = this.clock.worker();
      const person = await manager.findOne(PersonRow, {
        where: { linkFingerprint: fingerprint(input.token) },
        lock: { mode: 'pessimistic_write' },
      });
      if (!person?.linkExpiresAt || person.linkExpiresAt <= now || person.state === 'deactivated') {
        throw new ProblemError('link_used');
      }
      await manager.update(PersonRow, person.id, {
        passwordHash,
        state: 'active',
        linkFingerprint: null,
        linkExpiresAt: null,
      });
      await manager.delete(LoginRow, { personId: person.id });
      await this.recordLogin(manager, 'person.password_set', person);
    });
  }

  /** Forgets logins and one-time links that are over; returns how many rows went. */
  async tidy(): Promise<number> {
    const now = this.clock.worker();
    const logins = await this.database.manager.delete(LoginRow, { expiresAt: LessThan(now) });
    const links = await this.database.manager.update(
      PersonRow,
      { linkFingerprint: Not(IsNull()), linkExpiresAt: LessThan(now) },
      { linkFingerprint: null, linkExpiresAt: null },
    );
    await this.database.query('DELETE FROM sign_in_failures WHERE until < $1', [now]);
    return (logins.affected ?? 0) + (links.affected ?? 0);
  }

  private async isLocked(typed: string, now: Date): Promise<boolean> {
    const row = await one<{ failures: number }>(
      this.database.manager,
      'SELECT failures FROM sign_in_failures WHERE fingerprint = $1 AND until > $2',
      [typed, now],
    );
    return (row?.failures ?? 0) >= MAX_FAILED_ATTEMPTS;
  }

  /** Counts per e-mail and address, known or not: nobody learns who works here, nor locks out a colleague elsewhere. */
  private async countFailure(typed: string, person: PersonRow | null, now: Date): Promise<void> {
    await this.database.transaction(async (manager) => {
      const row = await one<{ failures: number }>(
        manager,
        `INSERT INTO sign_in_failures (fingerprint, failures, until) VALUES ($1, 1, $2)
         ON CONFLICT (fingerprint) DO UPDATE SET until = EXCLUDED.until,
           failures = CASE WHEN sign_in_failures.until > $3 THEN sign_in_failures.failures + 1 ELSE 1 END
         RETURNING failures`,
        [typed, new Date(now.getTime() + LOCK_MS), now],
      );
      if (person && row?.failures === MAX_FAILED_ATTEMPTS)
        await this.recordLogin(manager, 'login.locked', person);
    });
  }

  private async recordLogin(manager: EntityManager, kind: string, person: PersonRow): Promise<void> {
    const actor: Actor = { type: 'person', id: person.id, name: person.name };
    await this.audit.record(manager, {
      kind,
      actor,
      siteId: null,
      subject: { type: 'person', id: person.id },
    });
  }
}

function principal({ id, name, role, allSites, siteIds }: Known): Principal {
  return {
    type: 'person',
    id,
    name,
    makerId: id,
    permissions: new Set(permissionsOf(role)),
    scope: allSites ? null : siteIds,
  };
}

export async function hashPassword(password: string): Promise<string> {
  return hash(password, ARGON);
}
