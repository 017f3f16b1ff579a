// How a year goes by: from one due instant to the next, whatever is dead just then, and never on before what is due is done.
import { until } from '../../../scripts/lib/until.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const QUIET_DEADLINE_MS = 90_000;
const HEARD_DEADLINE_MS = 10_000;
/** Several due instants are lived as one, so that a year takes minutes. */
const STRIDES = [
  [[20 * MINUTE, HOUR], 25],
  [[HOUR, 4 * HOUR], 30],
  [[4 * HOUR, 9 * HOUR], 45],
];
/** By which jobs a worker may do something now, and when there is something to do next. An account that is stopped waits for a person. */
const WORK = `
  SELECT array_agg(DISTINCT job) FILTER (WHERE due <= $1) AS now, min(due) FILTER (WHERE due > $1) AS next FROM (
    SELECT 'periods' AS job, p.next_try_at AS due FROM periods p JOIN gateway_accounts a ON a.id = p.gateway_account_id
      WHERE p.next_try_at IS NOT NULL AND a.collects_stopped_at IS NULL
    UNION ALL SELECT 'collects', next_look_at FROM collects WHERE next_look_at IS NOT NULL
    UNION ALL SELECT 'inbox', next_attempt_at FROM notifications WHERE next_attempt_at IS NOT NULL) work`;

const working = (stage) => stage.servers.filter(({ isUp }) => isUp);

/** Moves every clock; one that cannot be told now is told when it is back. */
export async function moveTo(stage, instant) {
  stage.offsetMs += Math.max(0, Math.round(instant - stage.now()));
  await stage.database.query('UPDATE practice SET clock_offset_ms = $1', [stage.offsetMs]);
  await tellGateway(stage);
  await stage.database.query('UPDATE logins SET last_seen_at = $1, idle = false', [new Date(stage.now())]);
  await Promise.all(working(stage).map((server) => tellServer(stage, server)));
}

export async function tellGateway(stage) {
  if (stage.gateway.isUp) await stage.control('POST', '/clock', { offsetMs: stage.offsetMs });
}

/** It answers with the offset that it believes in; while the gateway is away it cannot pass it on, which is ours to do. */
async function tellServer(stage, server) {
  const heard = async () => {
    if (!server.isUp) return true;
    const told = await stage.people.admin.post(server.url, '/api/practice/clock', { advanceMs: 0 });
    if (told.status === 200) return told.body.clockOffsetMs === stage.offsetMs;
    const { body } = await stage.people.admin.get(server.url, '/api/practice');
    return body?.clockOffsetMs === stage.offsetMs;
  };
  if (!(await until(heard, HEARD_DEADLINE_MS, 50)))
    throw new Error(`server ${server.name} does not hear the clock`);
}

/** What is due now is asked of every worker once. */
async function work(stage, jobs) {
  const workers = working(stage).filter(({ env }) => env.RUN !== 'http');
  await Promise.all(
    workers.flatMap(({ url }) => jobs.map((name) => stage.people.admin.post(url, `/api/jobs/${name}/run`))),
  );
}

const look = async ({ database, now }) => (await database.query(WORK, [new Date(now)])).rows[0];

/** Returns when nothing is due any more. Throws when that does not happen; says nothing while no worker is up. */
export async function untilQuiet(stage) {
  const quiet = async () => {
    if (working(stage).every(({ env }) => env.RUN === 'http')) return true;
    const { now: jobs } = await look({ database: stage.database, now: stage.now() });
    if (jobs === null) return true;
    await work(stage, jobs);
    return false;
  };
  if (await until(quiet, QUIET_DEADLINE_MS, 20)) return;
  const { rows } = await stage.database.query(
    `SELECT state, why, count(*)::int, min(next_try_at) AS since FROM periods WHERE next_try_at <= $1 GROUP BY 1, 2`,
    [new Date(stage.now())],
  );
  throw new Error(`at ${new Date(stage.now()).toISOString()} work does not end: ${JSON.stringify(rows)}`);
}

/** The instant to live next: what is due or happens next, but no sooner than a drawn stride and no later than `latest`. */
export async function nextInstant(stage, random, events, latest) {
  const { next } = await look({ database: stage.database, now: stage.now() });
  const [low, high] = random.weigh(STRIDES);
  const wanted = Math.min(next?.getTime() ?? Infinity, ...events);
  return Math.min(Math.max(wanted + 1_000, stage.now() + random.between(low, high)), latest);
}
