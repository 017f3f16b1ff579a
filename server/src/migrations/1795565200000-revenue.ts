import type { MigrationInterface, QueryRunner } from 'typeorm';

const FACTS = ['mrr_changes', 'recoveries', 'collect_results'];

const UP = [
  // Facts, written in the commit of what they tell. Days are of the site's zone as it was then.
  `CREATE TABLE mrr_changes (
    id uuid PRIMARY KEY,
    site_id uuid NOT NULL CONSTRAINT mrr_changes_site_fk REFERENCES sites (id),
    schedule_id uuid NOT NULL CONSTRAINT mrr_changes_schedule_fk REFERENCES schedules (id),
    seq integer NOT NULL,
    at timestamptz NOT NULL,
    day date NOT NULL,
    cohort date NOT NULL,
    currency text NOT NULL,
    kind text NOT NULL,
    why text NOT NULL,
    before_minor bigint NOT NULL,
    mrr_minor bigint NOT NULL,
    period_id uuid CONSTRAINT mrr_changes_period_fk REFERENCES periods (id),
    CONSTRAINT mrr_changes_seq_key UNIQUE (schedule_id, seq)
  )`,
  'CREATE INDEX mrr_changes_day_idx ON mrr_changes (site_id, day)',
  `CREATE TABLE recoveries (
    period_id uuid PRIMARY KEY CONSTRAINT recoveries_period_fk REFERENCES periods (id),
    site_id uuid NOT NULL CONSTRAINT recoveries_site_fk REFERENCES sites (id),
    schedule_id uuid NOT NULL CONSTRAINT recoveries_schedule_fk REFERENCES schedules (id),
    at timestamptz NOT NULL,
    day date NOT NULL,
    currency text NOT NULL,
    amount_minor bigint NOT NULL,
    paid_by text NOT NULL,
    tries integer NOT NULL,
    days integer NOT NULL
  )`,
  'CREATE INDEX recoveries_day_idx ON recoveries (site_id, day)',
  `CREATE TABLE collect_results (
    id uuid PRIMARY KEY CONSTRAINT collect_results_collect_fk REFERENCES collects (id),
    site_id uuid NOT NULL CONSTRAINT collect_results_site_fk REFERENCES sites (id),
    at timestamptz NOT NULL,
    day date NOT NULL,
    currency text NOT NULL,
    amount_minor bigint NOT NULL,
    issuer text NOT NULL,
    brand text NOT NULL,
    outcome text NOT NULL,
    reason text
  )`,
  'CREATE INDEX collect_results_day_idx ON collect_results (site_id, day)',
  // Every fact marks its month, in its own commit and without waiting for anybody: a mark is a row of its own.
  `CREATE TABLE revenue_marks (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    site_id uuid NOT NULL,
    month date NOT NULL
  )`,
  'CREATE INDEX revenue_marks_month_idx ON revenue_marks (site_id, month)',
  `CREATE FUNCTION mark_revenue() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO revenue_marks (site_id, month) VALUES (NEW.site_id, date_trunc('month', NEW.day)::date);
    IF TG_OP = 'UPDATE' AND date_trunc('month', OLD.day) <> date_trunc('month', NEW.day) THEN
      INSERT INTO revenue_marks (site_id, month) VALUES (OLD.site_id, date_trunc('month', OLD.day)::date);
    END IF;
    RETURN NULL;
  END $$`,
  ...FACTS.map(
    (table) => `CREATE TRIGGER ${table}_mark AFTER INSERT OR UPDATE ON ${table}
    FOR EACH ROW EXECUTE FUNCTION mark_revenue()`,
  ),
  // What the facts come to by month. Rebuilt month by month from the facts alone.
  `CREATE TABLE revenue_months (
    site_id uuid NOT NULL CONSTRAINT revenue_months_site_fk REFERENCES sites (id),
    month date NOT NULL,
    refreshed_at timestamptz NOT NULL,
    CONSTRAINT revenue_months_pkey PRIMARY KEY (site_id, month)
  )`,
  `CREATE TABLE revenue_movements (
    site_id uuid NOT NULL,
    month date NOT NULL,
    currency text NOT NULL,
    kind text NOT NULL,
    why text NOT NULL,
    count integer NOT NULL,
    minor bigint NOT NULL,
    CONSTRAINT revenue_movements_pkey PRIMARY KEY (site_id, month, currency, kind, why)
  )`,
  `CREATE TABLE revenue_cohorts (
    site_id uuid NOT NULL,
    month date NOT NULL,
    currency text NOT NULL,
    cohort date NOT NULL,
    count integer NOT NULL,
    minor bigint NOT NULL,
    CONSTRAINT revenue_cohorts_pkey PRIMARY KEY (site_id, month, currency, cohort)
  )`,
  `CREATE TABLE revenue_recoveries (
    site_id uuid NOT NULL,
    month date NOT NULL,
    currency text NOT NULL,
    paid_by text NOT NULL,
    count integer NOT NULL,
    minor bigint NOT NULL,
    days integer NOT NULL,
    CONSTRAINT revenue_recoveries_pkey PRIMARY KEY (site_id, month, currency, paid_by)
  )`,
  `CREATE TABLE revenue_approvals (
    site_id uuid NOT NULL,
    month date NOT NULL,
    currency text NOT NULL,
    issuer text NOT NULL,
    brand text NOT NULL,
    outcome text NOT NULL,
    reason text NOT NULL,
    count integer NOT NULL,
    minor bigint NOT NULL,
    CONSTRAINT revenue_approvals_pkey PRIMARY KEY (site_id, month, currency, issuer, brand, outcome, reason)
  )`,
  // A month as it stood when it was closed. Nothing changes it any more.
  `CREATE TABLE revenue_seals (
    site_id uuid NOT NULL CONSTRAINT revenue_seals_site_fk REFERENCES sites (id),
    month date NOT NULL,
    figures jsonb NOT NULL,
    sha256 text NOT NULL,
    sealed_at timestamptz NOT NULL,
    CONSTRAINT revenue_seals_pkey PRIMARY KEY (site_id, month)
  )`,
  `CREATE TRIGGER revenue_seals_append_only BEFORE UPDATE OR DELETE ON revenue_seals
    FOR EACH ROW EXECUTE FUNCTION refuse_change()`,
  // The charges that are planned, and how those of the last months went.
  'CREATE INDEX periods_day_idx ON periods (site_id, day)',
];

const DOWN = [
  'DROP INDEX periods_day_idx',
  'DROP TABLE revenue_seals',
  'DROP TABLE revenue_approvals',
  'DROP TABLE revenue_recoveries',
  'DROP TABLE revenue_cohorts',
  'DROP TABLE revenue_movements',
  'DROP TABLE revenue_months',
  ...FACTS.map((table) => `DROP TABLE ${table}`),
  'DROP FUNCTION mark_revenue',
  'DROP TABLE revenue_marks',
];

/** What subscriptions earn: facts, what they come to by month, and closed months. */
export class Revenue1795565200000 implements MigrationInterface {
  name = 'Revenue1795565200000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
