import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Clock } from '../platform/clock.js';
import { ProblemError } from '../platform/problem.js';
import { maySee, type Principal } from '../staff/access.js';
import { InstrumentRow } from './instrument.entity.js';
import { InstrumentsService } from './instruments.service.js';

/**
 * Keeps a stored means of payment from being charged for a while. The gateway knows nothing of it: what holds is that every
 * charge asks under the row's lock whether it may be charged. What was sent before stays sent.
 */
@Injectable()
export class SuspensionsService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly instruments: InstrumentsService,
    private readonly clock: Clock,
  ) {}

  /** A second click changes nothing: the first one's reason stays. Errors: not_found, instrument_ended. */
  suspend(me: Principal, id: string, reason: string): Promise<void> {
    return this.change(me, id, 'suspended', {
      reason,
      change: { suspendedAt: this.clock.now(), suspendedByName: me.name, suspendReason: reason },
    });
  }

  /** Errors: not_found, instrument_ended. */
  resume(me: Principal, id: string): Promise<void> {
    return this.change(me, id, 'active', { change: {} });
  }

  private change(
    me: Principal,
    id: string,
    state: 'active' | 'suspended',
    { reason, change }: { reason?: string; change: Partial<InstrumentRow> },
  ): Promise<void> {
    return this.database.transaction(async (manager) => {
      const row = await this.instruments.lock(manager, id);
      if (!maySee(me.scope, row.siteId)) throw new ProblemError('not_found');
      if (row.state === state) return;
      if (row.state === 'revoking' || row.state === 'revoked') throw new ProblemError('instrument_ended');
      await manager.update(InstrumentRow, id, { state, ...change });
      const kind = state === 'suspended' ? 'instrument.suspended' : 'instrument.resumed';
      await this.instruments.record(manager, me, row, kind, reason === undefined ? {} : { reason });
    });
  }
}
