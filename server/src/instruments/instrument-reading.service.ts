import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { InstrumentDetail, InstrumentItem, InstrumentListQuery, Page } from '@recaudo/shared';
import { DataSource } from 'typeorm';
import { AuditService, timelineEntry } from '../audit/audit.service.js';
import { Clock } from '../platform/clock.js';
import { keysetPage, readCursor } from '../platform/keyset.js';
import { ProblemError } from '../platform/problem.js';
import type { Principal } from '../staff/access.js';
import { InstrumentListStore, isByDay, type ListedInstrument } from './instrument-list.store.js';
import { instrumentActions, instrumentForShop } from './instrument.rules.js';
import { instrumentItem } from './instrument.view.js';

/** Stored means of payment as they are read: masked, and to a shop without the house's people and their words. */
@Injectable()
export class InstrumentReadingService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly lists: InstrumentListStore,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  async list(me: Principal, query: InstrumentListQuery): Promise<Page<InstrumentItem>> {
    const place = readCursor(query.cursor);
    const [rows, total] = await Promise.all([
      this.lists.page(me.scope, query, { place, limit: query.limit + 1 }),
      this.lists.count(me.scope, query),
    ]);
    const page = keysetPage(rows, query.limit, place, isByDay(query) ? dayKey : listKey);
    return { ...page, items: page.items.map((row) => this.item(me, row)), total };
  }

  /** Its page. Errors: not_found, also for another site's. */
  async detail(me: Principal, id: string): Promise<InstrumentDetail> {
    const row = await this.lists.one(me.scope, id);
    if (!row) throw new ProblemError('not_found');
    const shop = me.type === 'key';
    const [others, deeds] = await Promise.all([
      this.lists.othersOf(row),
      shop ? [] : this.audit.timelineOf(this.database.manager, { type: 'instrument', id }),
    ]);
    const item = this.item(me, row);
    return {
      ...item,
      others: others.map((other) => this.item(me, other)),
      timeline: deeds.map(timelineEntry),
      availableActions: shop ? [] : instrumentActions(item, me.permissions, this.clock.now()),
    };
  }

  private item(me: Principal, row: ListedInstrument): InstrumentItem {
    const item = instrumentItem(row, this.clock.now());
    return me.type === 'key' ? instrumentForShop(item) : item;
  }
}

function listKey({ created_at: at, id }: ListedInstrument): { at: Date; id: string } {
  return { at, id };
}

function dayKey({ valid_until: day, id }: ListedInstrument): { at: Date; id: string } {
  return { at: new Date(`${String(day)}T00:00:00Z`), id };
}
