// The end of a run: nothing fails any more, time goes on, and whatever can be found out is found out.

import { until } from '../../../scripts/lib/until.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const MONTH_DEADLINE_MS = 30_000;
const RATION_MS = 6_000;
const MOST_STEPS = 40;
/** What is asked about in vain for so many days waits for a person. */
const PATIENCE_MS = 3 * DAY;

const OPEN = `('waiting', 'started', 'pending', 'unknown')`;

/** What is still under way, and when the product means to look at it next. */
const UNDER_WAY = `
  SELECT count(*)::int AS open, min(due) AS due, count(*) FILTER (WHERE asked)::int AS asked,
    string_agg(DISTINCT what, ', ' ORDER BY what) FILTER (WHERE NOT asked) AS what
  FROM (
    SELECT kind || ' ' || state AS what, next_ask_at AS due, state IN ('pending', 'unknown') AS asked
      FROM transactions WHERE state IN ${OPEN} AND parent_id IS NOT NULL AND next_ask_at IS NOT NULL
    UNION ALL SELECT 'approved request', next_try_at, false FROM approvals WHERE state = 'approved'
    UNION ALL SELECT 'row of a batch ' || state, next_try_at, false FROM batch_rows WHERE next_try_at IS NOT NULL
    UNION ALL SELECT 'notification ' || kind, next_attempt_at, false FROM notifications
      WHERE next_attempt_at IS NOT NULL
    UNION ALL SELECT 'session ' || state, next_probe_at, state = 'pending' FROM sessions
      WHERE state IN ('opening', 'pending', 'partial') AND next_probe_at IS NOT NULL
  ) due`;

/**
 * Moves the clock from one due time to the next until nothing is under way, or only what was asked about for days in
 * vain. Throws when something that needs no person does not end.
 */
export async function settleDown(stage) {
  await stage.control('DELETE', '/faults');
  const begun = stage.now();
  let last = '';
  let answers = [];
  for (let step = 0; step < MOST_STEPS; step += 1) {
    answers = await stage.runJobs((await stage.up()).slice(0, 1));
    const { open, due, asked, what } = (await stage.database.query(UNDER_WAY)).rows[0];
    if (open === 0 || (open === asked && stage.now() - begun > PATIENCE_MS)) return;
    last = what ?? '';
    const wait = due.getTime() - stage.now() + 1_000;
    // Asked about every hour: a day may pass at once.
    const ahead = step < 8 ? wait : Math.max(wait, DAY);
    await stage.moveClock(Math.min(Math.max(ahead, 30_000), 12 * DAY));
  }
  throw new Error(
    [
      `after ${MOST_STEPS} steps of the clock something is still under way: ${last}`,
      ...answers,
      ...(await waitingNews(stage)),
      failures(stage),
    ].join('\n'),
  );
}

/** The gateway's messages that nobody has dealt with, whole. */
async function waitingNews({ database }) {
  const { rows } = await database.query(
    `SELECT n.*, (SELECT s.state FROM sessions s WHERE s.gateway_number = n.gateway_number) AS session
     FROM notifications n WHERE next_attempt_at IS NOT NULL`,
  );
  return rows.map((row) => JSON.stringify(row));
}

/** What the servers said of work that failed, the latest of it. */
function failures({ servers }) {
  const lines = servers.flatMap(({ name, said }) =>
    said
      .split('\n')
      .flatMap((line) => (line.includes('row failed') ? `${name}: ${line.slice(0, 1_500)}` : [])),
  );
  return lines.slice(-6).join('\n');
}

/** A month goes by: the last holds run out, here and at the gateway, and every payment was looked at once more. */
export async function letMonthPass(stage) {
  await stage.moveClock(31 * DAY);
  const over = async () => {
    // The rationed look at payments is due again.
    await stage.moveClock(RATION_MS);
    await stage.runJobs((await stage.up()).slice(0, 1));
    const { rows } = await stage.database.query(
      `SELECT EXISTS (SELECT FROM preauthorizations WHERE state = 'active')
         OR EXISTS (SELECT FROM sessions WHERE next_sweep_at <= $1) AS left`,
      [new Date(stage.now())],
    );
    return !rows[0].left;
  };
  if (!(await until(over, MONTH_DEADLINE_MS)))
    throw new Error('holds do not run out, or payments are not looked at');
}

/** Every kind of thing that waits for a person: operations of which nobody can find out more, and holds that have none. */
export async function leftToPeople({ database }) {
  const { rows: operations } = await database.query(
    `SELECT t.kind, t.state, t.origin, t.route, t.whole, p.kind AS of,
       EXISTS (SELECT FROM transactions e WHERE e.parent_id = t.parent_id AND e.kind = 'reverse'
         AND e.state <> 'rejected' AND e.created_at < t.created_at) AS later
     FROM transactions t JOIN transactions p ON p.id = t.parent_id
     WHERE t.state IN ${OPEN} ORDER BY t.created_at, t.id`,
  );
  const { rows: holds } = await database.query(
    `SELECT unclear FROM preauthorizations p WHERE state = 'unclear' AND NOT EXISTS (
       SELECT FROM transactions t WHERE t.parent_id = p.id AND t.kind = 'checkout' AND t.state IN ${OPEN})
     ORDER BY id`,
  );
  return { operations, holds };
}
