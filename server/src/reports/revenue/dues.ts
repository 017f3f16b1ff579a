const monthOf = (day: string) => `(date_part('year', ${day}) * 12 + date_part('month', ${day}))::int`;

/**
 * How many charges a plan has from its planned period up to and with a day, as `chargeDay` counts them. A month's charge is
 * still to come where its anchor lies behind that day and the month is not over with it.
 */
function chargesTo(day: string): string {
  const months = `(${monthOf(day)} - ${monthOf('planned')})`;
  return `least(left_over, 1 + CASE unit WHEN 'day' THEN (${day} - planned) / step WHEN 'week' THEN (${day} - planned) / (7 * step)
    ELSE ${months} / step - CASE WHEN ${months} % step = 0
      AND anchor > date_part('day', ${day}) AND date_part('day', ${day} + 1) > 1 THEN 1 ELSE 0 END END)`;
}

/**
 * What active schedules will ask for: how many charges of how much, all together and squared, fall due from $3, the instant
 * now, to so many days later ($4, several at once). $1, $2: the sites in view. What its means of payment keeps from being
 * charged is not counted: one that is suspended or revoked, and the days after its last. Charges are counted and not made
 * one by one: of a daily plan that would be ninety rows. What has the same rhythm is added up before it is counted.
 */
function duesSql(id: '' | 's.id, '): string {
  const of = `${id}s.site_id, s.currency`;
  return `WITH ends AS MATERIALIZED (
  SELECT z.zone, d.days, ($3::timestamptz AT TIME ZONE z.zone)::date + d.days AS last
  FROM (SELECT DISTINCT zone FROM schedules) z, unnest($4::int[]) d(days)
), plans AS MATERIALIZED (
  SELECT ${of}, s.zone, s.unit, s.interval_steps * CASE s.unit WHEN 'year' THEN 12 ELSE 1 END AS step,
    coalesce(s.anchor_day, date_part('day', s.start_on + s.trial_days)) AS anchor, s.max_periods - n.number AS left_over,
    n.day AS planned,
    least(s.end_on, p.next_on - 1, CASE WHEN i.valid_until < (SELECT max(last) FROM ends) THEN i.valid_until END) AS over, CASE WHEN p.from_on > n.day THEN p.from_on - 1 END AS before,
    count(*)::int AS many, sum(p.amount_minor::float8) AS minor, sum(p.amount_minor::float8 ^ 2) AS squares
  FROM schedules s JOIN periods n ON n.schedule_id = s.id AND n.state = 'planned'
    JOIN instruments i ON i.id = s.instrument_id AND i.state = 'active' AND i.type = 'token'
    JOIN (SELECT *, lead(from_on) OVER (PARTITION BY schedule_id ORDER BY from_on) AS next_on FROM schedule_prices) p
      ON p.schedule_id = s.id AND (p.next_on IS NULL OR p.next_on > n.day)
  WHERE s.state = 'active' AND s.next_at IS NOT NULL
    AND ($1::uuid[] IS NULL OR s.site_id = ANY($1)) AND ($2::uuid IS NULL OR s.site_id = $2)
  GROUP BY ${of}, s.zone, s.unit, step, anchor, left_over, planned, over, before
)
SELECT ${of.replaceAll('s.', '')}, days, sum(charges * many)::float8 AS count, sum(charges * minor) AS minor,
  sum(charges * squares) AS squares
FROM (
  SELECT *, ${chargesTo('until')}
    - CASE WHEN before IS NULL THEN 0 ELSE ${chargesTo('before')} END AS charges
  FROM (
    SELECT p.*, e.days, least(e.last, p.over) AS until
    FROM plans p JOIN ends e ON e.zone = p.zone AND greatest(p.planned, p.before + 1) <= least(e.last, p.over)
    OFFSET 0
  ) until
) counted
GROUP BY ${of.replaceAll('s.', '')}, days`;
}

/** Of each site, currency and number of days: their `count`, what they come to, and the sum of their squares. Shown to readers. */
export const DUES_SQL = duesSql('');
/** The same of each schedule, by its `id`. */
export const SCHEDULE_DUES_SQL = duesSql('s.id, ');
