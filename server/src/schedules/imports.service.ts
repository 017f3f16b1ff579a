import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { IMPORT_COLUMNS, type ImportResult, type ImportSchedules } from '@recaudo/shared';
import { DataSource, In } from 'typeorm';
import { InstrumentsService } from '../instruments/instruments.service.js';
import { Clock } from '../platform/clock.js';
import { isUniqueViolation } from '../platform/database.js';
import { bindKey, claimKey, findKey } from '../platform/idempotency.js';
import { fieldProblem, ProblemError, whyRefused } from '../platform/problem.js';
import { SitesService } from '../sites/sites.service.js';
import { maySee, type Principal } from '../staff/access.js';
import { chargeDay } from './calendar.rules.js';
import { fieldFaults, type Fault, type Known } from './creation.rules.js';
import { readImport, type ReadFile, type RowError } from './import.rules.js';
import { PeriodOrdersService } from './period-orders.service.js';
import { PlanningService, type NewSchedule } from './planning.service.js';
import { ScheduleRow } from './schedule.entity.js';
import { SchedulesService } from './schedules.service.js';

const MOST_ERRORS_TOLD = 200;

/** Schedules from a file: rehearsed first, then made all at once, or not at all. */
@Injectable()
export class ImportsService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly schedules: SchedulesService,
    private readonly planning: PlanningService,
    private readonly periodOrders: PeriodOrdersService,
    private readonly instruments: InstrumentsService,
    private readonly sites: SitesService,
    private readonly clock: Clock,
  ) {}

  /**
   * A file with any error makes nothing. The same key and file are made once; asked again it answers with what it made.
   * Errors: validation by field (site), idempotency_key_reused.
   */
  async run(me: Principal, { siteId, file, rehearse }: ImportSchedules, key: string): Promise<ImportResult> {
    if (!maySee(me.scope, siteId)) throw fieldProblem('siteId', 'not_found');
    const found = readImport(Buffer.from(file, 'base64'), siteId);
    const { rows, read, errors } = found;
    const request = { siteId, file };
    const allMade = { rows, made: rows, errors: [], errorCount: 0, first: firstOf(read) };
    // Before anything is judged: what is made takes its own references.
    const before = rehearse ? null : await findKey(this.database.manager, me.id, key, request);
    if (before !== null) return allMade;
    const judged = await this.judge(me, siteId, found);
    const wrong = [...errors, ...judged.errors].sort(
      (left, right) => left.line - right.line || placeOf(left) - placeOf(right),
    );
    const result: ImportResult = {
      ...{ rows, made: 0, errors: wrong.slice(0, MOST_ERRORS_TOLD), errorCount: wrong.length },
      first: wrong.length > 0 ? null : firstOf(read),
    };
    if (rehearse) return result;
    return (await this.make(me, request, judged.made, key, wrong.length > 0)) ? allMade : result;
  }

  /** Whether they stand there, made now or by the same request before. */
  private async make(
    me: Principal,
    request: Pick<ImportSchedules, 'siteId' | 'file'>,
    made: readonly NewSchedule[],
    key: string,
    wrong: boolean,
  ): Promise<boolean> {
    try {
      return await this.database.transaction(async (manager) => {
        const known = await claimKey(manager, me.id, key, request, this.clock.worker());
        if (known !== null) return true;
        if (wrong) throw new NothingMade();
        await this.planning.begin(manager, me, made);
        await bindKey(manager, me.id, key, made[0]?.schedule.id ?? request.siteId);
        return true;
      });
    } catch (error) {
      if (error instanceof NothingMade) return false;
      // Somebody made one of them since it was judged.
      if (isUniqueViolation(error, 'schedules_reference_key'))
        throw fieldProblem('reference', 'reference_taken');
      throw error;
    }
  }

  /** What only the site, its account, its means of payment and its other schedules can say. */
  private async judge(
    me: Principal,
    siteId: string,
    { read, partly }: ReadFile,
  ): Promise<{ made: NewSchedule[]; errors: RowError[] }> {
    const account = await this.sites.accountOf(siteId);
    const all: Known[] = [...read.map(({ input }) => input), ...partly.map(({ known }) => known)];
    const instruments = await this.instruments.ofSite(
      siteId,
      all.flatMap(({ instrumentId }) => instrumentId ?? []),
    );
    const references = all.flatMap(({ reference }) => reference ?? []);
    const taken = await this.taken(siteId, references);
    const { manager } = this.database;
    const takenAtFirst = await this.periodOrders.takenAtFirst(manager, siteId, references);
    const judgesOf = ({ instrumentId }: Known) => ({
      ...{ account, instrument: instruments.get(instrumentId ?? '') ?? null },
    });
    const takenOf = ({ reference = '' }: Known): Fault[] => {
      if (taken.has(reference)) return [['reference', 'reference_taken']];
      return takenAtFirst.has(reference) ? [['reference', 'period_reference_taken']] : [];
    };
    const made: NewSchedule[] = [];
    const errors: RowError[] = [];
    const tell = (line: number, faults: readonly Fault[]) =>
      errors.push(...faults.map(([field, why]) => ({ line, field, why })));
    for (const { line, input } of read) {
      tell(line, takenOf(input));
      try {
        made.push(await this.schedules.judge(me, input, judgesOf(input)));
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        tell(line, faultsIn(error));
      }
    }
    for (const { line, known } of partly)
      tell(line, [...takenOf(known), ...fieldFaults(known, judgesOf(known), this.clock.now())]);
    return { made, errors };
  }

  private async taken(siteId: string, references: readonly string[]): Promise<Set<string>> {
    const rows = await this.database.manager.find(ScheduleRow, {
      select: { reference: true },
      where: { siteId, reference: In([...references]) },
    });
    return new Set(rows.map(({ reference }) => reference));
  }
}

const COLUMNS: readonly string[] = IMPORT_COLUMNS;
const placeOf = ({ field }: RowError): number => COLUMNS.indexOf(field);

function faultsIn(error: ProblemError): Fault[] {
  const { errors } = error.details;
  if (!errors) return [['row', whyRefused(error)]];
  return Object.entries(errors).flatMap(([field, whys]) => whys.map((why): Fault => [field, why]));
}

/** A file with errors: the key stays free for the mended one. */
class NothingMade extends Error {}

function firstOf(read: ReadFile['read']): ImportResult['first'] {
  const [one] = read;
  if (!one) return null;
  const days = read.map(({ input }) => chargeDay(input, 0) ?? input.startOn).sort();
  return {
    amountMinor: read.reduce((sum, { input }) => sum + input.amountMinor, 0),
    currency: one.input.currency,
    from: days[0] ?? one.input.startOn,
    to: days.at(-1) ?? one.input.startOn,
  };
}
