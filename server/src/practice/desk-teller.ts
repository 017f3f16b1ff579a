import { Inject, Injectable } from '@nestjs/common';
import { localDay, type ActResult, type SessionView, type TransactionDetail } from '@recaudo/shared';
import { SETTINGS, type Settings } from '../platform/config.js';
import { DemoHttp, type Answer, type DeskRole } from './demo-http.js';
import type { Episode, Plot } from './history.rules.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** How long after its payment the desk takes an episode up; the latest payment is 45 minutes old. */
const LATER: Partial<Record<Plot, number>> = {
  heldCaptured: 40 * MINUTE,
  heldRaised: 40 * MINUTE,
  heldReleased: 40 * MINUTE,
  heldUnclear: 40 * MINUTE,
  refunded: 40 * MINUTE,
  refundedInPart: 6 * DAY,
  refundWaits: 20 * MINUTE,
  refundLost: 6 * DAY,
  refundByLetter: 30 * 60 * MINUTE,
  refundElsewhere: 6 * DAY,
  refundAsked: 30 * MINUTE,
  chargedBack: 5 * DAY,
};

/** The rest of an episode: what the agents of the house do about it, each signed in as the person they are. */
@Injectable()
export class DeskTeller {
  constructor(
    private readonly http: DemoHttp,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Throws when a step is not answered as it should be; every step may be repeated. */
  async follow(story: Episode, sessionId: string): Promise<void> {
    const later = LATER[story.plot];
    if (later === undefined) return;
    const at = new Date(story.at.getTime() + later);
    const { transactions } = await this.read<SessionView>(`/api/sessions/${sessionId}`);
    const done = transactions.find(({ state, parentId }) => state === 'approved' && parentId === null);
    if (!done) return;
    if (done.kind === 'checkin') await this.step(story, done.id, at);
    else await this.giveBack(story, done.id, at);
  }

  private async step(story: Episode, hold: string, at: Date): Promise<void> {
    const { plot, amountMinor, currency } = story;
    const path = `/api/preauthorizations/${hold}`;
    if (plot === 'heldReleased')
      await this.act('support', `${path}/release`, { reason: 'El huésped canceló' }, story, at);
    if (plot === 'heldRaised') {
      const raised = { amountMinor: Math.round(amountMinor * 1.2), currency, reason: 'Una noche más' };
      await this.act('support', `${path}/reauthorization`, raised, story, at);
    }
    if (plot === 'heldUnclear') await this.console(hold, 'release');
    if (plot === 'heldCaptured' || plot === 'heldUnclear')
      await this.act('finance', `${path}/checkout`, { amountMinor, currency, reason: 'Salida' }, story, at);
  }

  private async giveBack(story: Episode, payment: string, at: Date): Promise<void> {
    const { plot, amountMinor, currency } = story;
    const part = Math.max(1, Math.round(amountMinor / 300) * 100);
    const path = `/api/transactions/${payment}`;
    if (plot === 'chargedBack') {
      // The westernmost of the practice sites: a day there is to come nowhere else.
      const day = localDay(at, 'America/Bogota');
      const claim = { amountMinor, currency, day, caseNumber: 'CB-2041', reason: 'No reconoce la compra' };
      return void (await this.act('finance', `${path}/chargeback`, claim, story, at));
    }
    if (plot === 'refundElsewhere') return this.elsewhere(payment, part);
    if (plot === 'refundLost')
      await this.faults('POST', { operation: 'transaction.reverse', kind: 'drop_before' });
    const wholly = plot === 'refunded' || plot === 'refundByLetter' || plot === 'refundAsked';
    const wanted = {
      amountMinor: wholly ? amountMinor : part,
      currency,
      reason: REASONS[plot] ?? 'Devolución',
    };
    const asked = await this.act('support', `${path}/reverse`, wanted, story, at);
    if (plot !== 'refundAsked') await this.approve(asked, story, at);
    if (plot === 'refundLost') await this.faults('DELETE');
  }

  /** What is above the limit: a manager looks at it soon. */
  private async approve({ text }: Answer, story: Episode, at: Date): Promise<void> {
    const { approval } = JSON.parse(text) as Partial<ActResult>;
    if (!approval || approval.state !== 'waiting') return;
    const path = `/api/approvals/${approval.id}/approve`;
    await this.act('manager', path, {}, story, new Date(at.getTime() + 4 * MINUTE));
  }

  /** Somebody used the gateway's own console; we notice when we look. */
  private async elsewhere(payment: string, amountMinor: number): Promise<void> {
    const { refundable } = await this.read<TransactionDetail>(`/api/transactions/${payment}`);
    if (refundable?.refundableMinor !== refundable?.capturedMinor) return;
    await this.console(payment, 'refund', { amountMinor });
    await this.http.postJson(`${this.http.home()}/api/transactions/${payment}/check`, {}, [200], {
      ...(await this.http.as('finance')),
    });
  }

  /** Of the merchant, at the gateway: what it refuses was done before. */
  private async console(transaction: string, deed: 'refund' | 'release', body: object = {}): Promise<void> {
    const { internalReference } = await this.read<TransactionDetail>(`/api/transactions/${transaction}`);
    const url = `${this.settings.sandboxUrl}/control/transactions/${internalReference}/${deed}`;
    await this.http.postJson(url, body, [200]);
  }

  private async faults(method: 'POST' | 'DELETE', fault?: object): Promise<void> {
    const url = `${this.settings.sandboxUrl}/control/faults`;
    if (method === 'POST') await this.http.postJson(url, { ...fault, site: 'PR', count: 1 }, [201]);
    else await this.http.send(`${url}?operation=transaction.reverse`, 'DELETE', [204]);
  }

  private async act(role: DeskRole, path: string, body: object, story: Episode, at: Date): Promise<Answer> {
    const key = { 'idempotency-key': `demo-desk-${story.number}` };
    // A step that was taken before is refused when the episode is told once more: it stands as it was told.
    const headers = { ...(await this.http.as(role)), ...key };
    return this.http.postJson(`${this.http.home()}${path}`, body, [200, 409], headers, at);
  }

  private async read<T>(path: string): Promise<T> {
    return this.http.read<T>(path, await this.http.as('finance'));
  }
}

const REASONS: Partial<Record<Plot, string>> = {
  refunded: 'Producto agotado',
  refundedInPart: 'Llegó incompleto',
  refundWaits: 'Cobro de más',
  refundLost: 'Cobro de más',
  refundByLetter: 'Servicio no prestado',
  refundAsked: 'Reserva cancelada por el hotel',
};
