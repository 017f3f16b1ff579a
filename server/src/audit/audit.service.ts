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

@Injectable()
export class AuditService {
  constructor(private readonly clock: Clock) {}

  /** Writes the audit row and its outbox event in the caller's transaction: both or neither. */
  async record(manager: EntityManager, deed: Deed): Promise<void> {
    const at = this.clock.now();
    await manager.insert(AuditEntryRow, {
      id: uuidv7(),
      at,
      siteId: deed.siteId,
      kind: deed.kind,
      actorType: deed.actor.type,
      actorId: deed.actor.id,
      actorName: deed.actor.name,
      subjectType: deed.subject.type,
      subjectId: deed.subject.id,
      orderId: deed.orderId ?? null,
      reason: deed.reason ?? null,
      requestId: requestContext.getStore()?.requestId ?? null,
      data: deed.data ?? {},
    });
    await manager.insert(EventRow, {
      id: uuidv7(),
      at,
      siteId: deed.siteId,
      kind: deed.kind,
      subjectType: deed.subject.type,
      subjectId: deed.subject.id,
      data: deed.data ?? {},
    });
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
