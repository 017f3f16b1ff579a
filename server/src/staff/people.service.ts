import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import {
  rolesWith,
  type CreatePerson,
  type InvitedPerson,
  type Permission,
  type PersonView,
  type Preferences,
  type UpdatePerson,
} from '@recaudo/shared';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { AuditService, type Actor } from '../audit/audit.service.js';
import type { JsonValue } from '../audit/audit.entity.js';
import { Clock } from '../platform/clock.js';
import { SETTINGS, type Settings } from '../platform/config.js';
import { isUniqueViolation } from '../platform/database.js';
import { ProblemError, fieldProblem } from '../platform/problem.js';
import { fingerprint, newSecret } from '../platform/sealing.js';
import { requireSites } from './site-list.rules.js';
import { LoginRow, PersonRow, PreferencesRow } from './person.entity.js';

/** A one-time link to set a password lives three days. */
const LINK_LIFE_MS = 72 * 3_600_000;
const MAX_PREFERENCES_BYTES = 64 * 1024;

@Injectable()
export class PeopleService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly audit: AuditService,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  async list(): Promise<PersonView[]> {
    const rows = await this.database.manager.find(PersonRow, { order: { name: 'ASC' }, take: 500 });
    return rows.map(personView);
  }

  async get(id: string): Promise<PersonRow> {
    const row = await this.database.manager.findOneBy(PersonRow, { id });
    if (!row) throw new ProblemError('not_found');
    return row;
  }

  findByEmail(email: string): Promise<PersonRow | null> {
    return this.database.manager.findOneBy(PersonRow, { email });
  }

  async count(): Promise<number> {
    return this.database.manager.count(PersonRow);
  }

  /** Active people who may do that at the site; 50 at most. */
  async whoMay(manager: EntityManager, permission: Permission, siteId: string): Promise<PersonRow[]> {
    return manager
      .createQueryBuilder(PersonRow, 'p')
      .where('p.state = :state AND p.role IN (:...roles)', { state: 'active', roles: rolesWith(permission) })
      .andWhere('(p.allSites OR :siteId = ANY(p.siteIds))', { siteId })
      .orderBy('p.id')
      .take(50)
      .getMany();
  }

  /** Errors: email_taken. */
  async create(actor: Actor, input: CreatePerson): Promise<InvitedPerson> {
    const link = this.newLink();
    const row: PersonRow = {
      id: uuidv7(),
      email: input.email,
      name: input.name,
      role: input.role,
      allSites: input.siteIds === null,
      siteIds: input.siteIds ?? [],
      state: 'invited',
      language: input.language,
      zone: input.zone,
      passwordHash: null,
      lastSeenAt: null,
      createdAt: this.clock.worker(),
      ...link.columns,
    };
    try {
      await this.database.transaction(async (manager) => {
        await requireSites(manager, row.siteIds);
        await manager.insert(PersonRow, row);
        await this.record(manager, 'person.created', actor, row.id, { email: row.email, role: row.role });
      });
    } catch (error) {
      if (isUniqueViolation(error, 'people_email_key'))
        throw new ProblemError('email_taken', { errors: { email: ['email_taken'] } });
      throw error;
    }
    return this.invitation(row, link.secret);
  }

  /** A new one-time link; the one before it dies. */
  async invite(actor: Actor, id: string): Promise<InvitedPerson> {
    const link = this.newLink();
    const row = await this.change(id, async (manager, person) => {
      if (person.state === 'deactivated')
        throw new ProblemError('conflict', { detail: 'the person is deactivated' });
      await manager.update(PersonRow, id, link.columns);
      await this.record(manager, 'person.invited', actor, id, { name: person.name });
    });
    return this.invitation(row, link.secret);
  }

  /** Deactivating ends the person's open logins at once; another role or sites count from the next request on. Nobody does either to themselves. */
  async update(actor: Actor, id: string, input: UpdatePerson): Promise<PersonView> {
    const { siteIds, state, ...plain } = input;
    if (actor.id === id && (state === 'deactivated' || input.role !== undefined))
      throw fieldProblem('role', 'not_yourself');
    const row = await this.change(id, async (manager, person) => {
      await requireSites(manager, siteIds ?? []);
      const back = person.passwordHash === null ? 'invited' : 'active';
      const changes: Partial<PersonRow> = {
        ...plain,
        ...(siteIds === undefined ? {} : { allSites: siteIds === null, siteIds: siteIds ?? [] }),
        ...(state === undefined ? {} : { state: state === 'deactivated' ? state : back }),
      };
      if (Object.keys(changes).length > 0) await manager.update(PersonRow, id, changes);
      if (state === 'deactivated') await manager.delete(LoginRow, { personId: id });
      await this.record(manager, 'person.updated', actor, id, { name: person.name, changes: input });
    });
    return personView(row);
  }

  async preferences(personId: string): Promise<Preferences> {
    const row = await this.database.manager.findOneBy(PreferencesRow, { personId });
    return (row?.store ?? {}) as Preferences;
  }

  async savePreferences(personId: string, store: Preferences): Promise<void> {
    if (Buffer.byteLength(JSON.stringify(store)) > MAX_PREFERENCES_BYTES)
      throw new ProblemError('body_too_large');
    await this.database.manager.upsert(PreferencesRow, { personId, store, updatedAt: this.clock.worker() }, [
      'personId',
    ]);
  }

  private async change(
    id: string,
    act: (manager: EntityManager, person: PersonRow) => Promise<void>,
  ): Promise<PersonRow> {
    return this.database.transaction(async (manager) => {
      const person = await manager.findOne(PersonRow, { where: { id }, lock: { mode: 'pessimistic_write' } });
      if (!person) throw new ProblemError('not_found');
      await act(manager, person);
      return manager.findOneByOrFail(PersonRow, { id });
    });
  }

  private async record(
    manager: EntityManager,
    kind: string,
    actor: Actor,
    id: string,
    data: Record<string, JsonValue>,
  ): Promise<void> {
    await this.audit.record(manager, { kind, actor, siteId: null, subject: { type: 'person', id }, data });
  }

  private newLink() {
    const secret = newSecret();
    const linkExpiresAt = new Date(this.clock.worker().getTime() + LINK_LIFE_MS);
    return { secret, columns: { linkFingerprint: fingerprint(secret), linkExpiresAt } };
  }

  private invitation(row: PersonRow, secret: string): InvitedPerson {
    return {
      person: personView(row),
      passwordLink: `${this.settings.publicUrl}/set-password?token=${secret}`,
      expiresAt: (row.linkExpiresAt ?? this.clock.worker()).toISOString(),
    };
  }
}

export function personView(row: PersonRow): PersonView {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    role: row.role,
    siteIds: row.allSites ? null : row.siteIds,
    state: row.state,
    language: row.language,
    zone: row.zone,
    lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}
