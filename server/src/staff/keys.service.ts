import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { KEY_PERMISSIONS, type CreateKey, type CreatedKey, type KeyView } from '@recaudo/shared';
import { DataSource, IsNull } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { AuditService } from '../audit/audit.service.js';
import { Clock } from '../platform/clock.js';
import { ProblemError } from '../platform/problem.js';
import { fingerprint, newSecret } from '../platform/sealing.js';
import type { Principal } from './access.js';
import { requireSites } from './site-list.rules.js';
import { ApiKeyRow } from './person.entity.js';

const SEEN_EVERY_MS = 60_000;

/** Shops' API keys: `rk_` and 43 characters; only the fingerprint is kept. */
@Injectable()
export class KeysService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  async authenticate(secret: string): Promise<Principal> {
    const now = this.clock.worker();
    const key = await this.database.manager.findOneBy(ApiKeyRow, {
      fingerprint: fingerprint(secret),
      revokedAt: IsNull(),
    });
    if (!key) throw new ProblemError('not_signed_in');
    if (!key.lastUsedAt || now.getTime() - key.lastUsedAt.getTime() > SEEN_EVERY_MS) {
      await this.database.manager.update(ApiKeyRow, key.id, { lastUsedAt: now });
    }
    return principal(key);
  }

  /** What the key may do now; null once it is revoked. */
  async principalOf(keyId: string): Promise<Principal | null> {
    const key = await this.database.manager.findOneBy(ApiKeyRow, { id: keyId, revokedAt: IsNull() });
    return key && principal(key);
  }

  async list(): Promise<KeyView[]> {
    const rows = await this.database.manager.find(ApiKeyRow, { order: { createdAt: 'DESC' }, take: 500 });
    return rows.map(view);
  }

  async create(me: Principal, input: CreateKey, secret = `rk_${newSecret()}`): Promise<CreatedKey> {
    const row: ApiKeyRow = {
      id: uuidv7(),
      name: input.name,
      prefix: secret.slice(0, 9),
      fingerprint: fingerprint(secret),
      siteIds: input.siteIds,
      createdBy: me.name,
      createdById: me.makerId,
      createdAt: this.clock.worker(),
      lastUsedAt: null,
      revokedAt: null,
    };
    await this.database.transaction(async (manager) => {
      await requireSites(manager, row.siteIds);
      await manager.insert(ApiKeyRow, row);
      await this.audit.record(manager, {
        kind: 'key.created',
        actor: me,
        siteId: null,
        subject: { type: 'key', id: row.id },
        data: { name: row.name, siteIds: row.siteIds },
      });
    });
    return { key: view(row), secret };
  }

  /** Revoking twice is no error: the key is dead either way. */
  async revoke(me: Principal, id: string): Promise<void> {
    await this.database.transaction(async (manager) => {
      const key = await manager.findOne(ApiKeyRow, { where: { id }, lock: { mode: 'pessimistic_write' } });
      if (!key) throw new ProblemError('not_found');
      if (key.revokedAt) return;
      await manager.update(ApiKeyRow, id, { revokedAt: this.clock.worker() });
      await this.audit.record(manager, {
        kind: 'key.revoked',
        actor: me,
        siteId: null,
        subject: { type: 'key', id },
        data: { name: key.name },
      });
    });
  }
}

function principal(key: ApiKeyRow): Principal {
  return {
    type: 'key',
    id: key.id,
    name: key.name,
    makerId: key.createdById,
    permissions: new Set(KEY_PERMISSIONS),
    scope: key.siteIds,
  };
}

function view(row: ApiKeyRow): KeyView {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    siteIds: row.siteIds,
    createdAt: row.createdAt.toISOString(),
    createdBy: row.createdBy,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
  };
}
