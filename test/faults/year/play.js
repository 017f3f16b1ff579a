// Months of many schedules, lived by the practice clock against the real server processes and the real practice gateway.
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { draw } from '../../support/draw.js';
import { call } from '../money/caller.js';
import { compare } from './comparer.js';
import { drawShops, makeCards, makeSchedules } from './furnish.js';
import { drawDeeds, People } from './people.js';
import { readBook, readMrr, readOurs, unheardOf } from './reading.js';
import { moveTo, nextInstant, untilQuiet } from './time.js';
import { drawWeather, Weather, withCrash } from './weather.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MONTH = 30.5 * DAY;
/** Of the instants that are lived, so many see somebody die. */
const CRASH_CHANCE = 0.015;
/** After the last day nothing new fails; tries, links and looks that are under way end within so many days. */
const MOST_DAYS_AFTER = 100;
const QUEUE_EVERY = 5 * DAY;

const UNDER_WAY = `
  SELECT count(*)::int AS open FROM periods
  WHERE state IN ('charging', 'retrying', 'blocked', 'unknown') AND (next_try_at IS NOT NULL OR EXISTS (
    SELECT FROM collects c JOIN sessions s ON s.id = c.id WHERE c.id = session_id
      AND (c.next_look_at IS NOT NULL OR s.state = 'opening')))`;

/** What happened, line by line, as the comparer reads it. */
class Story {
  constructor(folder) {
    this.file = folder && join(folder, 'story.jsonl');
    this.lines = [];
    if (folder) mkdirSync(folder, { recursive: true });
    if (this.file) writeFileSync(this.file, '');
  }

  tell(type, facts) {
    const line = { type, ...facts };
    this.lines.push(line);
    if (this.file) appendFileSync(this.file, `${JSON.stringify(line)}\n`);
  }
}

/**
 * Lives `months` of `schedules` schedules on a fresh stage. `spoil(stage)`, if there is one, is called when all are planned.
 * Answers what the comparer found; leaves `ours.jsonl`, `book.jsonl` and `story.jsonl` in `folder`.
 */
export async function play(stage, { seed, schedules, months, folder, spoil = null, tell = () => {} }) {
  const story = new Story(folder);
  await stage.renew();
  await drawShops(stage, seed);
  const cards = await makeCards(stage, seed, schedules);
  const made = await makeSchedules(stage, { seed, schedules, months, cards });
  await spoil?.(stage);
  for (const schedule of made) story.tell('schedule', schedule);
  for (const card of [...cards.values()].flat())
    story.tell('card', { id: card.id, validUntil: card.validUntil });
  const [from, to] = [stage.now(), stage.now() + months * MONTH];
  tell(`${schedules} schedules are planned`);
  const random = draw(`year:${seed}`);
  const spells = drawWeather(draw(`year:${seed}:weather`), stage.shops, from, to);
  for (const { at, until, kind, shop } of spells)
    story.tell('weather', { at, until, kind, site: shop?.id ?? null });
  const deeds = drawDeeds(seed, { schedules: made, cards, from, to });
  const scene = {
    ...{ stage, random, story, weather: new Weather(stage, random, spells), deeds },
    ...{ people: new People(stage, random, story), queueAt: from + QUEUE_EVERY, steps: 0 },
  };
  for (let month = 1; month <= months; month += 1) {
    await liveUntil(scene, from + month * MONTH);
    tell(`month ${month} of ${months}, ${scene.steps} steps`);
  }
  await endOfYear(scene, made, months);
  return conclude(scene, folder);
}

async function liveUntil(scene, end) {
  const { stage, random, weather, people } = scene;
  while (stage.now() < end) {
    const events = [...weather.events(), ...people.events(), scene.deeds[0]?.at ?? Infinity];
    await moveTo(stage, await nextInstant(stage, random, events, end + 1));
    await weather.blow();
    scene.steps += 1;
    if (weather.ours) await liveMoment(scene);
  }
}

/** What is due is done while people act, or before they do, or somebody dies over it. */
async function liveMoment(scene) {
  const { stage, random, people } = scene;
  const atOnce = random.chance(0.3);
  const pay = await people.openLinks();
  await withCrash(stage, random, CRASH_CHANCE, async () => {
    await Promise.all([untilQuiet(stage), pay.during(), atOnce ? carryOutDeeds(scene) : null]);
  });
  await pay.after();
  await untilQuiet(stage);
  await carryOutDeeds(scene);
  await people.readMail();
  await people.watchBrakes();
  if (stage.now() >= scene.queueAt) {
    scene.queueAt = stage.now() + QUEUE_EVERY;
    await people.workThroughQueue();
  }
}

async function carryOutDeeds({ stage, deeds, people }) {
  while (deeds[0]?.at <= stage.now()) await people.act(deeds.shift());
}

/** Every schedule is cancelled, nothing fails any more, and whatever is under way ends. */
async function endOfYear(scene, made, months) {
  const { stage, weather, people, story } = scene;
  await weather.clear();
  for (const site of people.releases.keys()) await people.release(site);
  await untilQuiet(stage);
  story.tell('end', { at: stage.now() });
  for (const shown of await readMrr(stage, months + 2)) story.tell('mrr', shown);
  const { rows } = await stage.database.query(
    `SELECT id, state, ends_on FROM schedules WHERE state IN ('active', 'paused')`,
  );
  const standing = new Map(rows.map((row) => [row.id, row]));
  for (const schedule of made) {
    const row = standing.get(schedule.id);
    if (row && row.ends_on === null)
      await people.act({ deed: row.state === 'paused' ? 'cancel' : 'end', schedule });
  }
  const last = stage.now() + MOST_DAYS_AFTER * DAY;
  await untilNothingOpen(scene, last);
  await people.adoptUnknown(await unheardOf(stage));
  // What became known may be tried again.
  await untilNothingOpen(scene, last);
}

async function untilNothingOpen({ stage, random, people }, last) {
  for (;;) {
    await untilQuiet(stage);
    const [{ open }] = (await stage.database.query(UNDER_WAY)).rows;
    if (open === 0 || stage.now() > last) return;
    await moveTo(stage, await nextInstant(stage, random, [], last + DAY));
    await untilQuiet(stage);
    await people.watchBrakes();
    for (const site of people.releases.keys()) await people.release(site);
  }
}

async function conclude({ stage, story }, folder) {
  const ours = await readOurs(stage);
  const book = await readBook(stage, call);
  const write = (name, lines) =>
    writeFileSync(join(folder, name), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  if (folder) {
    write('ours.jsonl', ours);
    write('book.jsonl', book);
  }
  return compare(ours, book, story.lines);
}
