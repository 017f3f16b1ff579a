import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { PayerInput } from '@recaudo/shared';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from '../platform/clock.js';
import { one } from '../platform/database.js';
import { PayerRow } from './payer.entity.js';

@Injectable()
export class PayersService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly clock: Clock,
  ) {}

  async find(id: string, manager: EntityManager = this.database.manager): Promise<PayerRow | null> {
    return manager.findOneBy(PayerRow, { id });
  }

  /**
   * The site's payer with this document and e-mail, made or brought up to date; null when nothing says who it is.
   * A name alone makes a payer of its own: two people may share one.
   */
  async remember(
    manager: EntityManager,
    siteId: string,
    input: PayerInput | null | undefined,
  ): Promise<string | null> {
    const values = input ? Object.values(input).filter(Boolean) : [];
    if (!input || values.length === 0) return null;
    const id = uuidv7();
    const row = await one<{ id: string }>(
      manager,
      `INSERT INTO payers (id, site_id, name, surname, email, document_type, document, mobile, identity, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
       ON CONFLICT ON CONSTRAINT payers_identity_key DO UPDATE SET
         name = COALESCE(EXCLUDED.name, payers.name),
         surname = COALESCE(EXCLUDED.surname, payers.surname),
         mobile = COALESCE(EXCLUDED.mobile, payers.mobile)
       RETURNING id`,
      [
        id,
        siteId,
        cut(input.name, 60),
        cut(input.surname, 60),
        cut(input.email?.toLowerCase(), 80),
        cut(input.documentType, 6),
        cut(input.document, 25),
        cut(input.mobile, 30),
        identity(input) ?? `row:${id}`,
        this.clock.now(),
      ],
    );
    return row?.id ?? null;
  }

  /** As a gateway is told of them; null where nobody is known. */
  async inputOf(id: string | null): Promise<PayerInput | null> {
    const row = id === null ? null : await this.find(id);
    if (!row) return null;
    const { name, surname, email, documentType, document, mobile } = row;
    const known = { name, surname, email, documentType, document, mobile };
    return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== null));
  }
}

function identity(input: PayerInput): string | null {
  if (!input.document && !input.email) return null;
  return [input.documentType, input.document, input.email?.toLowerCase()].map((part) => part ?? '').join('|');
}

/** What the payer typed at the gateway is not ours to refuse, only to bound. */
function cut(text: string | undefined, max: number): string | null {
  return text ? text.slice(0, max) : null;
}
