// Staff and payers of a year. What staff do to schedules and cards is drawn before the year begins; what they and the
// payers do about periods that were not paid is drawn when it is seen. Every deed is repeated with its key until somebody
// answers, and what was answered goes into the story.
import { randomUUID } from 'node:crypto';
import { until } from '../../../scripts/lib/until.js';
import { draw } from '../../support/draw.js';
import { call } from '../money/caller.js';
import { localDay, plusDays } from './calendar.js';
import { anAddress, payAt } from './furnish.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ANSWER_DEADLINE_MS = 60_000;
const REASON = 'Lo pidió el cliente';

/** How often each is done to one schedule, in a month. */
const DEEDS = [
  ['pause', 0.05],
  ['skip', 0.06],
  ['amount', 0.05],
  ['instrument', 0.04],
  ['end', 0.025],
  ['cancel', 0.015],
];
const MONTH = 30 * DAY;

/** All that is done to the schedules and their cards from one instant to another, oldest first: `{ at, deed, … }`. */
export function drawDeeds(seed, { schedules, cards, from, to }) {
  const deeds = [];
  for (const schedule of schedules) {
    const random = draw(`year:${seed}:deeds:${schedule.reference}`);
    for (const [deed, often] of DEEDS) {
      for (let at = from + waiting(random, often); at < to; at += waiting(random, often)) {
        deeds.push({ at, deed, schedule, ...details(random, deed, schedule, cards) });
        if (deed === 'pause') deeds.push({ at: at + random.between(1, 40) * DAY, deed: 'resume', schedule });
        if (deed === 'end' && random.chance(0.4))
          deeds.push({ at: at + random.between(1, 48) * HOUR, deed: 'keep', schedule });
      }
    }
  }
  for (const [number, card] of [...cards.values()].flat().entries()) {
    const random = draw(`year:${seed}:deeds:card:${number}`);
    for (let at = from + waiting(random, 0.04); at < to; at += waiting(random, 0.04)) {
      const deed = random.weigh([
        ['suspend', 6],
        ['revoke', 4],
      ]);
      deeds.push({ at, deed, card });
      if (deed === 'suspend') deeds.push({ at: at + random.between(1, 10) * DAY, deed: 'release', card });
    }
  }
  return deeds.filter(({ at }) => at < to).sort((one, other) => one.at - other.at);
}

/** Until something that happens so often in a month happens next. */
const waiting = (random, often) => (-Math.log(1 - random.number()) / often) * MONTH;

function details(random, deed, { siteId, amountMinor }, cards) {
  if (deed === 'amount')
    return {
      amountMinor: Math.round((amountMinor * random.between(60, 160)) / 100),
      ahead: random.between(1, 25),
    };
  if (deed === 'instrument') return { card: random.pick(cards.get(siteId)) };
  return {};
}

export class People {
  constructor(stage, random, story) {
    Object.assign(this, { stage, random, story, mailsSeen: 0, visits: [], releases: new Map() });
  }

  /** When one of them does something next. */
  events() {
    return [...this.visits.map(({ at }) => at), ...this.releases.values()];
  }

  /** Carries out a drawn deed. What the product refuses was not done. */
  async act(wanted) {
    const { schedule, card } = wanted;
    const began = this.stage.now();
    const [path, body] = schedule ? scheduleRequest(wanted, began) : cardRequest(wanted);
    const answer = await this.#send('support', path, body);
    const done = answer.status < 300;
    const facts = schedule ? { schedule: schedule.id, ...body } : { card: card.id };
    this.story.tell('deed', { ...facts, deed: wanted.deed, from: began, to: this.stage.now(), done });
    if (answer.status >= 500) throw new Error(`${path}: ${answer.status} ${answer.text}`);
  }

