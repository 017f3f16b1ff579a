import { Inject, Injectable } from '@nestjs/common';
import type { PolicyRules, PolicyView, ScheduleView, SessionView } from '@recaudo/shared';
import { SETTINGS, type Settings } from '../platform/config.js';
import { requestContext } from '../platform/context.js';
import { RetellingService, type Upcoming } from '../schedules/retelling.service.js';
import type { SiteRow } from '../sites/site.entity.js';
import { DemoHttp } from './demo-http.js';
import type { Deed, Life } from './lives.rules.js';

const MINUTE = 60_000;
/** A weekly schedule of ninety days with all that befalls it comes to some forty. */
const MOST_STEPS = 200;

const OWN_POLICY = 'Insistir con calma';
const OWN_RULES: PolicyRules = {
  by: {
    balance: { days: [2, 5, 9], last: 'pause', mail: true },
    limit: { days: [7, 14], last: 'keep', mail: true },
    hard: { days: [], last: 'keep', mail: true },
  },
  hour: null,
};

/**
 * Lives the schedules of the practice history: a payer stores a card and the shop plans, over HTTP; then period after period
 * is charged by the very code that charges in the present, only at the hour of its plan. Every step may be repeated: what was
 * done before a kill is not done again.
 */
@Injectable()
export class LifeTeller {
  constructor(
    private readonly http: DemoHttp,
    private readonly retelling: RetellingService,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Throws when a step is not answered as it should be; ends early when it is told to stop. */
  async play(life: Life, site: SiteRow, until: Date, stopping: () => boolean): Promise<void> {
    const id = await this.begin(life, site);
    const deeds = life.deeds.filter(({ at }) => at <= until);
    for (let step = 0; step < MOST_STEPS && !stopping(); step += 1) {
      const next = await this.retelling.next(id);
      const [deed] = deeds;
      if (deed && (!next || deed.at <= next.at)) {
        await this.act(life, id, deed);
        deeds.shift();
      } else if (next && next.at <= until) await this.charge(life, next);
      else return this.retelling.arrive(id);
    }
  }

  /** Answers with the schedule, planned on a card that its payer has stored. */
  private async begin(life: Life, site: SiteRow): Promise<string> {
    const { reference, plan, amountMinor, currency, unit, startOn, trialDays, begins } = life;
    const { anchorDay, maxPeriods, chargeHour } = life;
    const input = {
      ...{ siteId: site.id, reference, plan, amountMinor, currency, unit, startOn, trialDays },
      ...{ interval: 1, anchorDay, maxPeriods, chargeHour },
      instrumentId: await this.storeCard(life, site),
      policyId: life.ownPolicy ? await this.policyOf(site, begins) : null,
    };
    const key = { 'idempotency-key': `demo-schedule-${life.number}` };
    const url = `${this.http.home()}/api/schedules`;
    const { text } = await this.http.postJson(url, input, [201], { ...this.http.shop(), ...key }, begins);
    return (JSON.parse(text) as ScheduleView).id;
  }

  private async storeCard(life: Life, site: SiteRow): Promise<string> {
    const { number, reference, plan, payer, begins } = life;
    const at = (minutes: number): Date => new Date(begins.getTime() + (minutes - 30) * MINUTE);
    const order = {
      ...{ siteId: site.id, reference: `ALTA-${reference}`, description: plan, payer, subscription: true },
      expiresAt: at(30).toISOString(),
      ...{ ipAddress: '127.0.0.1', userAgent: 'demo shop' },
    };
    const headers = { ...this.http.shop(), 'idempotency-key': `demo-card-${number}` };
    const url = `${this.http.home()}/api/sessions`;
    const { text } = await this.http.postJson(url, order, [201], headers, at(0));
    const { id, order: opened } = JSON.parse(text) as { id: string; order: { linkUrl: string } };
    await this.payAt(new URL(opened.linkUrl).pathname, life, at(1));
    const of = (sessionId: string) =>
      this.http.read<SessionView>(`/api/sessions/${sessionId}`, this.http.shop());
    const first = await of(id);
    // After a kill it may be over before its payer comes back: then the link has opened another.
    const other = first.order.sessions.find((each) => each.id !== id && each.state === 'approved');
    const { instrument } = other ? await of(other.id) : first;
    if (!instrument) throw new Error(`${reference} has no card`);
    return instrument.id;
  }

  /** What its payer does on our link and on the hosted page; nothing where it is paid already. */
  private async payAt(link: string, { payer, card }: Life, at: Date): Promise<void> {
    const { location } = await this.http.get(link, at, [200, 303]);
    if (!location) return;
    const holder = `${payer.name} ${payer.surname}`;
    const form = { ...payer, ...card, holder, cvv: '123', installments: '1' } as Record<string, string>;
    await this.http.postForm(`${location}/pay`, form, new Date(at.getTime() + MINUTE));
    await this.http.get(`${link}/return`, new Date(at.getTime() + 2 * MINUTE), [200]);
  }

  /** A manager wrote it down just before the first schedule that follows it. */
  private async policyOf(site: SiteRow, at: Date): Promise<string> {
    const manager = await this.http.as('manager');
    const { items } = await this.http.read<{ items: PolicyView[] }>('/api/policies', manager);
    const found = items.find(({ siteId, name }) => siteId === site.id && name === OWN_POLICY)?.id;
    if (found) return found;
    const policy = { siteId: site.id, name: OWN_POLICY, rules: OWN_RULES };
    const written = new Date(at.getTime() - 60 * MINUTE);
    const { text } = await this.http.postJson(
      `${this.http.home()}/api/policies`,
      policy,
      [201],
      manager,
      written,
    );
    return (JSON.parse(text) as PolicyView).id;
  }

  private async charge(
    { siteCode, refused }: Life,
    { periodId, number, tries, at }: Upcoming,
  ): Promise<void> {
    const reason = refused[number]?.[tries];
    if (reason !== undefined) await this.refuseNext(siteCode.toUpperCase(), reason);
    const context = { requestId: 'history', practiceNow: at.getTime() };
    await requestContext.run(context, () => this.retelling.take(periodId));
  }

  /** XH is nobody's judgement. What was left over by a kill must not meet another charge. */
  private async refuseNext(site: string, reason: string): Promise<void> {
    const url = `${this.settings.sandboxUrl}/control/faults`;
    const how = reason === 'XH' ? { kind: 'technical' } : { kind: 'decline', reason };
    await this.http.send(`${url}?operation=payment&site=${site}`, 'DELETE', [204]);
    await this.http.postJson(url, { operation: 'payment', site, count: 1, ...how }, [201]);
  }

  /** What was done before stands as it was done: its key answers so. */
  private async act(life: Life, id: string, deed: Deed): Promise<void> {
    if ('act' in deed) {
      const key = `demo-deed-${life.number}-${deed.act.act}`;
      const headers = { ...(await this.http.as('support')), 'idempotency-key': key };
      const url = `${this.http.home()}/api/schedules/${id}/acts`;
      return void (await this.http.postJson(url, deed.act, [200, 409], headers, deed.at));
    }
    const { periods } = await this.http.read<ScheduleView>(
      `/api/schedules/${id}`,
      await this.http.as('support'),
    );
    const link = periods.find(({ number }) => number === deed.pays)?.payUrl;
    if (link) await this.payAt(new URL(link).pathname, life, deed.at);
  }
}
