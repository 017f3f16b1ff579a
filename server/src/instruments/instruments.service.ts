import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { InstrumentView } from '@recaudo/shared';
import { DataSource, In, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { AuditService, GATEWAY } from '../audit/audit.service.js';
import type { InstrumentSnapshot } from '../gateways/gateway.port.js';
import { Clock } from '../platform/clock.js';
import { ProblemError } from '../platform/problem.js';
import { Sealing } from '../platform/sealing.js';
import { InstrumentRow } from './instrument.entity.js';
import { whyUnusable } from './instrument.rules.js';
import { instrumentView } from './instrument.view.js';

const TOKEN_PURPOSE = 'instrument-token';
const SUBTOKEN_PURPOSE = 'instrument-subtoken';

/** Stored means of payment. A token is sealed as it arrives; no answer of ours ever holds one. */
@Injectable()
export class InstrumentsService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly sealing: Sealing,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Keeps what a session stored; the same token of the same account is kept once. */
  async remember(
    manager: EntityManager,
    owner: {
      siteId: string;
      gatewayAccountId: string;
      payerId: string | null;
      sessionId: string;
      orderId: string;
    },
    instrument: InstrumentSnapshot,
  ): Promise<void> {
    const { gatewayAccountId, siteId, payerId, sessionId, orderId } = owner;
    const hashes = this.sealing.keyedHashes(instrument.secret, TOKEN_PURPOSE);
    if (await manager.existsBy(InstrumentRow, { gatewayAccountId, secretHash: In(hashes) })) return;
    const id = uuidv7();
    const { subtoken, brand, brandName, issuer, lastFour, validUntil, type } = instrument;
    const inserted = await manager
      .createQueryBuilder()
      .insert()
      .into(InstrumentRow)
      .values({
        id,
        siteId,
        gatewayAccountId,
        payerId,
        sessionId,
        type,
        secretSealed: this.sealing.seal(instrument.secret, id),
        secretHash: hashes[0],
        subtokenSealed: subtoken && this.sealing.seal(subtoken, id),
        subtokenHash: subtoken && this.sealing.keyedHashes(subtoken, SUBTOKEN_PURPOSE)[0],
        brand,
        brandName,
        issuer,
        lastFour,
        validUntil,
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
  async openToken(id: string): Promise<string | null> {
    const row = await this.database.manager.findOneBy(InstrumentRow, { id });
    try {
      return row && this.sealing.open(row.secretSealed, row.id);
    } catch {
      return null;
    }
  }

  async ofSession(sessionId: string): Promise<InstrumentView | null> {
    const row = await this.database.manager.findOneBy(InstrumentRow, { sessionId });
    return row && instrumentView(row);
  }
}