  /** Until somebody answers; the same key every time. */
  async #send(role, path, body) {
    const key = randomUUID();
    let answer = null;
    const heard = async () => {
      const up = this.stage.servers.filter(({ isUp }) => isUp);
      if (up.length === 0) return false;
      answer = await this.stage.people[role].post(this.random.pick(up).url, path, body, key);
      if (answer.status === 0 || answer.status === 502) await this.stage.restore();
      return answer.status !== 0 && answer.status !== 429 && answer.body?.code !== 'in_progress';
    };
    if (!(await until(heard, ANSWER_DEADLINE_MS, 100)))
      throw new Error(`${path} is never answered: ${answer?.status}`);
    return answer;
  }

  /** Letters say where a period can be paid by hand. Some payers do so in the next days, some just when it is tried again. */
  async readMail() {
    const { rows } = await this.stage.database.query(
      `SELECT m.data->>'payUrl' AS url, p.next_try_at AS "nextTryAt"
       FROM mails m JOIN periods p ON p.order_id = m.order_id
       WHERE m.template = 'charge_failed' ORDER BY m.created_at, m.id OFFSET $1`,
      [this.mailsSeen],
    );
    this.mailsSeen += rows.length;
    for (const { url, nextTryAt } of rows) {
      if (!this.random.chance(0.6)) continue;
      const atTheTry = nextTryAt !== null && this.random.chance(0.6);
      const at = atTheTry ? nextTryAt.getTime() : this.stage.now() + this.random.number() * 4 * DAY;
      const when = this.random.pick(['during', 'after']);
      this.visits.push({ at, path: new URL(url).pathname, pays: this.random.chance(0.7), when });
    }
  }

  /**
   * Payers whose time has come open their links. Answers two deeds: `during`, for those who pay at once, and `after`, for
   * those who have the page open while the period is charged.
   */
  async openLinks() {
    const due = this.visits.filter(({ at }) => at <= this.stage.now());
    this.visits = this.visits.filter((visit) => !due.includes(visit));
    const pages = { during: [], after: [] };
    for (const { path, pays, when } of due) {
      const server = this.stage.servers.find(({ isUp }) => isUp);
      if (!server) continue;
      const { headers } = await call('GET', server.url + path, { from: anAddress() });
      if (headers.location && pays) pages[when].push(headers.location);
    }
    const payAll = (urls) => () => Promise.all(urls.map((url) => payAt(url)));
    return { during: payAll(pages.during), after: payAll(pages.after) };
  }

  /** The brake is let go by finance, some hours or days later. */
  async watchBrakes() {
    const now = this.stage.now();
    const { rows } = await this.stage.database.query(
      'SELECT site_id AS site FROM gateway_accounts WHERE collects_stopped_at IS NOT NULL',
    );
    for (const { site } of rows) {
      if (!this.releases.has(site)) {
        this.releases.set(site, now + this.random.between(3, 100) * HOUR);
        this.story.tell('stopped', { site, at: now });
      } else if (this.releases.get(site) <= now) await this.release(site);
    }
  }

  async release(site) {
    this.releases.delete(site);
    await this.#send('finance', '/api/periods/release', { siteId: site });
    this.story.tell('released', { site, at: this.stage.now() });
  }

  /** What waits for a person: some is charged by hand, some is waived. */
  async workThroughQueue() {
    const { rows } = await this.stage.database.query(
      `SELECT id, state FROM periods WHERE state IN ('waiting', 'unpaid') ORDER BY due_at, id`,
    );
    for (const { id } of rows.filter(() => this.random.chance(0.06))) {
      const waive = this.random.chance(0.25);
      const path = `/api/periods/${id}/${waive ? 'waive' : 'charge'}`;
      const { status } = await this.#send(
        waive ? 'support' : 'finance',
        path,
        waive ? { reason: REASON } : {},
      );
      this.story.tell(waive ? 'waived' : 'by_hand', { period: id, at: this.stage.now(), done: status < 300 });
    }
  }

  /** Charges of which nobody heard are looked up in the gateway's console, and taken over by their number. */
  async adoptUnknown(found) {
    for (const { siteId, numbers } of found) {
      const body = { siteId, numbers, rehearse: false };
      const { status, text } = await this.#send('finance', '/api/adoptions', body);
      if (status !== 200) throw new Error(`not taken over: ${status} ${text}`);
    }
  }
}

function scheduleRequest({ deed, schedule, amountMinor, ahead, card }, now) {
  const path = `/api/schedules/${schedule.id}/acts`;
  if (deed === 'amount')
    return [path, { act: deed, amountMinor, fromOn: plusDays(localDay(now, schedule.zone), ahead) }];
  // Any card of the shop, so mostly another payer's.
  if (deed === 'instrument') return [path, { act: deed, instrumentId: card.id, anotherPayer: true }];
  if (deed === 'cancel') return [path, { act: deed, when: 'now' }];
  if (deed === 'end') return [path, { act: 'cancel', when: 'period_end' }];
  return [path, { act: deed }];
}

const CARD_VERBS = { suspend: 'suspend', release: 'resume', revoke: 'revoke' };

function cardRequest({ deed, card }) {
  return [`/api/instruments/${card.id}/${CARD_VERBS[deed]}`, deed === 'release' ? {} : { reason: REASON }];
}
