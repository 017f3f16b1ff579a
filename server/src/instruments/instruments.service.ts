import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { InstrumentView } from '@recaudo/shared';
import { DataSource, In, IsNull, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { JsonValue } from '../audit/audit.entity.js';
import { AuditService, GATEWAY, type Actor } from '../audit/audit.service.js';
import type { InstrumentSnapshot } from '../gateways/gateway.port.js';
import { Clock } from '../platform/clock.js';
import { one } from '../platform/database.js';
import { ProblemError } from '../platform/problem.js';
import { Sealing } from '../platform/sealing.js';
import { InstrumentRow } from './instrument.entity.js';
import { whyUnusable } from './instrument.rules.js';
import { instrumentView } from './instrument.view.js';

const TOKEN_PURPOSE = 'instrument-token';
const SUBTOKEN_PURPOSE = 'instrument-subtoken';

/** Whose what a session stored is, and which one its payer stored it in the place of, if any. */
export interface Owner {
  siteId: string;
  gatewayAccountId: string;
  payerId: string | null;
  sessionId: string;
  orderId: string;
  replacesId: string | null;
}

export interface Replaced {
  oldId: string;
  newId: string;
}

/** In the commit of the replacement; what it throws undoes that as well. */
type ReplacedListener = (manager: EntityManager, replaced: Replaced) => Promise<void>;

/** Stored means of payment. A token is sealed as it arrives; no answer of ours ever holds one. */
@Injectable()
export class InstrumentsService {
  private readonly replacedListeners: ReplacedListener[] = [];

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly sealing: Sealing,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Higher slices hear of a replacement, and move over to the new one what was charged to the old. */
  onReplaced(listener: ReplacedListener): void {
    this.replacedListeners.push(listener);
  }

  /** Keeps what a session stored; the same token of the same account is kept once. */
  async remember(manager: EntityManager, owner: Owner, instrument: InstrumentSnapshot): Promise<void> {
    const { gatewayAccountId } = owner;
    const hashes = this.sealing.keyedHashes(instrument.secret, TOKEN_PURPOSE);
    const secretHash = In(hashes);
    if (!(await manager.existsBy(InstrumentRow, { gatewayAccountId, secretHash })))
      await this.store(manager, owner, instrument, hashes[0] ?? '');
    if (owner.replacesId === null) return;
    // The payer may as well have chosen a card that was stored before.
    const kept = await manager.findOneByOrFail(InstrumentRow, { gatewayAccountId, secretHash });
    await this.replace(manager, owner.replacesId, kept);
  }

  private async store(
    manager: EntityManager,
    { siteId, gatewayAccountId, payerId, sessionId, orderId }: Owner,
    instrument: InstrumentSnapshot,
    secretHash: string,
  ): Promise<void> {
    const id = uuidv7();
    const { subtoken, brand, brandName, issuer, lastFour, validUntil, type } = instrument;
    const inserted = await manager
      .createQueryBuilder()
      .insert()
      .into(InstrumentRow)
      .values({
        ...{ id, siteId, gatewayAccountId, payerId, sessionId, type, secretHash },
        ...{ brand, brandName, issuer, lastFour, validUntil },
        secretSealed: this.sealing.seal(instrument.secret, id),
        subtokenSealed: subtoken && this.sealing.seal(subtoken, id),
        subtokenHash: subtoken && this.sealing.keyedHashes(subtoken, SUBTOKEN_PURPOSE)[0],
        createdAt: this.clock.now(),
        state: 'active',
        revokeSends: 0,
      })
      .orIgnore()
      .returning('id')
      .execute();
    if ((inserted.raw as unknown[]).length === 0) return;
    await this.audit.record(manager, {
      kind: 'instrument.stored',
      actor: GATEWAY,
      siteId,
      orderId,
      subject: { type: 'instrument', id },
      data: { type, brand: brandName ?? brand, lastFour, validUntil },
    });
  }

  /**
   * Once, and never by itself. Only what can be charged and was not replaced takes the place of another: so the chain of
   * replacements has an end. Who listens comes first, because a charge locks its schedule before its means of payment.
   */
  private async replace(manager: EntityManager, oldId: string, next: InstrumentRow): Promise<void> {
    const old = await manager.findOneByOrFail(InstrumentRow, { id: oldId });
    if (old.replacedById !== null || next.id === oldId || next.replacedById !== null) return;
    if (next.state !== 'active') return;
    for (const listener of this.replacedListeners) await listener(manager, { oldId, newId: next.id });
    const untouched = { id: oldId, replacedById: IsNull() };
    const { affected } = await manager.update(InstrumentRow, untouched, { replacedById: next.id });
    // The whole is undone, and the news is taken up again later.
    if (affected === 0) throw new Error(`instrument ${oldId} was replaced meanwhile`);
    if (next.replacesId === null) await manager.update(InstrumentRow, next.id, { replacesId: oldId });
    const { brand, brandName, lastFour } = next;
    await this.record(manager, GATEWAY, old, 'instrument.replaced', {
      data: { byId: next.id, byBrand: brandName ?? brand, byLastFour: lastFour },
    });
  }

  /** A deed about one of them, in the caller's transaction; it also stands with the payment that stored it. */
  async record(
    manager: EntityManager,
    actor: Actor,
    { id, siteId, sessionId, brand, brandName, lastFour }: InstrumentRow,
    kind: string,
    told: { reason?: string; data?: Record<string, JsonValue> } = {},
  ): Promise<void> {
    const stored = await one<{ order_id: string }>(manager, 'SELECT order_id FROM sessions WHERE id = $1', [
      sessionId,
    ]);
    await this.audit.record(manager, {
      ...{ kind, actor, siteId, subject: { type: 'instrument', id } },
      ...(stored ? { orderId: stored.order_id } : {}),
      ...(told.reason ? { reason: told.reason } : {}),
      data: { brand: brandName ?? brand, lastFour, ...told.data },
    });
  }

  /** Inside a transaction with its manager: whoever holds one connection must not wait for a second. */
  async find(id: string, manager: EntityManager = this.database.manager): Promise<InstrumentRow | null> {
    return manager.findOneBy(InstrumentRow, { id });
  }

  /** Those of a site among many ids; 5,000 at most. */
  async ofSite(siteId: string, ids: readonly string[]): Promise<Map<string, InstrumentRow>> {
    const wanted = [...new Set(ids)].slice(0, 5_000);
    const rows = await this.database.manager.findBy(InstrumentRow, { siteId, id: In(wanted) });
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** Why nothing can be charged to it, as a message key; null when it can. */
  whyUnusable(row: InstrumentRow): string | null {
    return whyUnusable(row, this.clock.now());
  }

  /** Keeps it as it is until the caller's transaction ends. Errors: instrument_unusable, naming why. */
  async requireUsable(manager: EntityManager, id: string, gatewayAccountId: string): Promise<InstrumentRow> {
    const row = await manager.findOne(InstrumentRow, { where: { id }, lock: { mode: 'pessimistic_read' } });
    if (!row || row.gatewayAccountId !== gatewayAccountId) throw new ProblemError('not_found');
    const why = whyUnusable(row, this.clock.now());
    if (why !== null) throw new ProblemError('instrument_unusable', { detail: why });
    return row;
  }

  async isUsable(manager: EntityManager, id: string): Promise<boolean> {
    const row = await manager.findOne(InstrumentRow, { where: { id }, lock: { mode: 'pessimistic_read' } });
    return row !== null && whyUnusable(row, this.clock.now()) === null;
  }

  /** For the moment of a charge and no longer; null where no key of the ring opens it. */
  openToken({ id, secretSealed }: InstrumentRow): string | null {
    try {
      return this.sealing.open(secretSealed, id);
    } catch {
      return null;
    }
  }

  /** Keeps others from changing it until the caller's transaction ends. Errors: not_found. */
  async lock(manager: EntityManager, id: string): Promise<InstrumentRow> {
    const row = await manager.findOne(InstrumentRow, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!row) throw new ProblemError('not_found');
    return row;
  }

  async ofSession(sessionId: string): Promise<InstrumentView | null> {
    const row = await this.database.manager.findOneBy(InstrumentRow, { sessionId });
    return row && instrumentView(row);
  }
}
