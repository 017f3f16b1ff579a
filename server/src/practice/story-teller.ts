import { Inject, Injectable } from '@nestjs/common';
import { minorToDecimal, termsOf } from '@recaudo/shared';
import { GatewaysService } from '../gateways/gateways.service.js';
import { SETTINGS, type Settings } from '../platform/config.js';
import { requestContext } from '../platform/context.js';
import type { SiteRow } from '../sites/site.entity.js';
import { SitesService } from '../sites/sites.service.js';
import { clock, DemoHttp } from './demo-http.js';
import { DeskTeller } from './desk-teller.js';
import type { Episode, Plot } from './history.rules.js';

const MINUTE = 60_000;
/** After so many declined cards the gateway ends a session. */
const ATTEMPTS_ALLOWED = 10;

const CARDS = {
  approved: '4110760000000081',
  declined: '4110760000000016',
  slow: '4110760000000073',
  limited: '4110760000000057',
};

/** Lives one demo payment as a shop and a payer would, over HTTP; only the clock is special. Every step may be repeated. */
@Injectable()
export class StoryTeller {
  constructor(
    private readonly sites: SitesService,
    private readonly gateways: GatewaysService,
    private readonly http: DemoHttp,
    private readonly desk: DeskTeller,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Throws when a step is not answered as it should be. */
  async play(story: Episode, site: SiteRow): Promise<void> {
    const at = (minutes: number): Date => new Date(story.at.getTime() + minutes * MINUTE);
    if (story.plot === 'elsewhere') return this.payElsewhere(story, site, at);
    if (story.plot === 'gatewayDown') await this.breakGateway();
    const opened = await this.openSession(story, site, at(0));
    if (story.plot === 'gatewayDown' || opened === null) return;
    const { link, id } = opened;
    if (story.plot === 'neverCame') return void (await this.http.get(link, at(story.lifeMinutes + 1), [200]));
    const { location } = await this.http.get(link, at(1), [200, 303]);
    if (location) await this.act(story, location, at);
    if (story.plot === 'stillOpen') return;
    await this.http.get(`${link}/return`, at(4), [200]);
    if (story.plot === 'paysSlowly') await this.http.get(`${link}/return`, at(8), [200]);
    if (story.plot === 'partExpired') await this.http.get(`${link}/return`, at(story.lifeMinutes + 1), [200]);
    if (story.plot === 'confirmed') await this.confirm(story, id, at(6));
    await this.desk.follow(story, id);
  }

  /** What the payer does on the hosted page; the same form a browser would send. */
  private async act(story: Episode, processUrl: string, at: (minutes: number) => Date): Promise<void> {
    if (story.plot === 'gaveUp') return void (await this.http.postForm(`${processUrl}/cancel`, {}, at(3)));
    const declines = { declined: ATTEMPTS_ALLOWED, paysAfterDecline: 1 }[story.plot as string] ?? 0;
    for (let decline = 0; decline < declines; decline += 1) {
      await this.pay(story, processUrl, CARDS.declined, at(2 + decline / ATTEMPTS_ALLOWED));
    }
    const part = { amount: minorToDecimal(partOf(story), story.currency) };
    if (story.plot.startsWith('part')) await this.pay(story, processUrl, CARDS.approved, at(2), part);
    const card = CARD_OF[story.plot];
    const form: Record<string, string> = story.plot === 'storedWhilePaying' ? { subscribe: 'yes' } : {};
    if (card) await this.pay(story, processUrl, card, at(3), form);
  }

  /** The shop has looked at its stock and takes the money. */
  private async confirm(story: Episode, id: string, at: Date): Promise<void> {
    const { confirmation } = await this.http.read<{ confirmation: { transactionId: string } | null }>(
      `/api/sessions/${id}`,
      this.http.shop(),
    );
    if (!confirmation) return;
    const path = `${this.http.home()}/api/transactions/${confirmation.transactionId}/confirm`;
    const headers = { ...this.http.shop(), 'idempotency-key': `demo-confirm-${story.number}`, ...clock(at) };
    await this.http.send(path, 'POST', [200], headers);
  }

  private async pay(
    story: Episode,
    processUrl: string,
    number: string,
    at: Date,
    more: Record<string, string> = {},
  ): Promise<void> {
    const { name = '', surname = '' } = story.payer;
    const card = { number, holder: `${name} ${surname}`, expiry: '12/30', cvv: '123', installments: '1' };
    await this.http.postForm(`${processUrl}/pay`, { ...card, ...story.payer, ...more }, at);
  }

  /** Null when the gateway did not open it. */
  private async openSession(
    story: Episode,
    site: SiteRow,
    at: Date,
  ): Promise<{ id: string; link: string } | null> {
    const headers = {
      ...this.http.shop(),
      'idempotency-key': `demo-history-${story.number}`,
    };
    const order = {
      siteId: site.id,
      reference: story.reference,
      description: story.description,
      ...asked(story),
      payer: story.payer,
      expiresAt: new Date(at.getTime() + story.lifeMinutes * MINUTE).toISOString(),
      ipAddress: '127.0.0.1',
      userAgent: 'demo shop',
    };
    const { status, text } = await this.http.postJson(
      `${this.http.home()}/api/sessions`,
      order,
      [201, 502],
      headers,
      at,
    );
    if (status !== 201) return null;
    const session = JSON.parse(text) as { id: string; order: { linkUrl: string } };
    return { id: session.id, link: new URL(session.order.linkUrl).pathname };
  }

  /** One creation without an answer, so that the list shows a failed one. */
  private async breakGateway(): Promise<void> {
    const fault = { operation: 'session.create', kind: 'error_500', count: 1 };
    await this.http.postJson(`${this.settings.sandboxUrl}/control/faults`, fault, [201]);
  }

  /** A session the shop's own plugin opened on the same account: we hear of it only by its notification. */
  private async payElsewhere(story: Episode, site: SiteRow, at: (minutes: number) => Date): Promise<void> {
    const reference = `WOO-${story.number + 7_000}`;
    const processUrl =
      (await this.openedElsewhere(reference)) ?? (await this.openElsewhere(story, site, reference, at));
    await this.pay(story, processUrl, CARDS.approved, at(2));
  }

  private async openedElsewhere(reference: string): Promise<string | null> {
    const { text } = await this.http.send(
      `${this.settings.sandboxUrl}/control/sessions?reference=${reference}`,
      'GET',
      [200],
    );
    return (JSON.parse(text) as { processUrl: string }[])[0]?.processUrl ?? null;
  }

  private async openElsewhere(
    story: Episode,
    site: SiteRow,
    reference: string,
    at: (minutes: number) => Date,
  ): Promise<string> {
    const account = await this.sites.accountOf(site.id);
    const answer = await requestContext.run({ requestId: 'history', practiceNow: at(0).getTime() }, () =>
      this.gateways.port(account.row.gateway).createSession(account.credentials, {
        reference,
        description: story.description,
        amountMinor: story.amountMinor,
        currency: story.currency,
        terms: termsOf({}),
        notificationUrl: '',
        payer: story.payer,
        locale: `es_${site.country}`,
        expiresAt: at(30),
        returnUrl: 'https://tienda.example/gracias',
        ipAddress: '127.0.0.1',
        userAgent: 'demo plugin',
      }),
    );
    if (answer.kind !== 'opened') throw new Error(`the plugin could not open a session: ${answer.kind}`);
    return answer.processUrl;
  }
}

/** The card that ends it, where one does. */
const CARD_OF: Partial<Record<Plot, string>> = {
  pays: CARDS.approved,
  paysAfterDecline: CARDS.approved,
  paysSlowly: CARDS.slow,
  partPaid: CARDS.approved,
  split: CARDS.approved,
  splitMixed: CARDS.limited,
  held: CARDS.approved,
  heldCaptured: CARDS.approved,
  heldRaised: CARDS.approved,
  heldReleased: CARDS.approved,
  heldUnclear: CARDS.approved,
  heldEnding: CARDS.approved,
  refunded: CARDS.approved,
  refundedInPart: CARDS.approved,
  refundWaits: CARDS.approved,
  refundLost: CARDS.approved,
  refundByLetter: CARDS.approved,
  refundElsewhere: CARDS.approved,
  refundAsked: CARDS.approved,
  chargedBack: CARDS.approved,
  stored: CARDS.approved,
  storedWhilePaying: CARDS.approved,
  captured: CARDS.approved,
  confirmed: CARDS.approved,
  recurring: CARDS.approved,
};

/** The first part, in whole units of the currency where there are any. */
function partOf({ amountMinor }: Episode): number {
  return Math.max(1, Math.round((amountMinor * 0.4) / 100) * 100);
}

/** What its kind asks for. */
function asked(story: Episode): object {
  const { plot, currency, amountMinor } = story;
  const money = { amountMinor, currency };
  if (plot === 'stored') return { subscription: true };
  if (plot === 'storedWhilePaying') return { ...money, subscribe: true };
  if (plot.startsWith('held')) return { ...money, preauthorization: true };
  if (plot === 'captured' || plot === 'confirmed') return { ...money, requiresConfirmation: true };
  if (plot.startsWith('part')) return { ...money, allowPartial: true };
  if (plot === 'recurring') return { ...money, recurring: { periodicity: 'M', interval: 1, maxPeriods: 12 } };
  if (!plot.startsWith('split')) return money;
  const first = Math.round(amountMinor / 5);
  return {
    ...money,
    dispersion: [{ amountMinor: first }, { amountMinor: amountMinor - first, agreement: '290187' }],
  };
}
