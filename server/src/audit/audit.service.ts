import { Injectable } from '@nestjs/common';
import type { TimelineEntry } from '@recaudo/shared';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from '../platform/clock.js';
import { requestContext } from '../platform/context.js';
import { AuditEntryRow, EventRow, type ActorType, type JsonValue } from './audit.entity.js';

/** Whoever acts: a person or a shop's key with an id, or one of the nameless: payer, gateway, system. */
export interface Actor {
  type: ActorType;
  id: string | null;
  name: string | null;
}

export const SYSTEM: Actor = { type: 'system', id: null, name: null };
export const PAYER: Actor = { type: 'payer', id: null, name: null };
export const GATEWAY: Actor = { type: 'gateway', id: null, name: null };

export interface Deed {
  /** A stable name such as `session.opened`. */
  kind: string;
  actor: Actor;
  siteId: string | null;
  subject: { type: string; id: string };
  /** Puts the deed on that order's timeline. */
  orderId?: string;
  reason?: string;
  data?: Record<string, JsonValue>;
}

/** One statement for both: no deed of ours is without one, so that a second trip to the database would be felt. */
const RECORD = `WITH entry AS (
    INSERT INTO audit_log (id, at, site_id, kind, subject_type, subject_id, data, actor_type, actor_id, actor_name,
      order_id, reason, request_id)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13))
  INSERT INTO events (id, at, site_id, kind, subject_type, subject_id, data) VALUES ($14, $2, $3, $4, $5, $6, $7)`;

@Injectable()
export class AuditService {
  constructor(private readonly clock: Clock) {}

  /** Writes the audit row and its outbox event in the caller's transaction: both or neither. */
  async record(manager: EntityManager, deed: Deed): Promise<void> {
    const at = this.clock.now();
    await manager.query(RECORD, [
      ...[uuidv7(), at, deed.siteId, deed.kind, deed.subject.type, deed.subject.id],
      JSON.stringify(deed.data ?? {}),
      ...[deed.actor.type, deed.actor.id, deed.actor.name, deed.orderId ?? null, deed.reason ?? null],
      requestContext.getStore()?.requestId ?? null,
      uuidv7(),
    ]);
  }

  /** As `record`, of many things done at once: two statements for all of them, so some hundreds at most. */
  async recordAll(manager: EntityManager, deeds: readonly Deed[]): Promise<void> {
    const requestId = requestContext.getStore()?.requestId ?? null;
    const at = this.clock.now();
    const told = ({ kind, siteId, subject, data }: Deed) => ({
      ...{ id: uuidv7(), at, siteId, kind, data: data ?? {} },
      ...{ subjectType: subject.type, subjectId: subject.id },
    });
    const entries = deeds.map((deed) => ({
      ...{ ...told(deed), requestId, orderId: deed.orderId ?? null, reason: deed.reason ?? null },
      ...{ actorType: deed.actor.type, actorId: deed.actor.id, actorName: deed.actor.name },
    }));
    await manager.insert(AuditEntryRow, entries);
    await manager.insert(EventRow, deeds.map(told));
  }

  /** The order's newest entries first; at most 200, enough for a page to tell its story. */
  async timeline(manager: EntityManager, orderId: string): Promise<AuditEntryRow[]> {
    return manager.find(AuditEntryRow, { where: { orderId }, order: { at: 'DESC', id: 'DESC' }, take: 200 });
  }

  /** The entries about one thing, newest first; at most 200. */
  async timelineOf(manager: EntityManager, subject: { type: string; id: string }): Promise<AuditEntryRow[]> {
    return manager.find(AuditEntryRow, {
      where: { subjectType: subject.type, subjectId: subject.id },
      order: { at: 'DESC', id: 'DESC' },
      take: 200,
    });
  }
}

/** As pages tell it. */
export function timelineEntry({
  id,
  at,
  kind,
  actorType,
  actorName,
  reason,
  data,
}: AuditEntryRow): TimelineEntry {
  return {
    id,
    at: at.toISOString(),
    kind,
    actor: { type: actorType, name: actorName },
    data: (reason ? { ...data, note: reason } : data) as TimelineEntry['data'],
  };
}
