import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { AuditService } from '../audit/audit.service.js';
import { ProblemError } from '../platform/problem.js';
import { maySee, type Principal } from '../staff/access.js';
import { SessionStore } from './session.store.js';

/** What people write on an order's timeline, for each other. */
@Injectable()
export class NotesService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly store: SessionStore,
    private readonly audit: AuditService,
  ) {}

  /** Errors: not_found, also for another site's order. */
  async add(me: Principal, orderId: string, note: string): Promise<void> {
    const order = await this.store.order(orderId);
    if (!order || !maySee(me.scope, order.siteId)) throw new ProblemError('not_found');
    await this.database.transaction((manager) =>
      this.audit.record(manager, {
        kind: 'note.added',
        actor: me,
        siteId: order.siteId,
        orderId,
        subject: { type: 'order', id: orderId },
        data: { note },
      }),
    );
  }
}
