import { randomUUID } from 'node:crypto';
import type { SessionView } from '@recaudo/shared';
import type { Draw } from '../../support/draw.js';
import type { Api, Card, Product } from '../../support/product.js';
import type { RandomSite } from './sites.js';

const CARDS: readonly (readonly [Card, number])[] = [
  [{ number: '4110760000000081' }, 60],
  [{ number: '4110760000000016' }, 12],
  [{ number: '4110760000000051' }, 6],
  [{ number: '4110760000000073' }, 12],
  [{ number: '4048370000000037' }, 5],
  [{ number: '4110760000000065' }, 5],
  [{ number: '4110760000000057' }, 10],
];

const KINDS = [
  ['basic', 30],
  ['partial', 22],
  ['dispersion', 14],
  ['preauthorization', 10],
  ['subscription', 6],
  ['subscribe', 6],
  ['confirmation', 16],
  ['recurring', 6],
] as const;
type Kind = (typeof KINDS)[number][0];

/** An answer with another amount is left out: what a gateway says it took is believed, and a person is told. */
const CALL_FAULTS = [
  'drop_before',
  'drop_after',
  'error_500',
  'error_500_after',
  'rate_limited',
  'malformed',
  'not_json',
] as const;
const ANSWER_FAULTS = [...CALL_FAULTS, 'other_reference'] as const;

/** One payment's life, drawn: a merchant who opens it, a payer who does what payers do, a gateway that fails. */
export class RandomPayment {
  private readonly kind: Kind;
  private readonly reference = `R-${randomUUID().slice(0, 20)}`;
  private readonly amountMinor: number;

  constructor(
    private readonly here: Product,
    private readonly support: Api,
    private readonly site: RandomSite,
    private readonly random: Draw,
  ) {
    this.kind = random.weigh(KINDS);
    const unit = { COP: 100_000, USD: 100, CLP: 1_000 }[site.currency];
    this.amountMinor = unit * random.between(2, 400);
  }

  async live(): Promise<void> {
    if (this.random.chance(0.08)) await this.fail('session.create', this.random.pick(CALL_FAULTS));
    const session = await this.open();
    if (!session) return;
    if (this.random.chance(0.25)) {
      await this.fail('notification', this.random.pick(['lose', 'duplicate', 'forge', 'reorder']));
    }
    await this.bePaid(session);
    if (this.random.chance(0.3)) await this.support.post(`/api/sessions/${session.id}/check`);
    if (this.kind === 'confirmation') await this.decide(session);
    if (this.random.chance(0.12)) await this.cancel(session);
    if (this.kind === 'partial' || this.kind === 'dispersion') await this.askForTheRest(session);
  }

  /** Tried again as a shop would: an order whose creation failed may be opened once more. */
  private async open(): Promise<SessionView | null> {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const answer = await this.support.post('/api/sessions', this.request(), {
        headers: { 'idempotency-key': randomUUID() },
      });
      if (answer.status === 201) return answer.body as SessionView;
      if (answer.status !== 502) throw new Error(`not opened: ${answer.text}`);
    }
    return null;
  }

  private request(): object {
    const { amountMinor } = this;
    const { currency, id: siteId } = this.site;
    const base = {
      ...{ siteId, reference: this.reference, description: 'Pedido al azar' },
      expiresAt: new Date(this.practiceNow() + 20 * 60_000).toISOString(),
    };
    if (this.kind === 'subscription') return { ...base, subscription: true };
    const first = Math.floor(amountMinor * 0.3);
    const asked: Record<Exclude<Kind, 'subscription'>, object> = {
      basic: {},
      partial: { allowPartial: true },
      dispersion: {
        dispersion: [{ amountMinor: first }, { amountMinor: amountMinor - first, agreement: '77' }],
      },
      preauthorization: { preauthorization: true },
      subscribe: { subscribe: true },
      confirmation: { requiresConfirmation: true },
      recurring: { recurring: { periodicity: 'M', interval: 1, maxPeriods: 2 } },
    };
    return { ...base, amountMinor, currency, ...asked[this.kind] };
  }

  /** The clock is moved only before and after all payments. */
  private practiceNow(): number {
    return Date.now();
  }

  private async bePaid(session: SessionView): Promise<void> {
    const page = await this.visit(session);
    if (!page) return;
    const tries = this.random.between(1, 4);
    for (let attempt = 0; attempt < tries; attempt += 1) {
      if (this.random.chance(0.06)) {
        await this.here.giveUp(page);
        return;
      }
      const card = this.random.weigh(CARDS);
      if (this.random.chance(0.08)) await this.fail('session.query', this.random.pick(ANSWER_FAULTS));
      const clicks = this.random.chance(0.15) ? 2 : 1;
      const form = this.form();
      await Promise.all(Array.from({ length: clicks }, () => this.here.pay(page, card, form)));
    }
  }

  /** Past our own link, whose visits are rationed by address: a crowd comes from many. */
  private async visit({ gatewayNumber, reference }: SessionView): Promise<string | null> {
    const { body } = await this.here.control('GET', `/sessions?reference=${reference}`);
    const opened = body as { requestId: number; processUrl: string }[];
    return opened.find((each) => String(each.requestId) === gatewayNumber)?.processUrl ?? null;
  }

  private form(): Record<string, string> {
    if (this.kind === 'partial' && this.random.chance(0.7)) {
      const units = Math.max(1, Math.floor((this.amountMinor * this.random.between(10, 60)) / 100));
      const decimals = this.site.currency === 'CLP' ? 0 : 2;
      return { amount: (units / 10 ** decimals).toFixed(decimals) };
    }
    return this.random.chance(0.5) ? { subscribe: 'yes' } : {};
  }

  private async decide(session: SessionView): Promise<void> {
    const now = (await this.support.post(`/api/sessions/${session.id}/check`)).body as SessionView;
    const payment = now.confirmation?.transactionId;
    if (!payment || this.random.chance(0.08)) return;
    const verb = this.random.chance(0.8) ? 'confirm' : 'cancel';
    if (this.random.chance(0.3)) await this.fail(`transaction.${verb}`, this.random.pick(ANSWER_FAULTS));
    const key = randomUUID();
    const clicks = this.random.chance(0.3) ? 2 : 1;
    const act = () =>
      this.support.post(`/api/transactions/${payment}/${verb}`, undefined, {
        headers: { 'idempotency-key': this.random.chance(0.5) ? key : randomUUID() },
      });
    await Promise.all(Array.from({ length: clicks }, act));
  }

  private async cancel(session: SessionView): Promise<void> {
    if (this.random.chance(0.3)) await this.fail('session.cancel', this.random.pick(ANSWER_FAULTS));
    await this.support.post(`/api/sessions/${session.id}/cancel`);
  }

  /** Only where something is paid and it has ended; everywhere else the answer is a refusal. */
  private async askForTheRest(session: SessionView): Promise<void> {
    if (this.random.chance(0.4)) return;
    const { status, body } = await this.support.post(
      `/api/sessions/${session.id}/remainder`,
      { expiresAt: new Date(this.practiceNow() + 20 * 60_000).toISOString() },
      { headers: { 'idempotency-key': randomUUID() } },
    );
    if (status !== 201) return;
    const page = await this.visit(body as SessionView);
    if (page) await this.here.pay(page, { number: '4110760000000081' });
  }

  private async fail(operation: string, kind: string): Promise<void> {
    await this.here.fault(operation, kind, { site: this.site.site });
  }
}
