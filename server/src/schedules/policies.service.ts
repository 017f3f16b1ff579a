import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import {
  LAB_DAYS,
  type CreatePolicy,
  type Currency,
  type LabResult,
  type PolicyRules,
  type PolicyView,
  type UpdatePolicy,
} from '@recaudo/shared';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { JsonValue } from '../audit/audit.entity.js';
import { AuditService } from '../audit/audit.service.js';
import { Clock } from '../platform/clock.js';
import { isUniqueViolation } from '../platform/database.js';
import { fieldProblem, ProblemError } from '../platform/problem.js';
import { SiteRow } from '../sites/site.entity.js';
import { maySee, type Principal, type SiteScope } from '../staff/access.js';
import { labResult, type Story } from './lab.rules.js';
import { PolicyRow, type FailedTry } from './schedule.entity.js';

const MOST_POLICIES = 200;
const MOST_STORIES = 20_000;
const DAY_MS = 86_400_000;

const VIEW = `SELECT p.id, p.site_id AS "siteId", p.name, p.rules, p.created_at AS "createdAt", w.policy_id = p.id AS "isDefault",
  (SELECT count(*)::int FROM schedules s WHERE s.policy_id = p.id) AS schedules
  FROM policies p JOIN sites w ON w.id = p.site_id`;

/** Periods refused at least once, with the day on which a later try took the money. */
const STORIES = `SELECT p.currency, p.amount_minor AS amount, p.failed,
  CASE WHEN p.paid_by = 'collect' THEN (p.paid_at AT TIME ZONE s.zone)::date::text END AS collected_on,
  s.ended_why = 'unpaid' AND s.ended_at IS NOT NULL AND p.state = 'unpaid' AS ended
  FROM periods p JOIN schedules s ON s.id = p.schedule_id
  WHERE p.site_id = $1 AND p.due_at >= $2 AND p.failed <> '[]' ORDER BY p.due_at DESC LIMIT ${MOST_STORIES}`;

type Row = Omit<PolicyView, 'createdAt'> & { createdAt: Date };

/** What a site wants to follow a charge that is refused; and what another rule would have come to. */
@Injectable()
export class PoliciesService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Of every site of the scope, by name; 200 at most. */
  async list(scope: SiteScope): Promise<PolicyView[]> {
    const rows = await this.database.query<Row[]>(
      `${VIEW} WHERE $1::uuid[] IS NULL OR p.site_id = ANY($1) ORDER BY p.name, p.id LIMIT ${MOST_POLICIES}`,
      [scope],
    );
    return rows.map(view);
  }

  /** Errors: validation (siteId not_found, name taken). */
  async create(me: Principal, { siteId, name, rules }: CreatePolicy): Promise<PolicyView> {
    if (!maySee(me.scope, siteId)) throw fieldProblem('siteId', 'not_found');
    const row: PolicyRow = { id: uuidv7(), siteId, name, rules, createdAt: this.clock.now() };
    await this.named(async (manager) => {
      await manager.insert(PolicyRow, row);
      await this.record(manager, me, 'policy.created', row, { rules });
    });
    return this.view(row.id);
  }

  /** What is planned already keeps its day; the next refusal follows the new rule. Errors: not_found, validation. */
  async update(me: Principal, id: string, { name, rules }: UpdatePolicy): Promise<PolicyView> {
    await this.named(async (manager) => {
      const row = await manager.findOne(PolicyRow, { where: { id }, lock: { mode: 'pessimistic_write' } });
      if (!row || !maySee(me.scope, row.siteId)) throw new ProblemError('not_found');
      await manager.update(PolicyRow, id, { name, rules });
      await this.record(manager, me, 'policy.updated', { ...row, name }, { rules, before: row.rules });
    });
    return this.view(id);
  }

  /** What holds for every schedule that names no policy; null: the house's rule. Errors: not_found. */
  async makeDefault(me: Principal, siteId: string, policyId: string | null): Promise<void> {
    if (!maySee(me.scope, siteId)) throw new ProblemError('not_found');
    await this.database.transaction(async (manager) => {
      const row = policyId === null ? null : await manager.findOneBy(PolicyRow, { id: policyId, siteId });
      if (policyId !== null && !row) throw new ProblemError('not_found');
      await manager.update(SiteRow, siteId, { policyId });
      const about = { id: policyId ?? siteId, siteId, name: row?.name ?? '' };
      await this.record(manager, me, 'policy.made_default', about, { policyId });
    });
  }

  /** What the rules would have made of the refusals of the last 90 days. An estimate, and told as one. */
  async lab(me: Principal, siteId: string, rules: PolicyRules): Promise<LabResult> {
    if (!maySee(me.scope, siteId)) throw fieldProblem('siteId', 'not_found');
    const since = new Date(this.clock.now().getTime() - LAB_DAYS * DAY_MS);
    const rows = await this.database.query<
      {
        currency: Currency;
        amount: string;
        failed: FailedTry[];
        collected_on: string | null;
        ended: boolean | null;
      }[]
    >(STORIES, [siteId, since]);
    const stories = rows.map(({ currency, amount, failed, collected_on: collectedOn, ended }): Story => ({
      ...{ currency, amountMinor: Number(amount), failed, collectedOn, ended: ended === true },
    }));
    return labResult(rules, stories);
  }

  private async view(id: string): Promise<PolicyView> {
    const [row] = await this.database.query<Row[]>(`${VIEW} WHERE p.id = $1`, [id]);
    if (!row) throw new ProblemError('not_found');
    return view(row);
  }

  private async named(act: (manager: EntityManager) => Promise<void>): Promise<void> {
    try {
      await this.database.transaction(act);
    } catch (error) {
      if (isUniqueViolation(error, 'policies_name_key')) throw fieldProblem('name', 'name_taken');
      throw error;
    }
  }

  private async record(
    manager: EntityManager,
    actor: Principal,
    kind: string,
    { id, siteId, name }: Pick<PolicyRow, 'id' | 'siteId' | 'name'>,
    data: Record<string, JsonValue>,
  ): Promise<void> {
    await this.audit.record(manager, {
      ...{ kind, actor, siteId, subject: { type: 'policy', id } },
      data: { name, ...data },
    });
  }
}

const view = ({ createdAt, ...row }: Row): PolicyView => ({
  ...row,
  isDefault: row.isDefault === true,
  createdAt: createdAt.toISOString(),
});
