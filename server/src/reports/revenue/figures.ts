/**
 * What the facts come to: of each figure the very statement by which its monthly rows are made from the facts of a site
 * ($1) and a month ($2, its first day), and the columns of those rows. Readers are shown the same text.
 */
export const FIGURES = {
  movements: {
    table: 'revenue_movements',
    keys: { kind: 'text', why: 'text' },
    sums: { count: 'integer', minor: 'bigint' },
    sql: `SELECT site_id, $2::date AS month, currency, kind, why,
  count(*) AS count, sum(mrr_minor - before_minor) AS minor
FROM mrr_changes
WHERE site_id = $1 AND day >= $2 AND day < $2::date + interval '1 month'
GROUP BY site_id, currency, kind, why`,
  },
  cohorts: {
    table: 'revenue_cohorts',
    keys: { cohort: 'date' },
    sums: { count: 'integer', minor: 'bigint' },
    sql: `SELECT site_id, $2::date AS month, currency, cohort,
  count(*) FILTER (WHERE kind IN ('new', 'reactivation')) - count(*) FILTER (WHERE kind = 'churn') AS count,
  sum(mrr_minor - before_minor) AS minor
FROM mrr_changes
WHERE site_id = $1 AND day >= $2 AND day < $2::date + interval '1 month'
GROUP BY site_id, currency, cohort`,
  },
  recoveries: {
    table: 'revenue_recoveries',
    keys: { paid_by: 'text' },
    sums: { count: 'integer', minor: 'bigint', days: 'integer' },
    sql: `SELECT site_id, $2::date AS month, currency, paid_by,
  count(*) AS count, sum(amount_minor) AS minor, sum(days) AS days
FROM recoveries
WHERE site_id = $1 AND day >= $2 AND day < $2::date + interval '1 month'
GROUP BY site_id, currency, paid_by`,
  },
  approvals: {
    table: 'revenue_approvals',
    keys: { issuer: 'text', brand: 'text', outcome: 'text', reason: 'text' },
    sums: { count: 'integer', minor: 'bigint' },
    sql: `SELECT site_id, $2::date AS month, currency, issuer, brand, outcome, coalesce(reason, '') AS reason,
  count(*) AS count, sum(amount_minor) AS minor
FROM collect_results
WHERE site_id = $1 AND day >= $2 AND day < $2::date + interval '1 month'
GROUP BY site_id, currency, issuer, brand, outcome, coalesce(reason, '')`,
  },
} as const;

export type FigureName = keyof typeof FIGURES;
export const FIGURE_NAMES = Object.keys(FIGURES) as FigureName[];

/** Puts a month's rows in place of those that were there. */
export function refreshSql(name: FigureName): { clear: string; fill: string } {
  const { table, keys, sums, sql } = FIGURES[name];
  const columns = ['site_id', 'month', 'currency', ...Object.keys(keys), ...Object.keys(sums)];
  return {
    clear: `DELETE FROM ${table} WHERE site_id = $1 AND month = $2`,
    fill: `INSERT INTO ${table} (${columns.join(', ')})\n${sql}`,
  };
}

/** A month's rows as one jsonb, in an order of their own: the same rows are the same text. */
export function sealedSql(name: FigureName): string {
  const { table, keys, sums } = FIGURES[name];
  const ordered = ['currency', ...Object.keys(keys)];
  const pairs = [...ordered, ...Object.keys(sums)].map((column) => `'${column}', r.${column}`);
  return `(SELECT coalesce(jsonb_agg(jsonb_build_object(${pairs.join(', ')})
    ORDER BY ${ordered.map((column) => `r.${column}`).join(', ')}), '[]'::jsonb)
    FROM ${table} r WHERE r.site_id = $1 AND r.month = $2)`;
}

/**
 * The rows of months, added up over the sites in view ($1: those of the reader or null, $2: the one asked for or null)
 * between two months ($3, $4). `shown`: closed months as they were closed, the others as they stand; `late`: what became
 * known of closed months since.
 */
export function readSql(name: FigureName): { shown: string; late: string; live: string } {
  const { table, keys, sums } = FIGURES[name];
  const types: Record<string, string> = { currency: 'text', ...keys, ...sums };
  const columns = Object.keys(types).join(', ');
  const typed = Object.entries(types).map(([column, type]) => `${column} ${type}`);
  const inView = (alias: string) => `($1::uuid[] IS NULL OR ${alias}.site_id = ANY($1))
    AND ($2::uuid IS NULL OR ${alias}.site_id = $2) AND ${alias}.month >= $3 AND ${alias}.month <= $4`;
  const closed = 'EXISTS (SELECT 1 FROM revenue_seals c WHERE c.site_id = r.site_id AND c.month = r.month)';
  const sealed = (sign: string) => `SELECT s.month, ${columns
    .split(', ')
    .map((column) => (column in sums ? `${sign}x.${column}` : `x.${column}`))
    .join(', ')}
    FROM revenue_seals s, jsonb_to_recordset(s.figures->'${name}') AS x(${typed.join(', ')}) WHERE ${inView('s')}`;
  const live = (where: string) =>
    `SELECT r.month, ${columns} FROM ${table} r WHERE ${inView('r')}${where && ` AND ${where}`}`;
  const grouped = ['month', 'currency', ...Object.keys(keys)].join(', ');
  const added = Object.keys(sums).map((column) => `sum(${column})::float8 AS ${column}`);
  const named = grouped
    .split(', ')
    .map((column) =>
      ['month', 'cohort'].includes(column) ? `to_char(${column}, 'YYYY-MM') AS ${column}` : column,
    );
  const text = [...named, ...added].join(', ');
  const total = (rows: string, having = '') =>
    `SELECT ${text} FROM (${rows}) a GROUP BY ${grouped} ${having} ORDER BY ${grouped}`;
  return {
    shown: total(`${live(`NOT ${closed}`)} UNION ALL ${sealed('')}`),
    late: total(`${live(closed)} UNION ALL ${sealed('-')}`, 'HAVING sum(count) <> 0 OR sum(minor) <> 0'),
    live: total(live('')),
  };
}
